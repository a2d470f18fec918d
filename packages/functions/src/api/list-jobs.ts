// GET /v1/jobs: the jobs that match the query, newest first, in pages.
import type { JobSummary } from '@gatehouse/core/api/answers';
import { jobSummary } from '@gatehouse/core/api/job-view';
import type { IndexName, Page, TablePorts } from '@gatehouse/core/ports/ports';
import { isStuck, JOBS, type Job } from '@gatehouse/core/record/job';
import type * as z from 'zod';
import { tablePorts } from '../table-ports.ts';
import type { ApiAnswer } from './answer.ts';
import { findPage } from './finding.ts';
import { type ApiRequest, http } from './http.ts';
import { jobsQuery } from './input-schemas.ts';
import { type PageOf, pageAnswer, readQuery } from './paging.ts';

type Query = z.output<typeof jobsQuery>;

export async function listJobs(
  ports: TablePorts,
  { query }: ApiRequest,
): Promise<ApiAnswer<PageOf<JobSummary>>> {
  const asked = readQuery(jobsQuery, query);
  if (!asked.ok) return asked.answer;
  return pageAnswer(jobsQuery, query, find(ports, asked.query, asked.after), jobSummary);
}

function find({ store }: TablePorts, query: Query, after: string | undefined): Promise<Page<Job>> {
  const { status, stuck, entryPoint, cloud, requester, createdAfter, pageSize } = query;
  // The index that holds the fewest other jobs.
  const [index, of]: [IndexName, string] = entryPoint
    ? ['entryPoint', entryPoint]
    : stuck
      ? ['open', 'stuck']
      : status
        ? ['status', status]
        : ['list', JOBS];
  return findPage<Job>(store, {
    index,
    of,
    pageSize,
    after,
    createdAfter,
    madeAt: job => job.createdAt,
    matches: job =>
      (!status || job.status === status) &&
      (stuck === undefined || isStuck(job) === stuck) &&
      (!cloud || job.cloud === cloud) &&
      (!requester || job.caller === requester),
  });
}

export const handler = http(tablePorts, listJobs);
