// `gatehouse list`: what stands, or the jobs that there were.
import type { EntryPointsWanted, JobsWanted, Page } from '@gatehouse/client';
import { columns } from './columns.ts';
import { BadInput } from './exit.ts';
import type { Watching } from './follow.ts';

/** The filters are Gatehouse's own, in its words: it says what it takes. */
export interface Listing {
  jobs?: boolean;
  status?: string;
  entryPoint?: string;
  requester?: string;
  owner?: string;
  cloud?: string;
  createdAfter?: string;
  limit: number;
}

const MAX_PAGE_SIZE = 100;
const OF_JOBS = ['status', 'entryPoint', 'requester'] as const;

export async function list(watching: Watching, asked: Listing): Promise<void> {
  const ofJobs = asked.jobs ?? OF_JOBS.some(filter => asked[filter] !== undefined);
  if (!ofJobs) return listEntryPoints(watching, asked);
  if (asked.owner === undefined) return listJobs(watching, asked);
  throw new BadInput('--owner is of entry points; of jobs there is --requester');
}

async function listJobs({ client, terminal, print }: Watching, asked: Listing): Promise<void> {
  const { jobs: _, owner: __, limit, status, ...rest } = asked;
  const filters = {
    ...rest,
    ...(status === undefined ? {} : { status: status.toUpperCase() }),
  } as JobsWanted;
  const found = await all(limit, page => client.jobs({ ...filters, ...page, signal: terminal.stopped }));
  print.answer(found, ({ items }) => [
    ...columns(
      ['CREATED', 'JOB', 'OPERATION', 'ENTRY POINT', 'STATUS'],
      items.map(job => [job.createdAt, job.id, job.operation, job.entryPoint, job.status]),
    ),
    ...moreLine(found.more, limit),
  ]);
}

async function listEntryPoints({ client, terminal, print }: Watching, asked: Listing): Promise<void> {
  const { jobs: _, limit, ...rest } = asked;
  const filters = rest as EntryPointsWanted;
  const found = await all(limit, page =>
    client.entryPoints({ ...filters, ...page, signal: terminal.stopped }),
  );
  print.answer(found, ({ items }) => [
    ...columns(
      ['SINCE', 'ENTRY POINT', 'CLOUD', 'OWNER'],
      items.map(each => [each.since, each.name, each.cloud, each.owner]),
    ),
    ...moreLine(found.more, limit),
  ]);
}

/** Page after page, up to `limit` items. */
async function all<Item>(
  limit: number,
  page: (paging: { pageSize: number; pageToken?: string }) => Promise<Page<Item>>,
): Promise<{ items: Item[]; more: boolean }> {
  const items: Item[] = [];
  let pageToken: string | undefined;
  do {
    const pageSize = Math.min(limit - items.length, MAX_PAGE_SIZE);
    const answer = await page({ pageSize, ...(pageToken ? { pageToken } : {}) });
    items.push(...answer.items);
    pageToken = answer.nextPageToken;
  } while (pageToken !== undefined && items.length < limit);
  return { items, more: pageToken !== undefined };
}

function moreLine(more: boolean, limit: number): string[] {
  return more ? [`and more; --limit shows more than ${limit}`] : [];
}
