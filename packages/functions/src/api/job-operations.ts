// The routes that ask for something or look at a job: what each takes and what it answers.
import { jobSchema, planSchema } from '@gatehouse/core/api/answers';
import { requestSchema } from '@gatehouse/core/request/request';
import { eventPageSchema, jobPageSchema } from './answer-schemas.ts';
import { eventsQuery, jobsQuery } from './asked-schemas.ts';
import { BODY_PROBLEMS, JOB_HEADERS, type Operation } from './operation.ts';
import { REQUEST_EXAMPLES } from './request-examples.ts';
import type { ApiRoute } from './routes.ts';

export const JOB_OPERATIONS = {
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
} satisfies Partial<Record<ApiRoute, Operation>>;
