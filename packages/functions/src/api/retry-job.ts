// POST /v1/jobs/{id}/retry: a stuck job goes on from where it is.
import { requestPorts } from '../request-ports.ts';
import { verbBody } from './asked-schemas.ts';
import { http } from './http.ts';
import { verbRoute } from './verb.ts';

export const retryJob = verbRoute('retry', verbBody);

export const handler = http(requestPorts, retryJob);
