// POST /v1/jobs/{id}/cancel: the job turns back from here on, or has ended before it began.
import { http } from './http.ts';
import { verbBody } from './schemas.ts';
import { verbRoute } from './verb.ts';

export const cancelJob = verbRoute('cancel', verbBody);

export const handler = http(cancelJob);
