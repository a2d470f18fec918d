// POST /v1/jobs/{id}/{action}: one function for every action, because they differ in their bodies only. The answer is the
// job as it is now or, for a caller that waits, as it has ended. An action that the job does not allow is a 409 with the
// actions that it does allow.

import { performAction } from '@gatehouse/core/api/act';
import type { JobView } from '@gatehouse/core/api/answers';
import type { Action } from '@gatehouse/core/record/events';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import type * as z from 'zod';
import type { ApiAnswer } from './answer.ts';
import { readBody } from './body.ts';
import type { ApiRequest } from './http.ts';
import { isOver, jobAnswer } from './job-answer.ts';
import { problem } from './problem.ts';
import { refusedAction } from './refused.ts';
import { type Pause, withNews } from './waiting.ts';

type ActionBody = z.ZodType<{ reason?: string; step?: string }>;

export function actionRoute(action: Action, schema: ActionBody) {
  return async (ports: RequestPorts, request: ApiRequest, pause?: Pause): Promise<ApiAnswer<JobView>> => {
    const read = await readBody(schema, request);
    if (!read.ok) return read.answer;
    const refusal = await refusedAction(ports, request, action);
    if (refusal) return refusal;
    const jobId = request.parameters['id'] ?? '';
    const answer = await performAction(ports, jobId, { ...read.body, action, by: request.caller });
    const links = { job: `/v1/jobs/${jobId}` };
    if (answer.outcome === 'notAllowed') {
      const { job, allowed: allowedActions } = answer;
      const instead = allowedActions.length > 0 ? `allows ${allowedActions.join(', ')}` : 'allows no action';
      const detail = `${jobId} is ${job.status}${job.resolution ? ' and forgotten' : ''} and ${instead}`;
      return problem('ActionNotAllowed', detail, { allowedActions, links });
    }
    if (answer.outcome === 'notLeft') {
      const detail = `must be the step of a leftover of this job: ${answer.steps.join(', ')}`;
      const errors = [{ pointer: '/step', detail }];
      return problem('InvalidRequest', 'nothing was changed', { errors, links });
    }
    const look = () => jobAnswer(ports, jobId);
    const shown = await withNews(ports, request, { look, isNews: isOver, pause });
    return shown.status === 200 ? { ...shown, status: 202 } : shown;
  };
}
