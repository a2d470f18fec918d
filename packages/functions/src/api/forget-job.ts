// POST /v1/jobs/{id}/forget: a stuck job stays as it is, and nobody waits for it any more.
import { requestPorts } from '../request-ports.ts';
import { forgetBody } from './asked-schemas.ts';
import { http } from './http.ts';
import { verbRoute } from './verb.ts';

export const forgetJob = verbRoute('forget', forgetBody);

export const handler = http(requestPorts, forgetJob);
