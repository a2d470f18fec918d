// POST /v1/jobs/{id}/{verb}: one function for every verb, which differ in their bodies only. Answers with the job as it
// is now, or for who would wait, when it has ended; a verb that the job does not allow is a 409 with those that it does.

import { ask } from '@gatehouse/core/api/act';
import type { JobView } from '@gatehouse/core/api/answers';
import type { Verb } from '@gatehouse/core/record/events';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import type * as z from 'zod';
import type { ApiAnswer } from './answer.ts';
import { readBody } from './body.ts';
import type { ApiRequest } from './http.ts';
import { isOver, jobAnswer } from './job-answer.ts';
import { problem } from './problem.ts';
import { refusedVerb } from './refused.ts';
import { type Pause, withNews } from './waiting.ts';

type VerbBody = z.ZodType<{ reason?: string; step?: string }>;

export function verbRoute(verb: Verb, schema: VerbBody) {
  return async (ports: RequestPorts, request: ApiRequest, pause?: Pause): Promise<ApiAnswer<JobView>> => {
    const read = await readBody(schema, request);
    if (!read.ok) return read.answer;
    const refusal = await refusedVerb(ports, request, verb);
    if (refusal) return refusal;
    const jobId = request.parameters['id'] ?? '';
    const answer = await ask(ports, jobId, { ...read.body, verb, by: request.caller });
    const links = { job: `/v1/jobs/${jobId}` };
    if (answer.outcome === 'notAllowed') {
      const { job, allowed } = answer;
      const instead = allowed.length > 0 ? `it allows ${allowed.join(', ')}` : 'it allows nothing any more';
      const detail = `${jobId} is ${job.status}${job.resolution ? ' and forgotten' : ''}; ${instead}`;
      return problem('VerbNotAllowed', detail, { allowed, links });
    }
    if (answer.outcome === 'notLeft') {
      const detail = `is one of what is left of this job: ${answer.steps.join(', ')}`;
      const errors = [{ pointer: '/step', detail }];
      return problem('InvalidRequest', 'nothing was changed', { errors, links });
    }
    const look = () => jobAnswer(ports, jobId);
    const shown = await withNews(ports, request, { look, isNews: isOver, pause });
    return shown.status === 200 ? { ...shown, status: 202 } : shown;
  };
}
