// GET /v1/entry-points: the entry points that match the query, newest first, in pages.
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { entryPointQueue } from '@gatehouse/core/queue/queue';
import type { Job } from '@gatehouse/core/record/job';
import { type EntryPoint, INVENTORY, jobKey, queueKey } from '@gatehouse/core/record/records';
import type * as z from 'zod';
import { tablePorts } from '../table-ports.ts';
import type { ApiAnswer } from './answer.ts';
import type { entryPointSummarySchema } from './answer-schemas.ts';
import { entryPointLinks, holderLink } from './entry-point-links.ts';
import { findPage } from './finding.ts';
import { type ApiRequest, http } from './http.ts';
import { entryPointsQuery } from './input-schemas.ts';
import { type PageOf, pageAnswer, readQuery } from './paging.ts';

type EntryPointSummary = z.output<typeof entryPointSummarySchema>;

export async function listEntryPoints(
  ports: TablePorts,
  { query }: ApiRequest,
): Promise<ApiAnswer<PageOf<EntryPointSummary>>> {
  const asked = readQuery(entryPointsQuery, query);
  if (!asked.ok) return asked.answer;
  const { cloud, owner, createdAfter, pageSize } = asked.query;
  const found = findPage<EntryPoint>(ports.store, {
    index: 'list',
    of: INVENTORY,
    pageSize,
    after: asked.after,
    createdAfter,
    madeAt: ({ since }) => since,
    matches: each => (!cloud || each.cloud === cloud) && (!owner || each.owner === owner),
  });
  const withHolders = found.then(async ({ items, ...page }) => {
    const holders = await holdersOf(ports, items);
    return { ...page, items: items.map((item, at) => ({ item, holder: holders[at] })) };
  });
  return pageAnswer(entryPointsQuery, query, withHolders, ({ item, holder }) => summary(item, holder));
}

/** The job at the head of each entry point's queue: running or stuck. Two reads, however many entry points there are. */
async function holdersOf({ store }: TablePorts, items: EntryPoint[]): Promise<(Job | undefined)[]> {
  const queues = await store.many(items.map(({ name }) => queueKey(entryPointQueue(name))));
  const heads = queues.flatMap(queue => queue?.value.jobs[0] ?? []);
  const jobs = await store.many(heads.map(jobKey));
  const byId = new Map(jobs.flatMap(job => (job ? [[job.value.id, job.value] as const] : [])));
  return queues.map(queue => byId.get(queue?.value.jobs[0] ?? ''));
}

function summary(entryPoint: EntryPoint, holder: Job | undefined): EntryPointSummary {
  const { name, cloud, owner, since, jobId } = entryPoint;
  return {
    name,
    cloud,
    owner,
    since,
    ...(entryPoint.protected ? { protected: true } : {}),
    links: { ...entryPointLinks(name, jobId), ...(holder ? holderLink(holder) : {}) },
  };
}

export const handler = http(tablePorts, listEntryPoints);
