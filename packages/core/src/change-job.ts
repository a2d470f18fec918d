// The one way to change a job that is there: on condition of the version read before, with its place in the indexes.
import { type Job, jobIndex } from './job.ts';
import type { Ports } from './ports.ts';
import { change, jobKey } from './records.ts';

/** `next` gives the job as it shall be, or undefined to leave it. Gives what stands there afterwards. */
export function changeJob(
  ports: Ports,
  jobId: string,
  next: (job: Job) => Job | undefined,
): Promise<Job | undefined> {
  return change(ports.store, jobKey(jobId), job => job && next(job), jobIndex);
}
