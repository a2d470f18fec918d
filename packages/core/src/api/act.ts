// Performs an action on a job: one write of the job and its repeatable consequences. After a crash in between, a repeated
// action or the schedule completes them.

import { RetryableError } from '../ports/errors.ts';
import type { Ports } from '../ports/ports.ts';
import { advance, finishEnding, orLeaveIt } from '../queue/advance.ts';
import { changeJob } from '../record/change-job.ts';
import { type Action, hasEnded } from '../record/events.ts';
import { isStuck, type Job, waitsInQueue } from '../record/job.ts';
import { jobKey } from '../record/records.ts';
import { DEFAULT_QUEUE_SECONDS } from '../request/time-limits.ts';
import { type ActionRequest, afterAction, allowedActions, isRepeat } from './actions.ts';

/** `notLeft`: the step to skip is not a leftover. */
export type Answer =
  | { outcome: 'done' }
  | { outcome: 'notFound' }
  | { outcome: 'notAllowed'; job: Job; allowed: Action[] }
  | { outcome: 'notLeft'; steps: string[] };

type Verdict = Exclude<Answer, { outcome: 'notFound' }> & { after?: Job };

export async function performAction(
  ports: Ports,
  jobId: string,
  asking: Omit<ActionRequest, 'at'>,
): Promise<Answer> {
  const { clock, store } = ports;
  const found = (await store.get(jobKey(jobId)))?.value;
  if (!found) return { outcome: 'notFound' };
  // An action on an ended job comes after the last writes of its end.
  await finishEnding(ports, found);
  const at = clock.now().toISOString();
  let verdict: Verdict | undefined;
  const now = await changeJob(ports, jobId, job => {
    // A job of an older version has no limit of its own for its time in the queue.
    const queueUntil = clock.after(job.queueSeconds ?? DEFAULT_QUEUE_SECONDS).toISOString();
    verdict = judged(job, { ...asking, at }, queueUntil);
    return verdict.after;
  });
  if (!now || !verdict) return { outcome: 'notFound' };
  if (verdict.outcome !== 'done') return verdict;
  if (hasEnded(now.status)) await finishEnding(ports, now);
  else if (waitsInQueue(now)) await orLeaveIt(ports, jobId, advance(ports, jobId));
  return { outcome: 'done' };
}

function judged(job: Job, asking: ActionRequest, queueUntil: string): Verdict {
  if (isRepeat(job, asking)) return { outcome: 'done' };
  const allowed = allowedActions(job);
  if (!allowed.includes(asking.action)) return { outcome: 'notAllowed', job, allowed };
  const steps = (job.leftovers ?? []).map(left => left.step);
  if (asking.action === 'skip' && !steps.some(step => step === asking.step))
    return { outcome: 'notLeft', steps };
  const after = afterAction(job, asking, queueUntil);
  if (after) return { outcome: 'done', after };
  // The last writes of the job's end are still in progress.
  if (isStuck(job)) throw new RetryableError('Busy', `${job.id} is being closed; try again`);
  throw new Error(`${asking.action} has no effect on a job that is ${job.status}`);
}
