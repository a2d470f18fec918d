// POST /v1/jobs/{id}/skip: one step of a stuck job is left behind, so that a retry can finish without it.
import { http } from './http.ts';
import { skipBody } from './schemas.ts';
import { verbRoute } from './verb.ts';

export const skipStep = verbRoute('skip', skipBody);

export const handler = http(skipStep);
