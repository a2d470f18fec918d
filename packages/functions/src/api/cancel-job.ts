// POST /v1/jobs/{id}/cancel: the job turns back from here on, or has ended before it began.
import { requestPorts } from '../request-ports.ts';
import { verbBody } from './asked-schemas.ts';
import { http } from './http.ts';
import { verbRoute } from './verb.ts';

export const cancelJob = verbRoute('cancel', verbBody);

export const handler = http(requestPorts, cancelJob);
