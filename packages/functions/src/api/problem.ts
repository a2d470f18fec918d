// Every error that the API answers, in one table: its code, HTTP status and title (RFC 9457). Codes of jobs and
// steps are core's; these are of requests.
import type { ApiAnswer, ProblemBody } from './answer.ts';

export const PROBLEMS = {
  InvalidRequest: { status: 400, title: 'The request is not valid' },
  IdempotencyKeyMissing: { status: 400, title: 'The header Idempotency-Key is missing' },
  IdempotencyKeyInvalid: { status: 400, title: 'The header Idempotency-Key is not valid' },
  IfMatchInvalid: { status: 400, title: 'The header If-Match is not valid' },
  Unauthenticated: { status: 401, title: 'The caller is not known' },
  NotAllowed: { status: 403, title: 'The caller may not use this' },
  NotOwner: { status: 403, title: 'The entry point belongs to somebody else' },
  EntryPointNotFound: { status: 404, title: 'There is no such entry point' },
  JobNotFound: { status: 404, title: 'There is no such job' },
  SchemaNotFound: { status: 404, title: 'There is no such schema' },
  RouteNotFound: { status: 404, title: 'There is no such route' },
  MethodNotAllowed: { status: 405, title: 'The route has no such method' },
  EntryPointExists: { status: 409, title: 'The entry point stands already' },
  EntryPointProtected: { status: 409, title: 'The entry point is protected' },
  PlanRefused: { status: 409, title: 'The request would fail before its first change' },
  VerbNotAllowed: { status: 409, title: 'The job does not allow this now' },
  BodyTooLarge: { status: 413, title: 'The body is too large' },
  UnsupportedMediaType: { status: 415, title: 'The content type is not read here' },
  IdempotencyKeyReused: { status: 422, title: 'The idempotency key belongs to another request' },
  InternalFailure: { status: 500, title: 'Gatehouse failed' },
  ServiceUnavailable: { status: 503, title: 'Gatehouse cannot answer right now' },
} as const;

export const PROBLEM_TYPE = 'application/problem+json';

export type ProblemCode = keyof typeof PROBLEMS;
/** A code of core's as the API answers it. */
export function problemCode(code: string): ProblemCode {
  return Object.hasOwn(PROBLEMS, code) ? (code as ProblemCode) : 'InternalFailure';
}

/** `detail` says what is wrong with this request and what to do next. */
export function problem(
  code: ProblemCode,
  detail: string,
  extra: Pick<ProblemBody, 'allowed' | 'errors' | 'links'> = {},
): ApiAnswer<never> {
  const { status, title } = PROBLEMS[code];
  return {
    status,
    headers: { 'content-type': PROBLEM_TYPE },
    body: {
      type: `urn:gatehouse:problem:${code}`,
      title,
      status,
      detail,
      code,
      retryable: status === 503,
      ...extra,
    },
  };
}

export function noEntryPoint(name: string): ApiAnswer<never> {
  const detail = `there is no entry point ${name}; GET /v1/entry-points lists those that stand`;
  return problem('EntryPointNotFound', detail);
}

export function noJob(id: string): ApiAnswer<never> {
  return problem('JobNotFound', `there is no job ${id}; GET /v1/jobs lists those there are`);
}
