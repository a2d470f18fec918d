// POST /v1/jobs/{id}/retry: a stuck job resumes where it stopped.
import { requestPorts } from '../request-ports.ts';
import { actionRoute } from './action.ts';
import { http } from './http.ts';
import { actionBody } from './input-schemas.ts';

export const retryJob = actionRoute('retry', actionBody);

export const handler = http(requestPorts, retryJob);
