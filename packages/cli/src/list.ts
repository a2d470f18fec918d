// `gatehouse list`: lists entry points or jobs.
import type { EntryPointsQuery, JobsQuery, Page } from '@gatehouse/client';
import { columns } from './columns.ts';
import { BadInput } from './exit.ts';
import type { Watching } from './follow.ts';

/** The filters of the API, which validates them. */
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
const JOB_FILTERS = ['status', 'entryPoint', 'requester'] as const;

export async function list(watching: Watching, listing: Listing): Promise<void> {
  const listsJobs = listing.jobs ?? JOB_FILTERS.some(filter => listing[filter] !== undefined);
  if (!listsJobs) return listEntryPoints(watching, listing);
  if (listing.owner === undefined) return listJobs(watching, listing);
  throw new BadInput('--owner filters entry points; to filter jobs, use --requester');
}

async function listJobs({ client, terminal, print }: Watching, listing: Listing): Promise<void> {
  const { jobs: _, owner: __, limit, status, ...rest } = listing;
  const filters = {
    ...rest,
    ...(status === undefined ? {} : { status: status.toUpperCase() }),
  } as JobsQuery;
  const found = await all(limit, page => client.jobs({ ...filters, ...page, signal: terminal.stopped }));
  print.answer(found, ({ items }) => [
    ...columns(
      ['CREATED', 'JOB', 'OPERATION', 'ENTRY POINT', 'STATUS'],
      items.map(job => [job.createdAt, job.id, job.operation, job.entryPoint, job.status]),
    ),
    ...moreLine(found.more, limit),
  ]);
}

async function listEntryPoints({ client, terminal, print }: Watching, listing: Listing): Promise<void> {
  const { jobs: _, limit, ...rest } = listing;
  const filters = rest as EntryPointsQuery;
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

/** Reads page after page, up to `limit` items. */
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
  return more ? [`There are more items; raise --limit above ${limit} to list them.`] : [];
}
