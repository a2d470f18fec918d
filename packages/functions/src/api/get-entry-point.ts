// GET /v1/entry-points/{name}: what stands under a name, with every cloud id, whose turn it is there, and what a job
// that is stuck there has left.

import { requestOf } from '@gatehouse/core/plan/accepted';
import { ownedBy } from '@gatehouse/core/plan/owned';
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { entryPointTarget } from '@gatehouse/core/queue/queue';
import { isStuck, type Job } from '@gatehouse/core/record/job';
import { jobKey, lineKey, readEntryPoint, requestKey } from '@gatehouse/core/record/records';
import type * as z from 'zod';
import { tablePorts } from '../table-ports.ts';
import type { ApiAnswer } from './answer.ts';
import type { entryPointSchema } from './answer-schemas.ts';
import { entryPointLinks } from './entry-point-links.ts';
import { type ApiRequest, http } from './http.ts';
import { noEntryPoint, problem } from './problem.ts';

export async function getEntryPoint(
  ports: TablePorts,
  { parameters }: ApiRequest,
): Promise<ApiAnswer<z.output<typeof entryPointSchema>>> {
  const name = parameters['name'] ?? '';
  const [entryPoint, holder] = await Promise.all([readEntryPoint(ports.store, name), holderOf(ports, name)]);
  const stuck = holder && isStuck(holder) ? holder : undefined;
  const link = holder ? { [stuck ? 'stuckJob' : 'runningJob']: `/v1/jobs/${holder.id}` } : {};
  if (!entryPoint && !holder) return noEntryPoint(name);
  if (!entryPoint) {
    const open = stuck ? stuckDetail(name, stuck) : `${name} does not stand yet; a job of it is open`;
    return problem('EntryPointNotFound', open, { links: link });
  }
  const { jobId, spec: older, ...stands } = entryPoint;
  const spec = older ?? (await specOf(ports, jobId));
  const left = stuck ? { left: stuck.left ?? [] } : {};
  const resources = ownedBy(entryPoint, ports.settings.region);
  const body = {
    ...stands,
    spec,
    resources,
    ...left,
    lastJob: jobId,
    links: { ...entryPointLinks(name, jobId), ...link },
  };
  return { status: 200, body };
}

/** The request that made it as it is. */
async function specOf({ store, settings }: TablePorts, jobId: string): Promise<unknown> {
  const request = (await store.get(requestKey(jobId)))?.value;
  return request && requestOf(request, settings.region);
}

/** The head of its line: the job at work on it, or stuck there. */
async function holderOf({ store }: TablePorts, name: string): Promise<Job | undefined> {
  const [head] = (await store.get(lineKey(entryPointTarget(name))))?.value.jobs ?? [];
  return head === undefined ? undefined : (await store.get(jobKey(head)))?.value;
}

function stuckDetail(name: string, { id, left = [] }: Job): string {
  const what = left.map(each => each.id ?? each.title).join(', ');
  return `${name} does not stand; ${id} is stuck and has left ${what}. It allows retry, skip and forget`;
}

export const handler = http(tablePorts, getEntryPoint);
