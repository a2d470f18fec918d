// The links of an entry point: to itself, to the last job that changed it, and to all of its jobs.
import type * as z from 'zod';
import type { entryPointSummarySchema } from './answer-schemas.ts';

export function entryPointLinks(
  name: string,
  jobId: string,
): z.output<typeof entryPointSummarySchema>['links'] {
  return { self: `/v1/entry-points/${name}`, job: `/v1/jobs/${jobId}`, jobs: `/v1/jobs?entryPoint=${name}` };
}
