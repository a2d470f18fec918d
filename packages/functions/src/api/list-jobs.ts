// GET /v1/jobs: newest first, by pages, of one status, one entry point, or both.
import { TerminalError } from '@gatehouse/core/errors';
import { JOB_STATUSES } from '@gatehouse/core/events';
import type { Job } from '@gatehouse/core/job';
import type { Mistake } from '@gatehouse/core/mistakes';
import type { IndexName, Page, Ports } from '@gatehouse/core/ports';
import { jobSummary } from '@gatehouse/core/status';
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { readPageToken, writePageToken } from './page-token.ts';
import { problem } from './problem.ts';

const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;
/** Pages of an entry point's jobs that one answer looks through for a status; the rest is the next page's. */
const MAX_READS = 10;

interface Asked {
  status?: string;
  entryPoint?: string;
  pageSize: number;
  after?: string;
}

export async function listJobs(ports: Ports, { query }: ApiRequest): Promise<ApiAnswer> {
  const { asked, mistakes } = parseQuery(query);
  if (mistakes.length > 0) return problem('InvalidRequest', 'the query is not valid', { errors: mistakes });
  const found = await find(ports, asked).catch(refusedToken);
  if (!found) return problem('InvalidRequest', 'the query is not valid', { errors: [STALE_TOKEN] });
  const { items, next } = found;
  const nextPageToken = next ? writePageToken(filtersOf(asked), next) : undefined;
  return { status: 200, body: { items: items.map(jobSummary), ...(nextPageToken ? { nextPageToken } : {}) } };
}

const STALE_TOKEN = {
  pointer: '/pageToken',
  detail: 'is not of a page with these filters; start over without it',
};

/** A token that was forged so well that only the table sees it. */
function refusedToken(thrown: unknown): undefined {
  if (thrown instanceof TerminalError && thrown.code === 'InvalidRequest') return undefined;
  throw thrown;
}

async function find(ports: Ports, { status, entryPoint, pageSize, after }: Asked): Promise<Page<Job>> {
  const [index, of]: [IndexName, string] = entryPoint
    ? ['entryPoint', entryPoint]
    : status
      ? ['status', status]
      : ['list', 'jobs'];
  const items: Job[] = [];
  let next = after;
  for (let reads = 0; reads < MAX_READS && items.length < pageSize; reads++) {
    const page = await ports.store.list<Job>(index, of, {
      limit: pageSize - items.length,
      ...(next ? { after: next } : {}),
    });
    items.push(...page.items.filter(job => !status || job.status === status));
    next = page.next;
    if (!next) break;
  }
  return next ? { items, next } : { items };
}

const KNOWN = ['status', 'entryPoint', 'pageSize', 'pageToken'];

function parseQuery(query: Record<string, string>): { asked: Asked; mistakes: Mistake[] } {
  const { status, entryPoint, pageSize: size, pageToken: token } = query;
  const filters = { ...(status ? { status } : {}), ...(entryPoint ? { entryPoint } : {}) };
  const pageSize = size === undefined ? DEFAULT_PAGE_SIZE : /^\d+$/.test(size) ? Number(size) : 0;
  const after = token === undefined ? undefined : readPageToken(filtersOf(filters), token);
  const mistakes: Mistake[] = Object.keys(query)
    .filter(name => !KNOWN.includes(name))
    .map(name => ({ pointer: `/${name}`, detail: `is not a parameter; known are ${KNOWN.join(', ')}` }));
  if (status !== undefined && !JOB_STATUSES.some(known => known === status)) {
    mistakes.push({ pointer: '/status', detail: `is one of ${JOB_STATUSES.join(', ')}` });
  }
  if (entryPoint === '') mistakes.push({ pointer: '/entryPoint', detail: 'is the name of an entry point' });
  if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
    mistakes.push({ pointer: '/pageSize', detail: `is a whole number from 1 to ${MAX_PAGE_SIZE}` });
  }
  if (token !== undefined && after === undefined) {
    mistakes.push(STALE_TOKEN);
  }
  return { asked: { ...filters, pageSize, ...(after ? { after } : {}) }, mistakes };
}

function filtersOf({ status = '', entryPoint = '' }: { status?: string; entryPoint?: string }): string {
  return JSON.stringify([status, entryPoint]);
}

export const handler = http(listJobs);
