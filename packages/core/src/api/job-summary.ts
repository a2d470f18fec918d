// One sentence for people on where a job is.

import { isStuck, type Job, type Leftover } from '../record/job.ts';
import type { QueuePosition } from './answers.ts';
import type { StepView } from './step-answers.ts';

export function sentence(job: Job, steps: StepView[], queues: QueuePosition[]): string {
  const behind = queues.find(({ position }) => position > 1);
  if (behind) return waiting(behind, job.queueUntil);
  const except = job.skipped?.length ? `, except skipped resources: ${named(job.skipped)}` : '';
  switch (job.status) {
    case 'QUEUED':
      return 'Planning; no changes yet.';
    case 'RUNNING': {
      const now = steps.find(({ state }) => state !== 'done' && state !== 'waiting' && state !== 'notRun');
      const done = steps.filter(step => step.state === 'done').length;
      return `${done} of ${steps.length} steps done${now ? `; ${now.title}: ${now.waitingFor?.reason ?? now.state}` : ''}.`;
    }
    case 'ROLLING_BACK':
      return `Rolling back: ${job.problem?.message ?? 'a step failed'}`;
    case 'SUCCEEDED':
      return job.operation === 'remove'
        ? `The entry point has been removed${except}.`
        : `The entry point is provisioned as requested${except}.`;
    case 'FAILED':
      return `Nothing was changed: ${job.problem?.message ?? 'refused'}`;
    case 'CANCELLED':
      return `Nothing was changed: ${job.problem?.message ?? 'cancelled before it began'}`;
    case 'ROLLED_BACK':
      return `The clouds are as before${except}. Cause: ${job.problem?.message ?? 'a step failed'}`;
    case 'ROLLBACK_FAILED':
    case 'REMOVE_FAILED':
      return isStuck(job) ? stuck(job) : `Forgotten by ${job.resolution?.by}: ${job.resolution?.reason}`;
    default:
      return unknownStatus(job.status);
  }
}

function waiting({ queue, heldBy, holder, position }: QueuePosition, until: string | undefined): string {
  const action = holder?.status.endsWith('_FAILED') ? ', which needs manual action' : '';
  const atMost = until ? ` It waits until ${until} at the latest.` : '';
  return `Position ${position} in the queue of ${queue}, held by ${heldBy}${action}.${atMost}`;
}

function stuck({ leftovers = [], skipped = [] }: Job): string {
  const ending = leftovers.length === 0 ? ' A retry ends the job.' : '';
  const decided = skipped.length > 0 ? ` Skipped: ${named(skipped)}.${ending}` : '';
  return `Manual action needed. Leftovers: ${leftovers.length > 0 ? named(leftovers) : 'none'}.${decided}`;
}

function named(left: Leftover[]): string {
  return left.map(({ id, title }) => id ?? title).join(', ');
}

function unknownStatus(status: never): never {
  throw new Error(`unknown status ${status}`);
}
