// The actions on a job: the statuses that allow each action, in one table, and what each action does to the job. Pure. The
// history of the job records every action with who requested it, when and why. Repeating an action has no further effect.
import type { Problem } from '../ports/errors.ts';
import { append, type JobStatus, VERBS, type Verb } from '../record/events.ts';
import {
  asked,
  endedInLine,
  isSkipped,
  isStuck,
  type Job,
  type Left,
  marked,
  waitsInLine,
} from '../record/job.ts';

/** `by`: the account and role that requests the action. `step`: with skip, the leftover to skip. */
export interface Asking {
  verb: Verb;
  at: string;
  by: string;
  reason?: string;
  step?: string;
}

const FROM: Record<Verb, readonly JobStatus[]> = {
  cancel: ['QUEUED', 'RUNNING'],
  retry: ['ROLLBACK_FAILED', 'REMOVE_FAILED'],
  skip: ['ROLLBACK_FAILED', 'REMOVE_FAILED'],
  forget: ['ROLLBACK_FAILED', 'REMOVE_FAILED'],
};

/** Each retry adds to the history, which is part of the job's item. After this many, the job needs manual repair. */
export const MAX_RETRIES = 50;

export function allowedActions(job: Job): Verb[] {
  const retries = job.events.filter(({ verb }) => verb === 'retry').length;
  return VERBS.filter(
    verb =>
      FROM[verb].includes(job.status) && !job.resolution && !(verb === 'retry' && retries >= MAX_RETRIES),
  );
}

/** Whether the action has already been performed, so that a repeat is answered like the first time. */
export function isRepeat(job: Job, { verb, step }: Asking): boolean {
  if (verb === 'forget') return job.resolution !== undefined;
  if (verb === 'skip') return step !== undefined && isSkipped(job, step);
  const last = job.events.findLast(event => event.verb !== undefined)?.verb;
  return last === verb && !(verb === 'retry' && isStuck(job));
}

/** The job after an action that it allows. `queueUntil`: when it stops waiting in its queues. */
export function afterAction(job: Job, asking: Asking, queueUntil: string): Job | undefined {
  switch (asking.verb) {
    case 'cancel':
      return cancelled(job, asking);
    case 'retry':
      return retried(job, asking, queueUntil);
    case 'skip':
      return skipped(job, asking);
    case 'forget':
      return forgotten(job, asking);
    default:
      return unknownAction(asking.verb);
  }
}

/** A waiting job ends at once; a running job rolls back. */
function cancelled(job: Job, asking: Asking): Job | undefined {
  const { at, by, reason } = asking;
  const message = `cancelled by ${by}${reason ? `: ${reason}` : ''}`;
  const problem: Problem = { code: 'Cancelled', message, retryable: false };
  const noted = asked(job, asking);
  if (waitsInLine(job)) return endedInLine(noted, job.attempt, { status: 'CANCELLED', at, problem });
  return marked(noted, job.attempt, { because: 'cancelled', at, problem }) ?? noted;
}

/** The status after a retry. */
const RETRIED: Partial<Record<JobStatus, JobStatus>> = {
  ROLLBACK_FAILED: 'ROLLING_BACK',
  REMOVE_FAILED: 'RUNNING',
};

/**
 * A stuck job resumes as its next attempt, once it holds its queues again. The attempt counts at once, so that a late repeat
 * of the last attempt's end has no effect. A retried removal forgets its failure; a retried rollback keeps its cause.
 */
export function retried(job: Job, asking: Asking, queueUntil: string): Job | undefined {
  const status = RETRIED[job.status];
  if (!status || !isStuck(job) || job.open) return undefined;
  const { endedAt: _, rollbackUntil: __, deadlineAt: ___, mark, problem, phase, ...rest } = job;
  const turned = { ...(mark ? { mark } : {}), ...(problem ? { problem } : {}) };
  // A rollback undoes everything again before it restores anything.
  const why = status === 'ROLLING_BACK' ? turned : { ...(phase ? { phase } : {}) };
  const attempt = job.attempt + 1;
  const events = append(job.events, { ...asking, status, attempt });
  return { ...rest, ...why, status, attempt, tries: 1, rejoins: true, queueUntil, events, open: true };
}

/** The job is open again until the event is published. */
function skipped(job: Job, asking: Asking): Job | undefined {
  const { at, by, reason } = asking;
  const what = leftOf(job, asking.step);
  if (!what || !isStuck(job) || job.open) return undefined;
  const skip = { ...what, at, by, ...(reason ? { reason } : {}) };
  const left = (job.left ?? []).filter(each => each !== what);
  return { ...asked(job, asking), left, skipped: [...(job.skipped ?? []), skip], open: true };
}

/** The job is open again until it has left its last queue. */
function forgotten(job: Job, asking: Asking): Job | undefined {
  if (!isStuck(job) || job.open) return undefined;
  const { at, by, reason = '' } = asking;
  const left = [...(job.left ?? []), ...(job.skipped ?? [])].map(({ step, title, id, problem }) => ({
    step,
    title,
    ...(id ? { id } : {}),
    problem,
  }));
  return { ...asked(job, asking), resolution: { at, by, reason, left }, open: true };
}

function leftOf(job: Job, step: string | undefined): Left | undefined {
  return job.left?.find(left => left.step === step);
}

function unknownAction(verb: never): never {
  throw new Error(`unknown action ${verb}`);
}
