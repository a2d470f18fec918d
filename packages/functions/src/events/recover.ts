// The schedule: checks every open job and resumes those that have stopped. Each round also moves a page of items of earlier
// versions to the index keys of today, until none is left. The metrics of recovery are read from its log.
import { toStepError } from '@gatehouse/core/ports/errors';
import type { Ports } from '@gatehouse/core/ports/ports';
import { type Recovered, recoverAll } from '@gatehouse/core/saga/recover-all';
import { lambda } from '../lambda.ts';
import { moveOlderItems } from '../older-index-keys.ts';
import { ports } from '../ports.ts';
import { table } from '../table-ports.ts';

export async function checkOpenJobs(world: Ports): Promise<Recovered> {
  const recovery = await recoverAll(world);
  world.log.info('the open jobs were checked', { recovery });
  return recovery;
}

export const handler = lambda(ports, async world => {
  await moveSome(world);
  return checkOpenJobs(world);
});

/** Lists read both keys, so a failure delays nothing but the moving. */
async function moveSome({ log }: Ports): Promise<void> {
  try {
    const { client, tableName } = table();
    const moved = await moveOlderItems(client, tableName);
    if (moved > 0) log.info('moved items of an earlier version to the index keys of today', { moved });
  } catch (thrown) {
    const error = toStepError(thrown);
    log.error('items of an earlier version could not be moved; the next round will retry', { error });
  }
}
