// What a caller may not do, as an answer: with who may, or what is allowed, or what is in the way. Nothing was written.
import type { Problem } from '@gatehouse/core/errors';
import { notOwnerOfJob } from '@gatehouse/core/permission';
import type { RequestPorts } from '@gatehouse/core/ports';
import { jobKey, readEntryPoint } from '@gatehouse/core/records';
import type { ApiAnswer, ApiRequest } from './http.ts';
import { problem, problemCode } from './problem.ts';

/** `jobId`: the job that made what is in the way. */
export function refused({ code, message, errors }: Problem, jobId?: string): ApiAnswer<never> {
  return problem(problemCode(code), message, {
    ...(errors ? { errors } : {}),
    ...(jobId ? { links: { job: `/v1/jobs/${jobId}` } } : {}),
  });
}

/** For every verb on a job: whether the caller may use it. A job that is not there is for the verb to tell. */
export async function refusedVerb(
  { store, settings }: Pick<RequestPorts, 'store' | 'settings'>,
  { caller, parameters }: ApiRequest,
): Promise<ApiAnswer<never> | undefined> {
  const job = (await store.get(jobKey(parameters['id'] ?? '')))?.value;
  if (!job) return undefined;
  const owner = (await readEntryPoint(store, job.entryPoint))?.owner;
  const refusal = notOwnerOfJob(settings.access, caller, job, owner);
  return refusal && refused(refusal);
}
