// GET /v1/health: whether Gatehouse can do its work right now, which needs its table.
import type { Ports } from '@gatehouse/core/ports';
import { entryPointKey } from '@gatehouse/core/records';
import { type ApiAnswer, http } from './http.ts';

export async function health(ports: Ports): Promise<ApiAnswer> {
  await ports.store.get(entryPointKey('health'));
  return { status: 200, body: { status: 'ok' } };
}

export const handler = http(health);
