// The schedule: checks every open job and resumes those that have stopped. In the time that is left, each round moves a page of
// items of earlier versions to the index keys of today, until none is left. The metrics of recovery are read from its log.
import { toStepError } from '@gatehouse/core/ports/errors';
import type { Ports } from '@gatehouse/core/ports/ports';
import { type Recovered, recoverAll } from '@gatehouse/core/saga/recover-all';
import { lambda } from '../lambda.ts';
import { moveOlderItems } from '../older-index-keys.ts';
import { ports } from '../ports.ts';
import { table } from '../table-ports.ts';

/** Of the 60 seconds of the function: a call of the table takes at most 4 seconds, with its second attempt. */
const MOVING_ENDS_MS = 50_000;

export async function checkOpenJobs(world: Ports): Promise<Recovered> {
  const recovery = await recoverAll(world);
  world.log.info('the open jobs were checked', { recovery });
  return recovery;
}

/** `now`: of a real clock, because the function's time is real. */
export async function recoverRound(
  world: Ports,
  { client, tableName }: ReturnType<typeof table>,
  now: () => number = Date.now,
): Promise<Recovered> {
  const endsAt = now() + MOVING_ENDS_MS;
  const recovery = await checkOpenJobs(world);
  await moveSome(world, () => moveOlderItems(client, tableName, { isTimeUp: () => now() >= endsAt }));
  return recovery;
}

export const handler = lambda(ports, world => recoverRound(world, table()));

/** Lists read both keys, so a failure delays nothing but the moving. */
async function moveSome({ log }: Ports, move: () => Promise<number>): Promise<void> {
  try {
    const moved = await move();
    if (moved > 0) log.info('moved items of an earlier version to the index keys of today', { moved });
  } catch (thrown) {
    const error = toStepError(thrown);
    log.error('items of an earlier version could not be moved; the next round will retry', { error });
  }
}
