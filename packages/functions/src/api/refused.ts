// Refusals as answers: they say who is allowed, what is allowed, or what is in the way. Nothing was written.

import { allowedActions as allowedActionsOf } from '@gatehouse/core/api/actions';
import type { Problem } from '@gatehouse/core/ports/errors';
import type { Action } from '@gatehouse/core/record/events';
import type { Job } from '@gatehouse/core/record/job';
import { jobKey, readEntryPoint } from '@gatehouse/core/record/records';
import { cloudIssues } from '@gatehouse/core/request/clouds';
import { notOwnerOfJob } from '@gatehouse/core/request/permission';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import type { ApiAnswer } from './answer.ts';
import type { ApiRequest } from './http.ts';
import { problem, problemCode } from './problem.ts';

/** `jobId`: the last job of the entry point that is in the way. */
export function refused({ code, message, errors }: Problem, jobId?: string): ApiAnswer<never> {
  return problem(problemCode(code), message, {
    ...(errors ? { errors } : {}),
    ...(jobId ? { links: { job: `/v1/jobs/${jobId}` } } : {}),
  });
}

/** Whether the caller is allowed to use the action, and whether it can have any effect. A missing job is not refused here. */
export async function refusedAction(
  { store, settings }: Pick<RequestPorts, 'store' | 'settings'>,
  { caller, parameters }: ApiRequest,
  action: Action,
): Promise<ApiAnswer<never> | undefined> {
  const job = (await store.get(jobKey(parameters['id'] ?? '')))?.value;
  if (!job) return undefined;
  const owner = (await readEntryPoint(store, job.entryPoint))?.owner;
  const refusal = notOwnerOfJob(settings.access, caller, job, owner);
  if (refusal) return refused(refusal);
  // The other actions do not use a cloud.
  const isOff = action === 'retry' && cloudIssues(job.cloud, settings.clouds).length > 0;
  return isOff ? cloudIsOff(job) : undefined;
}

function cloudIsOff(job: Job): ApiAnswer<never> {
  const allowedActions = allowedActionsOf(job).filter(action => action !== 'retry');
  const instead = allowedActions.length > 0 ? `; the job allows ${allowedActions.join(', ')}` : '';
  const detail = `${job.id} is on ${job.cloud}, which is disabled in this deployment; an operator can enable it${instead}`;
  return problem('ActionNotAllowed', detail, { allowedActions, links: { job: `/v1/jobs/${job.id}` } });
}
