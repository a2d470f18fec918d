// GET /v1/entry-points/{name}/health: the health of each endpoint and target, read from the clouds now.
import type { HealthView } from '@gatehouse/core/api/health-answers';
import type { CloudPorts } from '@gatehouse/core/plan/cloud-ports';
import { healthOf } from '@gatehouse/core/plan/health';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { lookingPorts } from '../looking.ts';
import type { ApiAnswer } from './answer.ts';
import { type ApiRequest, http } from './http.ts';
import { noEntryPoint } from './problem.ts';

export async function getHealth(
  ports: CloudPorts,
  { parameters }: Pick<ApiRequest, 'parameters'>,
): Promise<ApiAnswer<HealthView>> {
  const name = parameters['name'] ?? '';
  const entryPoint = await readEntryPoint(ports.store, name);
  if (!entryPoint) return noEntryPoint(name);
  return { status: 200, body: await healthOf(ports, entryPoint) };
}

export const handler = http(lookingPorts, getHealth);
