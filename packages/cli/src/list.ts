// `gatehouse list`: lists entry points or jobs.
import { setTimeout as sleep } from 'node:timers/promises';
import type { EntryPointSummary, EntryPointsQuery, JobSummary, JobsQuery, Page } from '@gatehouse/client';
import { columns } from './columns.ts';
import { ago } from './duration.ts';
import { leftoverLine, nextSteps } from './ending.ts';
import { BadInput } from './exit.ts';
import type { Watching } from './follow.ts';
import type { Printer, Terminal } from './terminal.ts';

/** The filters of the API, which validates them. */
export interface Listing {
  jobs?: boolean;
  stuck?: boolean;
  status?: string;
  entryPoint?: string;
  requester?: string;
  owner?: string;
  cloud?: string;
  createdAfter?: string;
  limit: number;
}

const MAX_PAGE_SIZE = 100;
const JOB_FILTERS = ['stuck', 'status', 'entryPoint', 'requester'] as const;

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
    ...table('No jobs.', items, terminal, [
      ['ENTRY POINT', job => job.entryPoint],
      ['OPERATION', job => job.operation, 'optional'],
      ['STATUS', statusOf],
      ['AGE', job => ageOf(job.createdAt)],
      ['JOB', job => job.id],
    ]),
    ...(listing.stuck ? items.flatMap(job => stuckLines(job, print)) : []),
    ...moreLine(found.more, limit),
  ]);
}

/** An abandoned job keeps its status for ever, but needs nobody any more. */
function statusOf({ status, resolution }: JobSummary): string {
  return resolution ? `${status}, forgotten` : status;
}

function stuckLines(
  { id, entryPoint, leftovers = [], allowedActions = [] }: JobSummary,
  print: Printer,
): string[] {
  return [
    `${entryPoint} (${id}):`,
    ...(leftovers.length === 0
      ? ['  no leftovers']
      : leftovers.map(each => `  leftover: ${leftoverLine(each)}`)),
    `  ${nextSteps(allowedActions, id, print)}`,
  ];
}

async function listEntryPoints({ client, terminal, print }: Watching, listing: Listing): Promise<void> {
  const { jobs: _, limit, ...rest } = listing;
  const filters = rest as EntryPointsQuery;
  const { stopped: signal } = terminal;
  const found = await all(limit, page => client.entryPoints({ ...filters, ...page, signal }), signal);
  print.answer(found, ({ items }) => [
    ...table('No entry points.', items, terminal, [
      ['ENTRY POINT', each => each.name],
      ['CLOUD', each => each.cloud],
      ['STATE', stateOf],
      ['AGE', each => ageOf(each.since)],
      ['OWNER', each => each.owner, 'optional'],
    ]),
    ...moreLine(found.more, limit),
  ]);
}

function stateOf({ links, protected: isProtected }: EntryPointSummary): string {
  const state = links.stuckJob ? 'stuck' : links.runningJob ? 'changing' : 'ready';
  return isProtected ? `${state}, protected` : state;
}

function ageOf(instant: string): string {
  return ago(Date.now() - Date.parse(instant));
}

type TableColumn<Item> = [title: string, cell: (item: Item) => string, optional?: 'optional'];

/** `none`: the only line, if there are no items. */
function table<Item>(
  none: string,
  items: readonly Item[],
  { stdout }: Terminal,
  shown: TableColumn<Item>[],
): string[] {
  if (items.length === 0) return [none];
  const all = shown.map(([title, cell, optional]) => ({
    title,
    cells: items.map(cell),
    ...(optional ? { optional: true as const } : {}),
  }));
  return columns(all, stdout.isTTY ? stdout.columns : undefined);
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
