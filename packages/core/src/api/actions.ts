// What a person can ask of a job: from which status which verb is allowed, in one table, and what each makes of the
// job. Pure. Every verb stands in the job's history with who asked, when and why; asking twice is asking once.
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

/** `by`: account and role of who asks. `step`: of skip, what is to be left behind. */
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

/** Each adds to the history, which lies in the job's item; a job that is as stuck after these is for a person's hands. */
export const MAX_RETRIES = 50;

export function allowedVerbs(job: Job): Verb[] {
  const retries = job.events.filter(({ verb }) => verb === 'retry').length;
  return VERBS.filter(
    verb =>
      FROM[verb].includes(job.status) && !job.resolution && !(verb === 'retry' && retries >= MAX_RETRIES),
  );
}

/** Whether the job is as this verb makes it: who asks again is answered as the first time. */
export function isRepeat(job: Job, { verb, step }: Asking): boolean {
  if (verb === 'forget') return job.resolution !== undefined;
  if (verb === 'skip') return step !== undefined && isSkipped(job, step);
  const last = job.events.findLast(event => event.verb !== undefined)?.verb;
  return last === verb && !(verb === 'retry' && isStuck(job));
}

/** The job as the verb makes it, of one that allows it. `queueUntil`: how long it may wait in line from now. */
export function afterVerb(job: Job, asking: Asking, queueUntil: string): Job | undefined {
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
      return unknownVerb(asking.verb);
  }
}

/** While it waits it ends at once; while it goes forward it turns back, or has been about to. */
function cancelled(job: Job, asking: Asking): Job | undefined {
  const { at, by, reason } = asking;
  const message = `cancelled by ${by}${reason ? `: ${reason}` : ''}`;
  const problem: Problem = { code: 'Cancelled', message, retryable: false };
  const noted = asked(job, asking);
  if (waitsInLine(job)) return endedInLine(noted, job.attempt, { status: 'CANCELLED', at, problem });
  return marked(noted, job.attempt, { because: 'cancelled', at, problem }) ?? noted;
}

/** Where a retry leads. */
const RETRIED: Partial<Record<JobStatus, JobStatus>> = {
  ROLLBACK_FAILED: 'ROLLING_BACK',
  REMOVE_FAILED: 'RUNNING',
};

/**
 * A stuck job goes on, as its next attempt and once it heads its lines again. The attempt counts at once, so that a
 * late repeat of the last one's end ends nothing. What a removal failed of is past; why a job turned back is not.
 */
export function retried(job: Job, asking: Asking, queueUntil: string): Job | undefined {
  const status = RETRIED[job.status];
  if (!status || !isStuck(job) || job.open) return undefined;
  const { endedAt: _, rollbackUntil: __, deadlineAt: ___, mark, problem, phase, ...rest } = job;
  const turned = { ...(mark ? { mark } : {}), ...(problem ? { problem } : {}) };
  // A rollback goes through all that it has to take back once more, and to what it has to restore only then.
  const why = status === 'ROLLING_BACK' ? turned : { ...(phase ? { phase } : {}) };
  const attempt = job.attempt + 1;
  const events = append(job.events, { ...asking, status, attempt });
  return { ...rest, ...why, status, attempt, tries: 1, rejoins: true, queueUntil, events, open: true };
}

/** Open once more, until it is told. */
function skipped(job: Job, asking: Asking): Job | undefined {
  const { at, by, reason } = asking;
  const what = leftOf(job, asking.step);
  if (!what || !isStuck(job) || job.open) return undefined;
  const skip = { ...what, at, by, ...(reason ? { reason } : {}) };
  const left = (job.left ?? []).filter(each => each !== what);
  return { ...asked(job, asking), left, skipped: [...(job.skipped ?? []), skip], open: true };
}

/** Open once more, for its last line to be left. */
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

function unknownVerb(verb: never): never {
  throw new Error(`unknown verb ${verb}`);
}
