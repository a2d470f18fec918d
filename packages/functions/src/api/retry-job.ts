// POST /v1/jobs/{id}/retry: a stuck job goes on from where it is.
import { http } from './http.ts';
import { verbBody } from './schemas.ts';
import { verbRoute } from './verb.ts';

export const retryJob = verbRoute('retry', verbBody);

export const handler = http(retryJob);
