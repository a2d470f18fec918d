// GET /v1/entry-points/{name}: an entry point with every cloud id, the job that holds its queue, and the leftovers of a
// job that is stuck.

import { requestOf } from '@gatehouse/core/plan/accepted';
import { ownedBy } from '@gatehouse/core/plan/owned';
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { entryPointQueue } from '@gatehouse/core/queue/queue';
import { hasEnded } from '@gatehouse/core/record/events';
import { isStuck, type Job } from '@gatehouse/core/record/job';
import { jobKey, queueKey, readEntryPoint, requestKey } from '@gatehouse/core/record/records';
import type * as z from 'zod';
import { tablePorts } from '../table-ports.ts';
import type { ApiAnswer } from './answer.ts';
import type { entryPointSchema } from './answer-schemas.ts';
import { entryPointLinks, holderLink } from './entry-point-links.ts';
import { type ApiRequest, http } from './http.ts';
import { noEntryPoint, problem } from './problem.ts';

export async function getEntryPoint(
  ports: TablePorts,
  { parameters }: ApiRequest,
): Promise<ApiAnswer<z.output<typeof entryPointSchema>>> {
  const name = parameters['name'] ?? '';
  const [entryPoint, head] = await Promise.all([readEntryPoint(ports.store, name), headOf(ports, name)]);
  const holder = head && (isStuck(head) || !hasEnded(head.status)) ? head : undefined;
  const stuck = holder && isStuck(holder) ? holder : undefined;
  const link = holder ? holderLink(holder) : {};
  if (!entryPoint && !holder) return noEntryPoint(name);
  if (!entryPoint) {
    const open = stuck ? stuckDetail(name, stuck) : `${name} does not exist yet; one of its jobs is open`;
    return problem('EntryPointNotFound', open, { links: link });
  }
  const { jobId, spec: older, ...record } = entryPoint;
  const spec = older ?? (await specOf(ports, jobId));
  const leftovers = stuck ? { leftovers: stuck.leftovers ?? [] } : {};
  const resources = await ownedBy(entryPoint, ports.settings.region);
  const body = {
    ...record,
    spec,
    resources,
    ...leftovers,
    lastJob: jobId,
    links: { ...entryPointLinks(name, jobId), ...link },
  };
  return { status: 200, body };
}

/** The request that was last applied. */
async function specOf({ store, settings }: TablePorts, jobId: string): Promise<unknown> {
  const request = (await store.get(requestKey(jobId)))?.value;
  return request && requestOf(request, settings.region);
}

/** The job at the head of the queue of the entry point: running, stuck, or about to leave the queue. */
async function headOf({ store }: TablePorts, name: string): Promise<Job | undefined> {
  const [head] = (await store.get(queueKey(entryPointQueue(name))))?.value.jobs ?? [];
  return head === undefined ? undefined : (await store.get(jobKey(head)))?.value;
}

function stuckDetail(name: string, { id, leftovers = [] }: Job): string {
  const what = leftovers.map(each => each.id ?? each.title).join(', ');
  return `${name} does not exist; ${id} is stuck and allows retry, skip and forget. Leftovers: ${what || 'none'}`;
}

export const handler = http(tablePorts, getEntryPoint);
