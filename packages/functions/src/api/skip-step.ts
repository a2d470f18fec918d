// POST /v1/jobs/{id}/skip: one step of a stuck job is left behind, so that a retry can finish without it.
import { requestPorts } from '../request-ports.ts';
import { skipBody } from './asked-schemas.ts';
import { http } from './http.ts';
import { verbRoute } from './verb.ts';

export const skipStep = verbRoute('skip', skipBody);

export const handler = http(requestPorts, skipStep);
