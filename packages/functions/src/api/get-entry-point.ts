// GET /v1/entry-points/{name}: what stands under a name, with every cloud id, and whose turn it is there.
import { entryPointTarget } from '@gatehouse/core/line';
import type { Ports } from '@gatehouse/core/ports';
import { entryPointKey, lineKey } from '@gatehouse/core/records';
import type * as z from 'zod';
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { links } from './list-entry-points.ts';
import { problem } from './problem.ts';
import type { entryPointSchema } from './schemas.ts';

export async function getEntryPoint(
  ports: Ports,
  { parameters }: ApiRequest,
): Promise<ApiAnswer<z.output<typeof entryPointSchema>>> {
  const name = parameters['name'] ?? '';
  const [entryPoint, line] = await Promise.all([
    ports.store.get(entryPointKey(name)),
    ports.store.get(lineKey(entryPointTarget(name))),
  ]);
  const [running] = line?.value.jobs ?? [];
  const open = running ? { runningJob: `/v1/jobs/${running}` } : {};
  if (!entryPoint) {
    const detail = running
      ? `${name} does not stand yet; a job of it is open`
      : `there is no entry point ${name}`;
    return problem('EntryPointNotFound', detail, { links: open });
  }
  const { jobId, ...stands } = entryPoint.value;
  return { status: 200, body: { ...stands, lastJob: jobId, links: { ...links(name, jobId), ...open } } };
}

export const handler = http(getEntryPoint);
