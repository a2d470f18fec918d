// GET /v1/health: whether Gatehouse can serve requests now, which requires its table.
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { entryPointKey } from '@gatehouse/core/record/records';
import type * as z from 'zod';
import { tablePorts } from '../table-ports.ts';
import type { ApiAnswer } from './answer.ts';
import type { healthSchema } from './answer-schemas.ts';
import { open } from './http.ts';

export async function health(ports: TablePorts): Promise<ApiAnswer<z.output<typeof healthSchema>>> {
  await ports.store.get(entryPointKey('health'));
  return { status: 200, body: { status: 'ok' } };
}

/** For monitors, which have no identity. */
export const handler = open(() => health(tablePorts()));
