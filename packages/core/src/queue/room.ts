// Bounds of the jobs that wait, so that nobody can fill a queue for hours, and no item of a queue grows without end. A request
// beyond a bound is refused before anything is written. A job that need not wait is never refused here, so running jobs of a caller
// have no bound: each holds up nobody but the jobs that wait for its queues, of which there is one for each accelerator, instance and
// load balancer. Thousands can run within the quotas of Step Functions (docs/decisions/0029), and busy clouds are asked again later.

import type { Problem } from '../ports/errors.ts';
import { inBatches } from '../ports/in-batches.ts';
import type { Store, Stored } from '../ports/ports.ts';
import { waitsInQueue } from '../record/job.ts';
import { jobKey, type Queue, type Waiting, waitingKey, waitingOf } from '../record/records.ts';

/** Ours: at five minutes each, the last of a hundred jobs waits for eight hours, a third of the time that a job waits by default. */
export const MAX_JOBS_IN_QUEUE = 100;
/**
 * Ours, of one caller in all queues: five full ones. A refusal reads the jobs in five calls. Each is an item of its own, so that
 * requests at the same time do not wait for each other.
 */
export const MAX_WAITING_JOBS = 500;
const REMOVED_AT_ONCE = 25;

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
  if ((await stillWaiting(store, caller)) >= MAX_WAITING_JOBS) return tooManyWaiting();
  await store.put(waitingKey(caller, jobId), { jobId }, 0);
  return undefined;
}

/** Nobody removes a job from the list when it begins: jobs that no longer wait are dropped once the list is full. */
async function stillWaiting(store: Store, caller: string): Promise<number> {
  const noted = (await store.all(waitingOf(caller))).map(({ stored }) => (stored.value as Waiting).jobId);
  if (noted.length < MAX_WAITING_JOBS) return noted.length;
  const jobs = await store.many(noted.map(jobKey));
  const begun = noted.filter((_, index) => {
    const job = jobs[index]?.value;
    return job === undefined || !waitsInQueue(job);
  });
  await inBatches(begun, REMOVED_AT_ONCE, jobId => store.remove(waitingKey(caller, jobId), 1));
  return noted.length - begun.length;
}

function queueFull({ name, jobs }: Queue): Problem {
  const message = `${jobs.length} jobs are in the queue of ${name}, and a queue holds ${MAX_JOBS_IN_QUEUE}; send the request again once jobs of the queue have ended, or cancel some`;
  return { code: 'QueueFull', message, retryable: true };
}

function tooManyWaiting(): Problem {
  const message = `you have ${MAX_WAITING_JOBS} jobs that wait in queues, the most that a caller can have; send the request again once some have begun, or cancel some`;
  return { code: 'TooManyWaitingJobs', message, retryable: true };
}
