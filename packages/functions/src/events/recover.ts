// The schedule: checks every open job and resumes those that have stopped. Each round also moves a page of items of earlier
// versions to the index keys of today, until none is left.
import type { Ports } from '@gatehouse/core/ports/ports';
import { recoverAll } from '@gatehouse/core/saga/recover';
import { lambda } from '../lambda.ts';
import { moveOlderItems } from '../older-index-keys.ts';
import { ports } from '../ports.ts';
import { table } from '../table-ports.ts';

export const handler = lambda(ports, async world => {
  await moveSome(world);
  return recoverAll(world);
});

/** Lists read both keys, so a failure delays nothing but the moving. */
async function moveSome({ log }: Ports): Promise<void> {
  try {
    const { client, tableName } = table();
    const moved = await moveOlderItems(client, tableName);
    if (moved > 0) log.info('moved items of an earlier version to the index keys of today', { moved });
  } catch (cause) {
    log.warn('items of an earlier version could not be moved; the next round will retry', { cause });
  }
}
