// The actions on a job: the statuses that allow each action, in one table, and what each action does to the job. Pure. The
// history of the job records every action with who requested it, when and why. Repeating an action has no further effect.
import type { Problem } from '../ports/errors.ts';
import { ACTIONS, type Action, append, type JobStatus } from '../record/events.ts';
import {
  endedInQueue,
  isSkipped,
  isStuck,
  type Job,
  type Leftover,
  waitsInQueue,
  withEvent,
  withRollbackCause,
} from '../record/job.ts';

/** `by`: the account and role that requests the action. `step`: with skip, the leftover to skip. */
export interface ActionRequest {
  action: Action;
  at: string;
  by: string;
  reason?: string;
  step?: string;
}

const FROM: Record<Action, readonly JobStatus[]> = {
  cancel: ['QUEUED', 'RUNNING'],
  retry: ['ROLLBACK_FAILED', 'REMOVE_FAILED'],
  skip: ['ROLLBACK_FAILED', 'REMOVE_FAILED'],
  forget: ['ROLLBACK_FAILED', 'REMOVE_FAILED'],
};

/** Each retry adds to the history, which is part of the job's item. After this many, the job needs manual repair. */
export const MAX_RETRIES = 50;

export function allowedActions(job: Job): Action[] {
  const retries = job.events.filter(({ action }) => action === 'retry').length;
  return ACTIONS.filter(
    action =>
      FROM[action].includes(job.status) && !job.resolution && !(action === 'retry' && retries >= MAX_RETRIES),
  );
}

/** Whether the action has already been performed, so that a repeat is answered like the first time. */
export function isRepeat(job: Job, { action, step }: ActionRequest): boolean {
  if (action === 'forget') return job.resolution !== undefined;
  if (action === 'skip') return step !== undefined && isSkipped(job, step);
  const last = job.events.findLast(event => event.action !== undefined)?.action;
  return last === action && !(action === 'retry' && isStuck(job));
}

/** The job after an action that it allows. `queueUntil`: when it stops waiting in its queues. */
export function afterAction(job: Job, asking: ActionRequest, queueUntil: string): Job | undefined {
  switch (asking.action) {
    case 'cancel':
      return cancelled(job, asking);
    case 'retry':
      return retried(job, asking, queueUntil);
    case 'skip':
      return skipped(job, asking);
    case 'forget':
      return forgotten(job, asking);
    default:
      return unknownAction(asking.action);
  }
}

/** A waiting job ends at once; a running job rolls back. */
function cancelled(job: Job, asking: ActionRequest): Job | undefined {
  const { at, by, reason } = asking;
  const message = `cancelled by ${by}${reason ? `: ${reason}` : ''}`;
  const problem: Problem = { code: 'Cancelled', message, retryable: false };
  const noted = withEvent(job, asking);
  if (waitsInQueue(job)) return endedInQueue(noted, job.attempt, { status: 'CANCELLED', at, problem });
  return withRollbackCause(noted, job.attempt, { reason: 'cancelled', at, problem }) ?? noted;
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
export function retried(job: Job, asking: ActionRequest, queueUntil: string): Job | undefined {
  const status = RETRIED[job.status];
  if (!status || !isStuck(job) || job.open) return undefined;
  const { endedAt: _, rollbackUntil: __, deadlineAt: ___, rollbackCause, problem, phase, ...rest } = job;
  const turned = { ...(rollbackCause ? { rollbackCause } : {}), ...(problem ? { problem } : {}) };
  // A rollback undoes everything again before it restores anything.
  const why = status === 'ROLLING_BACK' ? turned : { ...(phase ? { phase } : {}) };
  const attempt = job.attempt + 1;
  const events = append(job.events, { ...asking, status, attempt });
  return { ...rest, ...why, status, attempt, tries: 1, requeued: true, queueUntil, events, open: true };
}

/** The job is open again until the event is published. */
function skipped(job: Job, asking: ActionRequest): Job | undefined {
  const { at, by, reason } = asking;
  const what = leftOf(job, asking.step);
  if (!what || !isStuck(job) || job.open) return undefined;
  const skip = { ...what, at, by, ...(reason ? { reason } : {}) };
  const leftovers = (job.leftovers ?? []).filter(each => each !== what);
  return { ...withEvent(job, asking), leftovers, skipped: [...(job.skipped ?? []), skip], open: true };
}

/** The job is open again until it has left its last queue. */
function forgotten(job: Job, asking: ActionRequest): Job | undefined {
  if (!isStuck(job) || job.open) return undefined;
  const { at, by, reason = '' } = asking;
  const leftovers = [...(job.leftovers ?? []), ...(job.skipped ?? [])].map(
    ({ step, title, id, problem }) => ({
      step,
      title,
      ...(id ? { id } : {}),
      problem,
    }),
  );
  return { ...withEvent(job, asking), resolution: { at, by, reason, leftovers }, open: true };
}

function leftOf(job: Job, step: string | undefined): Leftover | undefined {
  return job.leftovers?.find(leftovers => leftovers.step === step);
}

function unknownAction(action: never): never {
  throw new Error(`unknown action ${action}`);
}
