// The verbs that a job can be asked: what each takes and what it answers.
import { jobSchema } from '@gatehouse/core/api/answers';
import { forgetBody, skipBody, verbBody } from './asked-schemas.ts';
import { BODY_PROBLEMS, JOB_HEADERS, type Operation } from './operation.ts';
import type { ApiRoute } from './routes.ts';

export const VERB_OPERATIONS = {
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
} satisfies Partial<Record<ApiRoute, Operation>>;

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
