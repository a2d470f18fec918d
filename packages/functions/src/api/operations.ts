// Each route for who calls it: what it takes and what it answers. The compiler holds that every route of routes.ts is
// here; openapi.ts makes the document of it.
import { driftSchema, jobSchema, planSchema } from '@gatehouse/core/answers';
import { requestSchema } from '@gatehouse/core/request';
import type * as z from 'zod';
import {
  entryPointPageSchema,
  entryPointSchema,
  eventPageSchema,
  healthSchema,
  jobPageSchema,
} from './answer-schemas.ts';
import { entryPointsQuery, eventsQuery, forgetBody, jobsQuery, skipBody, verbBody } from './asked-schemas.ts';
import type { ProblemCode } from './problem.ts';
import { REQUEST_EXAMPLES } from './request-examples.ts';
import type { ApiRoute } from './routes.ts';

export type RequestHeader = 'Idempotency-Key' | 'If-Match' | 'If-None-Match' | 'Prefer';
export type AnswerHeader = 'ETag' | 'Idempotent-Replayed' | 'Location' | 'Preference-Applied' | 'Retry-After';

export interface Operation {
  id: string;
  tag: 'Jobs' | 'Entry points' | 'Gatehouse';
  summary: string;
  description?: string;
  headers?: RequestHeader[];
  query?: z.ZodObject;
  body?: { schema: z.ZodType; required: boolean; examples: Record<string, unknown> };
  /** By HTTP status; without a schema, an answer without a body. */
  answers: Record<number, { description: string; schema?: z.ZodType; headers?: AnswerHeader[] }>;
  /** Besides those that every route can answer. */
  problems: ProblemCode[];
}

const BODY_PROBLEMS: ProblemCode[] = ['InvalidRequest', 'BodyTooLarge', 'UnsupportedMediaType'];

const JOB_HEADERS: AnswerHeader[] = ['ETag', 'Retry-After'];

function verb(
  id: string,
  summary: string,
  description: string,
  body: Operation['body'] = {
    schema: verbBody,
    required: false,
    examples: { reason: { reason: 'wrong accelerator' } },
  },
): Operation {
  return {
    id,
    tag: 'Jobs',
    summary,
    description: `${description} Asking twice is asking once. Answered at once; with \`Prefer: wait=20\`, when the job has ended or the time is up.`,
    headers: ['Prefer'],
    body,
    answers: {
      202: {
        description: 'The job as it is now.',
        schema: jobSchema,
        headers: [...JOB_HEADERS, 'Preference-Applied'],
      },
    },
    problems: [...BODY_PROBLEMS, 'JobNotFound', 'NotOwner', 'VerbNotAllowed'],
  };
}

export const OPERATIONS: Record<ApiRoute, Operation> = {
  'POST /v1/jobs': {
    id: 'submitJob',
    tag: 'Jobs',
    summary: 'Ask for an entry point',
    description:
      'Accepts the request and answers before anything of it is done; with `Prefer: wait=20`, when the job has ended or the time is up. JSON or YAML. A request that is refused writes nothing and does not use up its key.',
    headers: ['Idempotency-Key', 'If-Match', 'Prefer'],
    body: { schema: requestSchema, required: true, examples: REQUEST_EXAMPLES },
    answers: {
      202: {
        description:
          'The job. With `Idempotent-Replayed: true`, the one that this key and request made before.',
        schema: jobSchema,
        headers: [...JOB_HEADERS, 'Location', 'Idempotent-Replayed', 'Preference-Applied'],
      },
    },
    problems: [
      ...BODY_PROBLEMS,
      'IdempotencyKeyMissing',
      'IdempotencyKeyInvalid',
      'IdempotencyKeyReused',
      'NotAllowed',
      'NotOwner',
      'EntryPointExists',
      'EntryPointNotFound',
      'EntryPointProtected',
      'IfMatchInvalid',
    ],
  },
  'POST /v1/plans': {
    id: 'createPlan',
    tag: 'Jobs',
    summary: 'See what a request would do',
    description:
      'Against what stands now, and changing nothing: the steps with what each changes, what traffic notices, quotas that would be near. Give its `planHash` as `If-Match` with the job to be sure that it does just this.',
    body: { schema: requestSchema, required: true, examples: REQUEST_EXAMPLES },
    answers: { 200: { description: 'The plan.', schema: planSchema } },
    problems: [
      ...BODY_PROBLEMS,
      'NotAllowed',
      'NotOwner',
      'EntryPointExists',
      'EntryPointNotFound',
      'EntryPointProtected',
      'PlanRefused',
    ],
  },
  'GET /v1/jobs': {
    id: 'listJobs',
    tag: 'Jobs',
    summary: 'List jobs, newest first',
    query: jobsQuery,
    answers: { 200: { description: 'A page of jobs.', schema: jobPageSchema } },
    problems: ['InvalidRequest'],
  },
  'GET /v1/jobs/{id}': {
    id: 'getJob',
    tag: 'Jobs',
    summary: 'Look at a job',
    description:
      'Where the job and each of its steps are. With `Prefer: wait=20` the answer comes at the next change of the job, or when the time is up.',
    headers: ['If-None-Match', 'Prefer'],
    answers: {
      200: {
        description: 'The job. `Retry-After` is there as long as it has not ended.',
        schema: jobSchema,
        headers: [...JOB_HEADERS, 'Preference-Applied'],
      },
      304: {
        description: 'The job is as `If-None-Match` names it.',
        headers: [...JOB_HEADERS, 'Preference-Applied'],
      },
    },
    problems: ['JobNotFound'],
  },
  'GET /v1/jobs/{id}/events': {
    id: 'listEvents',
    tag: 'Jobs',
    summary: "Follow a job's history",
    description:
      'In sequence. Give `next` of an answer as `after` of the next call: nothing is missed and nothing comes twice. With `Prefer: wait=20` the answer comes with the next event, or when the time is up.',
    headers: ['Prefer'],
    query: eventsQuery,
    answers: {
      200: {
        description: 'What came after. `Retry-After` is there as long as there may be more.',
        schema: eventPageSchema,
        headers: ['Retry-After', 'Preference-Applied'],
      },
    },
    problems: ['InvalidRequest', 'JobNotFound'],
  },
  'POST /v1/jobs/{id}/cancel': verb(
    'cancelJob',
    'Cancel a job',
    'A job that has not begun ends CANCELLED, one that runs rolls back.',
  ),
  'POST /v1/jobs/{id}/retry': verb(
    'retryJob',
    'Let a stuck job go on',
    'A job that is ROLLBACK_FAILED rolls back what is left, one that is REMOVE_FAILED goes on with its removal, once it holds its targets again.',
  ),
  'POST /v1/jobs/{id}/skip': verb(
    'skipStep',
    'Leave one step of a stuck job behind',
    'Nothing touches it any more, and a retry can finish without it.',
    {
      schema: skipBody,
      required: true,
      examples: { step: { step: 'listener', reason: 'somebody else uses it now' } },
    },
  ),
  'POST /v1/jobs/{id}/forget': verb(
    'forgetJob',
    'Give a stuck job up',
    'It keeps its status, and says by whom it was given up, why, and what is left. The next job of the entry point can begin.',
    {
      schema: forgetBody,
      required: true,
      examples: { reason: { reason: 'the accelerator is being deleted' } },
    },
  ),
  'GET /v1/entry-points': {
    id: 'listEntryPoints',
    tag: 'Entry points',
    summary: 'List what stands, the youngest first',
    query: entryPointsQuery,
    answers: { 200: { description: 'A page of entry points.', schema: entryPointPageSchema } },
    problems: ['InvalidRequest'],
  },
  'GET /v1/entry-points/{name}': {
    id: 'getEntryPoint',
    tag: 'Entry points',
    summary: 'Look at an entry point',
    answers: {
      200: { description: 'What stands, with every cloud id, and its last job.', schema: entryPointSchema },
    },
    problems: ['EntryPointNotFound'],
  },
  'GET /v1/entry-points/{name}/drift': {
    id: 'getDrift',
    tag: 'Entry points',
    summary: 'See what was changed behind the back of Gatehouse',
    description: 'Reads every resource of the entry point from its cloud, and compares it with what was set.',
    answers: { 200: { description: 'Every resource, member by member.', schema: driftSchema } },
    problems: ['EntryPointNotFound'],
  },
  'GET /v1/openapi.json': {
    id: 'getOpenapi',
    tag: 'Gatehouse',
    summary: 'This document',
    answers: { 200: { description: 'An OpenAPI 3.1 document.' } },
    problems: [],
  },
  'GET /v1/schemas/{schema}': {
    id: 'getSchema',
    tag: 'Gatehouse',
    summary: 'The schema of an event',
    description:
      'Of the `detail` of what goes over the event bus: `entry-point-requested`, `entry-point-request-rejected`, `job-status-changed`.',
    answers: { 200: { description: 'A JSON Schema (2020-12), complete in itself.' } },
    problems: ['SchemaNotFound'],
  },
  'GET /v1/health': {
    id: 'getHealth',
    tag: 'Gatehouse',
    summary: 'Whether Gatehouse can work right now',
    answers: { 200: { description: 'It can.', schema: healthSchema } },
    problems: [],
  },
};
