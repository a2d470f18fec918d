// The state of a listener, for its dependents: a change of a dependent makes its listener busy, too.
import * as z from 'zod';
import { orAbsent } from '../cloud-call.ts';
import type { GaClient } from './client.ts';

const answer = z.object({ State: z.string().optional() });

/** Undefined if it does not exist. */
export async function listenerState(client: GaClient, id: string): Promise<string | undefined> {
  const also = { UnknownError: 'NotFound' } as const;
  return (await orAbsent(client.call('DescribeListener', { ListenerId: id }, answer, { also })))?.State;
}
