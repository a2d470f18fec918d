// The only way to change an existing job: a write on condition of the version read before, with its index entries. New events
// of the job are published right after the write.

import type { Ports, Store } from '../ports/ports.ts';
import { type Job, jobIndex, type RollbackCause, withRollbackCause, withTimeUntil } from './job.ts';
import { publish } from './publish.ts';
import { change, jobKey } from './records.ts';

/** `next` returns the changed job, or undefined to leave it unchanged. Returns the stored job afterwards. */
export async function changeJob(
  ports: Ports,
  jobId: string,
  next: (job: Job) => Job | undefined,
): Promise<Job | undefined> {
  let hasNewEvents = false;
  const changed = (job: Job) => {
    const after = next(job);
    hasNewEvents = after !== undefined && after.events.length > job.events.length;
    return after;
  };
  const job = await change(ports.store, jobKey(jobId), current => current && changed(current), jobIndex);
  if (job && hasNewEvents) await publish(ports, job);
  return job;
}

/** Sets the job's rollback cause. This is not an event yet: the change of the job's status is. */
export async function requestRollback(
  store: Store,
  { jobId, attempt }: { jobId: string; attempt: number },
  cause: RollbackCause,
): Promise<void> {
  await change(store, jobKey(jobId), job => job && withRollbackCause(job, attempt, cause), jobIndex);
}

/** Gives a rollback or a removal time until `until`. Returns the job afterwards. */
export async function extendTime(
  store: Store,
  { jobId, attempt }: { jobId: string; attempt: number },
  until: string,
): Promise<Job | undefined> {
  return change(store, jobKey(jobId), job => job && withTimeUntil(job, attempt, until), jobIndex);
}
