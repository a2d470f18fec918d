// GET /v1/jobs: newest first, by pages, of one status, one entry point, or both.
import { JOB_STATUSES } from '@gatehouse/core/events';
import type { Job } from '@gatehouse/core/job';
import type { Mistake } from '@gatehouse/core/mistakes';
import type { IndexName, Page, Ports } from '@gatehouse/core/ports';
import { jobSummary } from '@gatehouse/core/status';
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { type Paging, pageAnswer, readPaging } from './paging.ts';
import { problem } from './problem.ts';

const FILTERS = ['status', 'entryPoint'];

/** Pages of an entry point's jobs that one answer looks through for a status; the rest is the next page's. */
const MAX_READS = 10;

export async function listJobs(ports: Ports, { query }: ApiRequest): Promise<ApiAnswer> {
  const { paging, mistakes } = readPaging(query, FILTERS);
  const errors = [...filterMistakes(query), ...mistakes];
  if (errors.length > 0) return problem('InvalidRequest', 'the query is not valid', { errors });
  return pageAnswer(query, FILTERS, find(ports, query, paging), jobSummary);
}

function filterMistakes({ status, entryPoint }: Record<string, string>): Mistake[] {
  const mistakes: Mistake[] = [];
  if (status !== undefined && !JOB_STATUSES.some(known => known === status)) {
    mistakes.push({ pointer: '/status', detail: `is one of ${JOB_STATUSES.join(', ')}` });
  }
  if (entryPoint === '') mistakes.push({ pointer: '/entryPoint', detail: 'is the name of an entry point' });
  return mistakes;
}

async function find(
  ports: Ports,
  { status, entryPoint }: Record<string, string>,
  { pageSize, after }: Paging,
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
