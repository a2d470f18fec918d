// GET /v1/entry-points/{name}/drift: changes made outside Gatehouse, read from the clouds now.
import type { DriftView } from '@gatehouse/core/api/answers';
import type { CloudPorts } from '@gatehouse/core/plan/cloud-ports';
import { driftOf } from '@gatehouse/core/plan/drift';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { lookingPorts } from '../looking.ts';
import type { ApiAnswer } from './answer.ts';
import { type ApiRequest, http } from './http.ts';
import { noEntryPoint } from './problem.ts';

export async function getDrift(
  ports: CloudPorts,
  { parameters }: Pick<ApiRequest, 'parameters'>,
): Promise<ApiAnswer<DriftView>> {
  const name = parameters['name'] ?? '';
  const entryPoint = await readEntryPoint(ports.store, name);
  if (!entryPoint) return noEntryPoint(name);
  return { status: 200, body: await driftOf(ports, entryPoint) };
}

export const handler = http(lookingPorts, getDrift);
