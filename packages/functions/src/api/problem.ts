// Every error of the API in one table: its code, HTTP status and title (RFC 9457). These are the codes of requests; core
// defines the codes of jobs and steps.
import { limitIssues, shortened } from '@gatehouse/core/json/validation-issues';
import type { ApiAnswer, ProblemBody } from './answer.ts';

export const PROBLEMS = {
  InvalidRequest: { status: 400, title: 'The request is not valid' },
  IdempotencyKeyMissing: { status: 400, title: 'The Idempotency-Key header is missing' },
  IdempotencyKeyInvalid: { status: 400, title: 'The Idempotency-Key header is not valid' },
  IfMatchInvalid: { status: 400, title: 'The If-Match header is not valid' },
  Unauthenticated: { status: 401, title: 'The caller is not authenticated' },
  NotAllowed: { status: 403, title: 'The access rules do not allow this request' },
  NotOwner: { status: 403, title: 'The entry point belongs to another owner' },
  EntryPointNotFound: { status: 404, title: 'The entry point does not exist' },
  JobNotFound: { status: 404, title: 'The job does not exist' },
  SchemaNotFound: { status: 404, title: 'The schema does not exist' },
  RouteNotFound: { status: 404, title: 'The route does not exist' },
  MethodNotAllowed: { status: 405, title: 'The route does not support this method' },
  EntryPointExists: { status: 409, title: 'The entry point already exists' },
  EntryPointProtected: { status: 409, title: 'The entry point is protected' },
  PlanRefused: { status: 409, title: 'The request would fail before its first change' },
  ActionNotAllowed: { status: 409, title: 'The job does not allow this action now' },
  BodyTooLarge: { status: 413, title: 'The body is too large' },
  UnsupportedMediaType: { status: 415, title: 'The content type is not supported' },
  IdempotencyKeyReused: { status: 422, title: 'The idempotency key was used for a different request' },
  QueueFull: { status: 429, title: 'The queue is full' },
  TooManyWaitingJobs: { status: 429, title: 'Too many jobs of the caller wait' },
  TooManyPlans: { status: 429, title: 'The caller is making too many plans at the same time' },
  InternalFailure: { status: 500, title: 'Gatehouse failed' },
  ServiceUnavailable: { status: 503, title: 'Gatehouse is temporarily unavailable' },
} as const;

export const PROBLEM_TYPE = 'application/problem+json';

export type ProblemCode = keyof typeof PROBLEMS;
/** The code of a problem of core, as the API answers it. */
export function problemCode(code: string): ProblemCode {
  return Object.hasOwn(PROBLEMS, code) ? (code as ProblemCode) : 'InternalFailure';
}

/** No refusal is longer, whatever the request: with its errors, it stays far below the limits of API Gateway and Lambda. */
const MAX_DETAIL_LENGTH = 4000;

/** Of a full queue, whose jobs take minutes. */
const RETRY_AFTER_SECONDS = '60';

/** `detail`: what is wrong with this request and what to do next. */
export function problem(
  code: ProblemCode,
  detail: string,
  { errors, ...extra }: Pick<ProblemBody, 'allowedActions' | 'errors' | 'links' | 'plan'> = {},
): ApiAnswer<never> {
  const { status, title } = PROBLEMS[code];
  return {
    status,
    headers: {
      'content-type': PROBLEM_TYPE,
      ...(status === 429 ? { 'retry-after': RETRY_AFTER_SECONDS } : {}),
    },
    body: {
      type: `urn:gatehouse:problem:${code}`,
      title,
      status,
      detail: shortened(detail, MAX_DETAIL_LENGTH),
      code,
      retryable: status === 429 || status === 503,
      ...(errors ? { errors: limitIssues(errors) } : {}),
      ...extra,
    },
  };
}

export function noEntryPoint(name: string): ApiAnswer<never> {
  const detail = `the entry point ${name} does not exist; GET /v1/entry-points lists all entry points`;
  return problem('EntryPointNotFound', detail);
}

export function noJob(id: string): ApiAnswer<never> {
  return problem('JobNotFound', `the job ${id} does not exist; GET /v1/jobs lists all jobs`);
}
