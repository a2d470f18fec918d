// `gatehouse list`: what stands, or the jobs that there were.
import type { JobStatus, Page } from '@gatehouse/client';
import { columns } from './columns.ts';
import type { Watching } from './follow.ts';

export interface Listing {
  jobs: boolean;
  /** Gatehouse says which there are. */
  status?: string;
  entryPoint?: string;
  limit: number;
}

const MAX_PAGE_SIZE = 100;

export async function list({ client, terminal, print }: Watching, asked: Listing): Promise<void> {
  const { stopped: signal } = terminal;
  const { limit, status, entryPoint } = asked;
  if (asked.jobs || status || entryPoint) {
    const filters = {
      ...(status ? { status: status.toUpperCase() as JobStatus } : {}),
      ...(entryPoint ? { entryPoint } : {}),
    };
    const found = await all(limit, page => client.jobs({ ...filters, ...page, signal }));
    print.answer(found, ({ items }) => [
      ...columns(
        ['CREATED', 'JOB', 'OPERATION', 'ENTRY POINT', 'STATUS'],
        items.map(job => [job.createdAt, job.id, job.operation, job.entryPoint, job.status]),
      ),
      ...moreLine(found.more, limit),
    ]);
    return;
  }
  const found = await all(limit, page => client.entryPoints({ ...page, signal }));
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
