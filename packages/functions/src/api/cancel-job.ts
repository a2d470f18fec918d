// POST /v1/jobs/{id}/cancel: answers with the job as it is now; it turns back from here on, or has ended before it began.
import { parseBody } from '@gatehouse/core/body';
import { cancel } from '@gatehouse/core/cancel';
import type { Mistake } from '@gatehouse/core/mistakes';
import type { Ports } from '@gatehouse/core/ports';
import { jobAnswer } from './get-job.ts';
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { problem } from './problem.ts';

const MAX_REASON_CHARACTERS = 500;

export async function cancelJob(ports: Ports, request: ApiRequest): Promise<ApiAnswer> {
  const { reason, mistakes } = reasonIn(request);
  if (mistakes.length > 0) return problem('InvalidRequest', 'nothing was changed', { errors: mistakes });
  const jobId = request.parameters['id'] ?? '';
  const outcome = await cancel(ports, { jobId, by: request.caller, ...(reason ? { reason } : {}) });
  if (outcome === 'tooLate') {
    const detail = `${jobId} has ended; there is nothing left to cancel`;
    return problem('VerbNotAllowed', detail, { links: { job: `/v1/jobs/${jobId}` } });
  }
  const answer = await jobAnswer(ports, jobId);
  return answer.status === 200 ? { ...answer, status: 202 } : answer;
}

/** The body may be left out, and its one member too. */
function reasonIn({ body, headers }: ApiRequest): { reason?: string; mistakes: Mistake[] } {
  if (body === '') return { mistakes: [] };
  const parsed = parseBody(body, headers['content-type']);
  if (!parsed.ok) return { mistakes: parsed.mistakes };
  const given: unknown = parsed.value;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { mistakes: [{ pointer: '', detail: 'is an object like {"reason": "wrong accelerator"}' }] };
  }
  const unknown = Object.keys(given).filter(name => name !== 'reason');
  const mistakes = unknown.map(name => ({
    pointer: `/${name}`,
    detail: 'is not known; the one member is `reason`',
  }));
  const reason: unknown = Reflect.get(given, 'reason');
  if (reason === undefined) return { mistakes };
  if (typeof reason !== 'string' || reason.length > MAX_REASON_CHARACTERS) {
    mistakes.push({ pointer: '/reason', detail: `is a text of at most ${MAX_REASON_CHARACTERS} characters` });
    return { mistakes };
  }
  return { reason, mistakes };
}

export const handler = http(cancelJob);
