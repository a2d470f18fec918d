// The one way to change a job that is there: on condition of the version read before, with its place in the indexes.
// What it adds to the job's history is told right after.

import type { Ports, Store } from '../ports/ports.ts';
import { type Job, jobIndex, type RollbackCause, withRollbackCause } from './job.ts';
import { publish } from './publish.ts';
import { change, jobKey } from './records.ts';

/** `next` gives the job as it shall be, or undefined to leave it. Gives what stands there afterwards. */
export async function changeJob(
  ports: Ports,
  jobId: string,
  next: (job: Job) => Job | undefined,
): Promise<Job | undefined> {
  let isNews = false;
  const noted = (job: Job) => {
    const after = next(job);
    isNews = after !== undefined && after.events.length > job.events.length;
    return after;
  };
  const job = await change(ports.store, jobKey(jobId), standing => standing && noted(standing), jobIndex);
  if (job && isNews) await publish(ports, job);
  return job;
}

/** Sets the one mark that turns a job back, which is no news until it does. */
export async function requestRollback(
  store: Store,
  { jobId, attempt }: { jobId: string; attempt: number },
  cause: RollbackCause,
): Promise<void> {
  await change(store, jobKey(jobId), job => job && withRollbackCause(job, attempt, cause), jobIndex);
}
