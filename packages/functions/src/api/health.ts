// GET /v1/health: whether Gatehouse can do its work right now, which needs its table.
import type { Ports } from '@gatehouse/core/ports';
import { entryPointKey } from '@gatehouse/core/records';
import type * as z from 'zod';
import { type ApiAnswer, http } from './http.ts';
import type { healthSchema } from './schemas.ts';

export async function health(ports: Ports): Promise<ApiAnswer<z.output<typeof healthSchema>>> {
  await ports.store.get(entryPointKey('health'));
  return { status: 200, body: { status: 'ok' } };
}

export const handler = http(health);
