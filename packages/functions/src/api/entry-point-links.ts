// The links of an entry point: to itself, to the last job that changed it, to all of its jobs, and to the one that holds its
// queue.
import { hasEnded } from '@gatehouse/core/record/events';
import { isStuck, type Job } from '@gatehouse/core/record/job';
import type * as z from 'zod';
import type { entryPointSummarySchema } from './answer-schemas.ts';

export function entryPointLinks(
  name: string,
  jobId: string,
): z.output<typeof entryPointSummarySchema>['links'] {
  return { self: `/v1/entry-points/${name}`, job: `/v1/jobs/${jobId}`, jobs: `/v1/jobs?entryPoint=${name}` };
}

/** The job at the head of the queue of the entry point. One that has ended is about to leave the queue, unless it is stuck. */
export function holderLink(holder: Job): { stuckJob?: string; runningJob?: string } {
  const path = `/v1/jobs/${holder.id}`;
  if (isStuck(holder)) return { stuckJob: path };
  return hasEnded(holder.status) ? {} : { runningJob: path };
}
