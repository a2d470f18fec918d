// Bounds of the jobs that wait, so that nobody can fill a queue for hours, and no item of a queue grows without end. A request
// beyond a bound is refused before anything is written. A job that need not wait is never refused here.

import type { Problem } from '../ports/errors.ts';
import type { Store, Stored } from '../ports/ports.ts';
import { waitsInQueue } from '../record/job.ts';
import { change, jobKey, type Queue, type WaitingJobs, waitingJobsKey } from '../record/records.ts';

/** Ours: at five minutes each, the last of a hundred jobs waits for eight hours, a third of the time that a job waits by default. */
export const MAX_JOBS_IN_QUEUE = 100;
/** Ours, of one caller in all queues: five full ones. A refusal reads the jobs in five calls. */
export const MAX_WAITING_JOBS = 500;

interface Asking {
  jobId: string;
  caller: string;
  /** The queues that it joins, as far as the request names them, by a read just now. */
  queues: readonly (Stored<Queue> | undefined)[];
}

/** Notes the job among those of its caller that wait, if it has to wait. Otherwise the problem that refuses it. */
export async function takeRoom(
  store: Store,
  { jobId, caller, queues }: Asking,
): Promise<Problem | undefined> {
  const busy = queues.flatMap(queue => (queue && queue.value.jobs.length > 0 ? [queue.value] : []));
  if (busy.length === 0) return undefined;
  const full = busy.find(({ jobs }) => jobs.length >= MAX_JOBS_IN_QUEUE);
  if (full) return queueFull(full);
  const noted = await change(store, waitingJobsKey(caller), async (now = { caller, jobs: [] }) => {
    if (now.jobs.includes(jobId)) return undefined;
    const jobs = now.jobs.length < MAX_WAITING_JOBS ? now.jobs : await stillWaiting(store, now);
    return jobs.length < MAX_WAITING_JOBS ? { caller, jobs: [...jobs, jobId] } : undefined;
  });
  return noted?.jobs.includes(jobId) ? undefined : tooManyWaiting();
}

/** Nobody removes a job from the list when it begins: jobs that no longer wait are dropped once the list is full. */
async function stillWaiting(store: Store, { jobs }: WaitingJobs): Promise<string[]> {
  const read = await store.many(jobs.map(jobKey));
  return jobs.filter((_, index) => {
    const job = read[index]?.value;
    return job !== undefined && waitsInQueue(job);
  });
}

function queueFull({ name, jobs }: Queue): Problem {
  const message = `${jobs.length} jobs are in the queue of ${name}, and a queue holds ${MAX_JOBS_IN_QUEUE}; send the request again once jobs of the queue have ended, or cancel some`;
  return { code: 'QueueFull', message, retryable: true };
}

function tooManyWaiting(): Problem {
  const message = `you have ${MAX_WAITING_JOBS} jobs that wait in queues, the most that a caller can have; send the request again once some have begun, or cancel some`;
  return { code: 'TooManyWaitingJobs', message, retryable: true };
}
