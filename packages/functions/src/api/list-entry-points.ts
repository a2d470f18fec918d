// GET /v1/entry-points: the entry points that match the query, newest first, in pages.
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { type EntryPoint, INVENTORY } from '@gatehouse/core/record/records';
import type * as z from 'zod';
import { tablePorts } from '../table-ports.ts';
import type { ApiAnswer } from './answer.ts';
import type { entryPointSummarySchema } from './answer-schemas.ts';
import { entryPointLinks } from './entry-point-links.ts';
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
  return pageAnswer(entryPointsQuery, query, found, summary);
}

function summary({ name, cloud, owner, since, jobId }: EntryPoint): EntryPointSummary {
  return { name, cloud, owner, since, links: entryPointLinks(name, jobId) };
}

export const handler = http(tablePorts, listEntryPoints);
