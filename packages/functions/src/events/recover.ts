// The schedule: checks every open job and resumes those that have stopped. The metrics of recovery are read from its log.
import type { Ports } from '@gatehouse/core/ports/ports';
import { type Recovered, recoverAll } from '@gatehouse/core/saga/recover-all';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

export async function checkOpenJobs(world: Ports): Promise<Recovered> {
  const recovery = await recoverAll(world);
  world.log.info('the open jobs were checked', { recovery });
  return recovery;
}

export const handler = lambda(ports, checkOpenJobs);
