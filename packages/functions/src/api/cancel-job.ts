// POST /v1/jobs/{id}/cancel: a running job rolls back; a job that has not begun ends at once.
import { requestPorts } from '../request-ports.ts';
import { actionRoute } from './action.ts';
import { http } from './http.ts';
import { actionBody } from './input-schemas.ts';

export const cancelJob = actionRoute('cancel', actionBody);

export const handler = http(requestPorts, cancelJob);
