// POST /v1/jobs/{id}/cancel: answers with the job as it is now; it turns back from here on, or has ended before it began.
import type { JobView } from '@gatehouse/core/answers';
import { cancel } from '@gatehouse/core/cancel';
import type { Ports } from '@gatehouse/core/ports';
import { readBody } from './body.ts';
import { jobAnswer } from './get-job.ts';
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { problem } from './problem.ts';
import { verbBody } from './schemas.ts';

export async function cancelJob(ports: Ports, request: ApiRequest): Promise<ApiAnswer<JobView>> {
  const read = readBody(verbBody, request);
  if (!read.ok) return read.answer;
  const { reason } = read.body;
  const jobId = request.parameters['id'] ?? '';
  const outcome = await cancel(ports, { jobId, by: request.caller, ...(reason ? { reason } : {}) });
  if (outcome === 'tooLate') {
    const detail = `${jobId} has ended; there is nothing left to cancel`;
    return problem('VerbNotAllowed', detail, { links: { job: `/v1/jobs/${jobId}` } });
  }
  const answer = await jobAnswer(ports, jobId);
  return answer.status === 200 ? { ...answer, status: 202 } : answer;
}

export const handler = http(cancelJob);
