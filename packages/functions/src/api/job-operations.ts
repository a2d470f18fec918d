// The routes that submit, plan and read jobs: what each takes and what it answers.
import { jobSchema, planSchema } from '@gatehouse/core/api/answers';
import { requestSchema } from '@gatehouse/core/request/request';
import { EVENT_PAGE, JOB_PAGE, PLAN, QUEUED_JOB, SUCCEEDED_JOB } from './answer-examples.ts';
import { eventPageSchema, jobPageSchema } from './answer-schemas.ts';
import { eventsQuery, jobsQuery } from './input-schemas.ts';
import { BODY_PROBLEMS, JOB_HEADERS, type Operation } from './operation.ts';
import { REQUEST_EXAMPLES } from './request-examples.ts';
import type { ApiRoute } from './routes.ts';

export const JOB_OPERATIONS = {
  'POST /v1/jobs': {
    id: 'submitJob',
    tag: 'Jobs',
    summary: 'Submit a request',
    description:
      'Accepts the request, in JSON or YAML, and answers with its job before any work begins or, with `Prefer: wait=20`, when the job has ended or the time is up. A refused request writes nothing and does not use its idempotency key.',
    headers: ['Idempotency-Key', 'If-Match', 'Prefer'],
    body: { schema: requestSchema, required: true, examples: REQUEST_EXAMPLES },
    answers: {
      202: {
        description:
          'The job. With `Idempotent-Replayed: true`, an earlier request with the same key created it.',
        schema: jobSchema,
        example: QUEUED_JOB,
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
      'QueueFull',
      'TooManyWaitingJobs',
      'IfMatchInvalid',
    ],
  },
  'POST /v1/plans': {
    id: 'createPlan',
    tag: 'Jobs',
    summary: 'Preview a request',
    description:
      'Reads the clouds and returns the steps that a job would run, the changes of each step, interruptions of traffic, and warnings such as quotas that are nearly used up. Changes nothing. Send the `planHash` as `If-Match` with the job to make sure that the job does exactly this. Every caller can plan, also for an entry point of another owner, at most five times at once.',
    body: { schema: requestSchema, required: true, examples: REQUEST_EXAMPLES },
    answers: { 200: { description: 'The plan.', schema: planSchema, example: PLAN } },
    problems: [
      ...BODY_PROBLEMS,
      'NotAllowed',
      'EntryPointExists',
      'EntryPointNotFound',
      'EntryPointProtected',
      'PlanRefused',
      'TooManyPlans',
    ],
  },
  'GET /v1/jobs': {
    id: 'listJobs',
    tag: 'Jobs',
    summary: 'List jobs, newest first',
    description:
      'The jobs that match every filter, in pages. Pass `nextPageToken` of one answer as `pageToken` of the next call.',
    query: jobsQuery,
    answers: { 200: { description: 'A page of jobs.', schema: jobPageSchema, example: JOB_PAGE } },
    problems: ['InvalidRequest'],
  },
  'GET /v1/jobs/{id}': {
    id: 'getJob',
    tag: 'Jobs',
    summary: 'Get a job',
    description:
      'The job with the state of each step. With `Prefer: wait=20`, the answer comes at the next change of the job or when the time is up.',
    headers: ['If-None-Match', 'Prefer'],
    answers: {
      200: {
        description: 'The job. `Retry-After` is present until the job has ended.',
        schema: jobSchema,
        example: SUCCEEDED_JOB,
        headers: [...JOB_HEADERS, 'Preference-Applied'],
      },
      304: {
        description: 'The job has not changed since the `ETag` in `If-None-Match`.',
        headers: [...JOB_HEADERS, 'Preference-Applied'],
      },
    },
    problems: ['JobNotFound'],
  },
  'GET /v1/jobs/{id}/events': {
    id: 'listEvents',
    tag: 'Jobs',
    summary: "List a job's events",
    description:
      'The history of the job, in sequence. Pass `next` of one answer as `after` of the next call to get each event exactly once. With `Prefer: wait=20`, the answer comes with the next event or when the time is up.',
    headers: ['Prefer'],
    query: eventsQuery,
    answers: {
      200: {
        description: 'The events after `after`. `Retry-After` is present while more events can follow.',
        schema: eventPageSchema,
        example: EVENT_PAGE,
        headers: ['Retry-After', 'Preference-Applied'],
      },
    },
    problems: ['InvalidRequest', 'JobNotFound'],
  },
} satisfies Partial<Record<ApiRoute, Operation>>;
