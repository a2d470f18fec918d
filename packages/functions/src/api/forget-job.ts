// POST /v1/jobs/{id}/forget: a stuck job is abandoned as it is and no longer blocks the queue of its entry point.
import { requestPorts } from '../request-ports.ts';
import { actionRoute } from './action.ts';
import { http } from './http.ts';
import { forgetBody } from './input-schemas.ts';

export const forgetJob = actionRoute('forget', forgetBody);

export const handler = http(requestPorts, forgetJob);
