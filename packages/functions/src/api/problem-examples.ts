// An example of each problem in the OpenAPI document.
import type { ProblemBody } from './answer.ts';
import { PLAN } from './answer-examples.ts';
import { type ProblemCode, problem } from './problem.ts';

const REQUEST_ID = 'urn:gatehouse:request:JKJaXmPLvHcESHA=';
const POINTER = '/listener/portRanges/0/fromPort';

const EXAMPLES: Record<ProblemCode, [detail: string, extra?: Partial<ProblemBody>]> = {
  InvalidRequest: [
    'fix every entry of errors and send the request again',
    { errors: [{ pointer: POINTER, detail: 'must be a whole number from 1 to 65535, not 99999' }] },
  ],
  IdempotencyKeyMissing: [
    'send an Idempotency-Key header with a new value for every new request, such as a UUID',
  ],
  IdempotencyKeyInvalid: ['an Idempotency-Key must be 1 to 255 printable ASCII characters without spaces'],
  IfMatchInvalid: ['If-Match must be a planHash of POST /v1/plans: "<64 hex digits>"'],
  Unauthenticated: ['sign the request with an IAM identity (SigV4)'],
  NotAllowed: [
    '123456789012/role/deployer may not use everything in this request',
    { errors: [{ pointer: '/listener/portRanges/0', detail: 'is not allowed for you; allowed: 443' }] },
  ],
  NotOwner: [
    'shop-edge belongs to 123456789012/role/shop; only its owner and Gatehouse administrators may change it',
  ],
  EntryPointNotFound: [
    'the entry point shop-edge does not exist; GET /v1/entry-points lists all entry points',
  ],
  JobNotFound: ['the job job-1 does not exist; GET /v1/jobs lists all jobs'],
  SchemaNotFound: [
    'the schema job does not exist; the schemas are job-status-changed, entry-point-requested',
  ],
  RouteNotFound: ['no route matches GET /v1/job; did you mean GET /v1/jobs?'],
  MethodNotAllowed: ['/v1/jobs supports GET, POST'],
  EntryPointExists: ['shop-edge exists; send operation: update to change it'],
  EntryPointProtected: ['shop-edge is protected; send an update with options.protected: false first'],
  PlanRefused: [
    'a job of this request would fail before its first change',
    {
      errors: [
        { pointer: '/listener/portRanges/0', detail: 'overlaps the listener TCP 443 of this accelerator' },
      ],
      plan: PLAN,
    },
  ],
  ActionNotAllowed: ['job-1 is SUCCEEDED and allows no action', { allowedActions: [] }],
  BodyTooLarge: ['the body is larger than the limit of 200 KB'],
  UnsupportedMediaType: ['the body has the unsupported content type "text/plain"; send application/json'],
  QueueFull: [
    '100 jobs are in the queue of entry-point/shop-edge, and a queue holds 100; send the request again once jobs of the queue have ended, or cancel some',
  ],
  TooManyWaitingJobs: [
    'you have 500 jobs that wait in queues, the most that a caller can have; send the request again once some have begun, or cancel some',
  ],
  IdempotencyKeyReused: [
    'this key was used for job-1, a different request; send this request with a new key',
  ],
  TooManyPlans: ['you are making 5 plans at present, which is the limit; wait for one of them'],
  InternalFailure: ['Gatehouse failed; its log has the cause'],
  ServiceUnavailable: ['a service that Gatehouse depends on did not answer; send the same request again'],
};

export function problemExample(code: ProblemCode): ProblemBody {
  const [detail, extra] = EXAMPLES[code];
  return { ...Object(problem(code, detail).body), ...extra, instance: REQUEST_ID };
}
