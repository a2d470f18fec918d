// POST /v1/jobs/{id}/skip: a stuck job gives up one leftover, so that a retry can finish without it.
import { requestPorts } from '../request-ports.ts';
import { actionRoute } from './action.ts';
import { http } from './http.ts';
import { skipBody } from './input-schemas.ts';

export const skipStep = actionRoute('skip', skipBody);

export const handler = http(requestPorts, skipStep);
