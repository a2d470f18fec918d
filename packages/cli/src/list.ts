// `gatehouse list`: lists entry points or jobs.
import { setTimeout as sleep } from 'node:timers/promises';
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
  const { stopped: signal } = terminal;
  const found = await all(limit, page => client.jobs({ ...filters, ...page, signal }), signal);
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
  const { stopped: signal } = terminal;
  const found = await all(limit, page => client.entryPoints({ ...filters, ...page, signal }), signal);
  print.answer(found, ({ items }) => [
    ...columns(
      ['SINCE', 'ENTRY POINT', 'CLOUD', 'OWNER'],
      items.map(each => [each.since, each.name, each.cloud, each.owner]),
    ),
    ...moreLine(found.more, limit),
  ]);
}

/** A filter can leave pages empty. A server that answers nothing else is not asked without pause, or without end. */
const MAX_EMPTY_PAGES = 200;
const EMPTY_PAGE_PAUSE_MS = 50;

/** Reads page after page, up to `limit` items. */
async function all<Item>(
  limit: number,
  page: (paging: { pageSize: number; pageToken?: string }) => Promise<Page<Item>>,
  signal: AbortSignal,
): Promise<{ items: Item[]; more: boolean }> {
  const items: Item[] = [];
  let pageToken: string | undefined;
  let empty = 0;
  do {
    const pageSize = Math.min(limit - items.length, MAX_PAGE_SIZE);
    const answer = await page({ pageSize, ...(pageToken ? { pageToken } : {}) });
    items.push(...answer.items.slice(0, pageSize));
    if (answer.nextPageToken !== undefined && answer.nextPageToken === pageToken)
      throw new Error('Gatehouse answers the same page again and again.');
    pageToken = answer.nextPageToken;
    empty = answer.items.length === 0 ? empty + 1 : 0;
    if (empty > MAX_EMPTY_PAGES)
      throw new Error(`Gatehouse answered ${empty} empty pages in a row; use other filters.`);
    if (empty > 0 && pageToken !== undefined) await sleep(EMPTY_PAGE_PAUSE_MS, undefined, { signal });
  } while (pageToken !== undefined && items.length < limit);
  return { items, more: pageToken !== undefined };
}

function moreLine(more: boolean, limit: number): string[] {
  return more ? [`There are more items; raise --limit above ${limit} to list them.`] : [];
}
