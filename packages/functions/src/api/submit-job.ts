// POST /v1/jobs: accepts a request and answers with its job, before any work begins.
import { accept } from '@gatehouse/core/api/accept';
import type { JobView } from '@gatehouse/core/api/answers';
import { parseBody } from '@gatehouse/core/json/body';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import { requestPorts } from '../request-ports.ts';
import type { ApiAnswer } from './answer.ts';
import { notParsed } from './body.ts';
import { type ApiRequest, http } from './http.ts';
import { idempotencyKeySchema } from './input-schemas.ts';
import { isOver, jobAnswer } from './job-answer.ts';
import { problem } from './problem.ts';
import { refused } from './refused.ts';
import { type Pause, withNews } from './waiting.ts';

export async function submitJob(
  ports: RequestPorts,
  request: ApiRequest,
  pause?: Pause,
): Promise<ApiAnswer<JobView>> {
  const idempotencyKey = request.headers['idempotency-key'];
  if (!idempotencyKey) {
    return problem(
      'IdempotencyKeyMissing',
      'send an Idempotency-Key header with a new value for every new request, such as a UUID',
    );
  }
  if (!idempotencyKeySchema.safeParse(idempotencyKey).success) {
    return problem(
      'IdempotencyKeyInvalid',
      'an Idempotency-Key must be 1 to 255 printable ASCII characters without spaces',
    );
  }
  const body = await parseBody(request.body, request.headers['content-type']);
  if (!body.ok) return notParsed(body);
  const planHash = planHashOf(request.headers['if-match']);
  if (planHash === null) {
    return problem('IfMatchInvalid', 'If-Match must be a planHash of POST /v1/plans: "<64 hex digits>"');
  }
  const asked = { caller: request.caller, idempotencyKey, value: body.value };
  const accepted = await accept(ports, { ...asked, ...(planHash ? { planHash } : {}) });
  switch (accepted.outcome) {
    case 'invalid':
      return problem(
        'InvalidRequest',
        'nothing was changed; fix every entry of errors and send the request again',
        {
          errors: accepted.issues,
        },
      );
    case 'keyReused':
      return problem(
        'IdempotencyKeyReused',
        `this key was used for ${accepted.jobId}, a different request; send this request with a new key`,
      );
    case 'forbidden':
      return refused(accepted.problem, accepted.jobId);
    default:
      return acceptedAnswer(
        await withNews(ports, request, {
          look: () => jobAnswer(ports, accepted.job.id),
          isNews: isOver,
          pause,
        }),
        accepted.job.id,
        accepted.outcome === 'replayed',
      );
  }
}

/** Undefined without the header, null if it is not a hash. */
function planHashOf(header: string | undefined): string | undefined | null {
  if (header === undefined) return undefined;
  return /^"?([0-9a-f]{64})"?$/.exec(header)?.[1] ?? null;
}

function acceptedAnswer(answer: ApiAnswer<JobView>, jobId: string, replayed: boolean): ApiAnswer<JobView> {
  return {
    ...answer,
    status: 202,
    headers: {
      ...answer.headers,
      location: `/v1/jobs/${jobId}`,
      ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
    },
  };
}

export const handler = http(requestPorts, (ports, request) => submitJob(ports, request));
