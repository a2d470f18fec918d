// GET /v1/jobs: newest first, by pages, of one status, one entry point, or both.
import type { JobSummary } from '@gatehouse/core/answers';
import type { Job } from '@gatehouse/core/job';
import type { IndexName, Page, Ports } from '@gatehouse/core/ports';
import { jobSummary } from '@gatehouse/core/status';
import type * as z from 'zod';
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { type PageOf, pageAnswer, readQuery } from './paging.ts';
import { jobsQuery } from './schemas.ts';

/** Pages of an entry point's jobs that one answer looks through for a status; the rest is the next page's. */
const MAX_READS = 10;

export async function listJobs(ports: Ports, { query }: ApiRequest): Promise<ApiAnswer<PageOf<JobSummary>>> {
  const asked = readQuery(jobsQuery, query);
  if (!asked.ok) return asked.answer;
  return pageAnswer(jobsQuery, query, find(ports, asked.query, asked.after), jobSummary);
}

async function find(
  ports: Ports,
  { status, entryPoint, pageSize }: z.output<typeof jobsQuery>,
  after: string | undefined,
): Promise<Page<Job>> {
  const [index, of]: [IndexName, string] = entryPoint
    ? ['entryPoint', entryPoint]
    : status
      ? ['status', status]
      : ['list', 'jobs'];
  const items: Job[] = [];
  let next = after;
  for (let reads = 0; reads < MAX_READS && items.length < pageSize; reads++) {
    const limit = pageSize - items.length;
    const page = await ports.store.list<Job>(index, of, { limit, ...(next ? { after: next } : {}) });
    items.push(...page.items.filter(job => !status || job.status === status));
    next = page.next;
    if (!next) break;
  }
  return next ? { items, next } : { items };
}

export const handler = http(listJobs);
