// "Entry Point Requested" on the bus becomes a job, or "Entry Point Request Rejected", which a rule also keeps in a
// queue for an operator.

import { type Answered, type IncomingEvent, requested } from '@gatehouse/core/api/requested';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import { lambda } from '../lambda.ts';
import { requestPorts } from '../request-ports.ts';

export async function requestEntryPoint(world: RequestPorts, event: IncomingEvent): Promise<Answered> {
  const answered = await requested(world, event);
  const { id, source } = event;
  if ('problem' in answered) world.log.warn('a request was rejected', { event: id, source, ...answered });
  else world.log.info('a request was accepted', { event: id, source, ...answered });
  return answered;
}

export const handler = lambda(requestPorts, requestEntryPoint);
