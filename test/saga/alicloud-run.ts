// Runs one job on Alibaba Cloud to its end, and until the effect of its last call has settled, because an undo does not
// wait for that.
import type { JobRecord } from '@gatehouse/core/record/records';
import type { Fault, World } from '../world/world.ts';
import { errorsOf } from './sweep.ts';

export async function run(world: World, value: unknown, key: string): Promise<JobRecord> {
  const { id } = await world.submit(value, key);
  const jobRecord = await world.finish(id);
  world.pass(3600);
  return jobRecord;
}

/** Operations that changed something, after so many calls. */
export async function changesSince(world: World, from: number): Promise<string[]> {
  const calls = (await world.calls()).slice(from);
  return calls.filter(call => call.changed).map(call => call.operation);
}

/** The next calls of an operation are denied. */
export function denied(operation: string, times = 1): Fault {
  return { service: 'ga', operation, fault: 'error', times, error: errorsOf('ga').denied };
}
