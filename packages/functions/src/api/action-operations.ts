// The actions on a job: what each takes and what it answers.
import { jobSchema } from '@gatehouse/core/api/answers';
import { ROLLING_BACK_JOB } from './answer-examples.ts';
import { actionBody, forgetBody, skipBody } from './input-schemas.ts';
import { BODY_PROBLEMS, JOB_HEADERS, type Operation } from './operation.ts';
import type { ApiRoute } from './routes.ts';

export const ACTION_OPERATIONS = {
  'POST /v1/jobs/{id}/cancel': action(
    'cancelJob',
    'Cancel a job',
    'A job that has not begun ends as CANCELLED. A running job rolls back.',
  ),
  'POST /v1/jobs/{id}/retry': action(
    'retryJob',
    'Resume a stuck job',
    'A ROLLBACK_FAILED job continues its rollback and a REMOVE_FAILED job its removal, once the job holds all its queues again.',
  ),
  'POST /v1/jobs/{id}/skip': action(
    'skipStep',
    'Skip a leftover of a stuck job',
    'Gatehouse no longer changes the resource of this step, and a retry can finish without it.',
    {
      schema: skipBody,
      required: true,
      examples: { step: { step: 'listener', reason: 'another team uses it now' } },
    },
  ),
  'POST /v1/jobs/{id}/forget': action(
    'forgetJob',
    'Abandon a stuck job',
    'The job keeps its status and records who abandoned it, why, and its leftovers. It no longer blocks the queue of its entry point.',
    {
      schema: forgetBody,
      required: true,
      examples: { reason: { reason: 'the accelerator is being deleted' } },
    },
  ),
} satisfies Partial<Record<ApiRoute, Operation>>;

function action(
  id: string,
  summary: string,
  description: string,
  body: Operation['body'] = {
    schema: actionBody,
    required: false,
    examples: { reason: { reason: 'wrong accelerator' } },
  },
): Operation {
  return {
    id,
    tag: 'Jobs',
    summary,
    description: `${description} Repeating the action has no further effect. The answer comes at once or, with \`Prefer: wait=20\`, when the job has ended or the time is up.`,
    headers: ['Prefer'],
    body,
    answers: {
      202: {
        description: 'The job as it is now.',
        schema: jobSchema,
        example: ROLLING_BACK_JOB,
        headers: [...JOB_HEADERS, 'Preference-Applied'],
      },
    },
    problems: [...BODY_PROBLEMS, 'JobNotFound', 'NotOwner', 'ActionNotAllowed'],
  };
}
