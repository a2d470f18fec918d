// What a caller may not do, as an answer: with who may, or what is allowed, or what is in the way. Nothing was written.

import { allowedVerbs } from '@gatehouse/core/api/actions';
import type { Problem } from '@gatehouse/core/ports/errors';
import type { Verb } from '@gatehouse/core/record/events';
import type { Job } from '@gatehouse/core/record/job';
import { jobKey, readEntryPoint } from '@gatehouse/core/record/records';
import { cloudMistakes } from '@gatehouse/core/request/clouds';
import { notOwnerOfJob } from '@gatehouse/core/request/permission';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import type { ApiAnswer } from './answer.ts';
import type { ApiRequest } from './http.ts';
import { problem, problemCode } from './problem.ts';

/** `jobId`: the job that made what is in the way. */
export function refused({ code, message, errors }: Problem, jobId?: string): ApiAnswer<never> {
  return problem(problemCode(code), message, {
    ...(errors ? { errors } : {}),
    ...(jobId ? { links: { job: `/v1/jobs/${jobId}` } } : {}),
  });
}

/** For every verb on a job: whether the caller may use it, and it could do anything. A job that is not there is for the verb to tell. */
export async function refusedVerb(
  { store, settings }: Pick<RequestPorts, 'store' | 'settings'>,
  { caller, parameters }: ApiRequest,
  verb: Verb,
): Promise<ApiAnswer<never> | undefined> {
  const job = (await store.get(jobKey(parameters['id'] ?? '')))?.value;
  if (!job) return undefined;
  const owner = (await readEntryPoint(store, job.entryPoint))?.owner;
  const refusal = notOwnerOfJob(settings.access, caller, job, owner);
  if (refusal) return refused(refusal);
  // The other verbs need no cloud.
  const isOff = verb === 'retry' && cloudMistakes(job.cloud, settings.clouds).length > 0;
  return isOff ? cloudIsOff(job) : undefined;
}

function cloudIsOff(job: Job): ApiAnswer<never> {
  const allowed = allowedVerbs(job).filter(verb => verb !== 'retry');
  const instead = allowed.length > 0 ? `; it allows ${allowed.join(', ')}` : '';
  const detail = `${job.id} is of ${job.cloud}, which is not on here; whoever runs this installation can switch it on${instead}`;
  return problem('VerbNotAllowed', detail, { allowed, links: { job: `/v1/jobs/${job.id}` } });
}
