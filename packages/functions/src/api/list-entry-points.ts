// GET /v1/entry-points: what stands, by pages, the youngest first.
import type { Ports } from '@gatehouse/core/ports';
import { type EntryPoint, INVENTORY } from '@gatehouse/core/records';
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { pageAnswer, readPaging } from './paging.ts';
import { problem } from './problem.ts';

export async function listEntryPoints(ports: Ports, { query }: ApiRequest): Promise<ApiAnswer> {
  const { paging, mistakes } = readPaging(query, []);
  if (mistakes.length > 0) return problem('InvalidRequest', 'the query is not valid', { errors: mistakes });
  const { pageSize: limit, after } = paging;
  const found = ports.store.list<EntryPoint>('list', INVENTORY, { limit, ...(after ? { after } : {}) });
  return pageAnswer(query, [], found, summary);
}

function summary({ name, cloud, owner, since, jobId }: EntryPoint) {
  return { name, cloud, owner, since, links: links(name, jobId) };
}

export function links(name: string, jobId: string) {
  return { self: `/v1/entry-points/${name}`, job: `/v1/jobs/${jobId}`, jobs: `/v1/jobs?entryPoint=${name}` };
}

export const handler = http(listEntryPoints);
