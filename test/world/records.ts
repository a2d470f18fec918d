// Single records from the table of a world.
import assert from 'node:assert/strict';
import type { Job } from '@gatehouse/core/record/job';
import { jobKey, queueKey } from '@gatehouse/core/record/records';
import type { World } from './world.ts';

/** Throws if there is no such job. */
export async function jobOf(world: World, id: string): Promise<Job> {
  const job = (await world.store.get(jobKey(id)))?.value;
  assert.ok(job, `there is a job ${id}`);
  return job;
}

/** The ids of the jobs in a queue, in order. */
export async function lineOf(world: World, target: string): Promise<string[]> {
  return (await world.store.get(queueKey(target)))?.value.jobs ?? [];
}
