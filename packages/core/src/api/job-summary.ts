// One sentence on where a job is, for people.

import type { PlaceInLine } from '../queue/queue.ts';
import { isStuck, type Job, type Left } from '../record/job.ts';
import type { StepView } from './step-answers.ts';

export function sentence(job: Job, steps: StepView[], lines: PlaceInLine[]): string {
  const behind = lines.find(line => line.place > 1);
  if (behind) return waiting(behind, job.queueUntil);
  const but = job.skipped?.length ? `, but for ${named(job.skipped)}, left behind on purpose` : '';
  switch (job.status) {
    case 'QUEUED':
      return 'Is being looked at before it begins.';
    case 'RUNNING': {
      const now = steps.find(step => step.state !== 'done' && step.state !== 'waiting');
      const done = steps.filter(step => step.state === 'done').length;
      return `${done} of ${steps.length} steps done${now ? `; ${now.title}: ${now.waitingFor?.because ?? now.state}` : ''}.`;
    }
    case 'ROLLING_BACK':
      return `Turns back: ${job.problem?.message ?? 'a step failed'}`;
    case 'SUCCEEDED':
      if (job.skipped?.length) return `It is as asked${but}.`;
      return job.operation === 'remove' ? 'The entry point is gone.' : 'The entry point stands as asked.';
    case 'FAILED':
      return `Nothing was changed: ${job.problem?.message ?? 'refused'}`;
    case 'CANCELLED':
      return `Nothing was changed: ${job.problem?.message ?? 'cancelled before it began'}`;
    case 'ROLLED_BACK':
      return `The clouds are as before${but}: ${job.problem?.message ?? 'a step failed'}`;
    case 'ROLLBACK_FAILED':
    case 'REMOVE_FAILED':
      return isStuck(job) ? stuck(job) : `Forgotten by ${job.resolution?.by}: ${job.resolution?.reason}`;
    default:
      return unknownStatus(job.status);
  }
}

function waiting({ target, heldBy, holder, place }: PlaceInLine, until: string | undefined): string {
  const who = holder?.status.endsWith('_FAILED') ? `${heldBy}, which waits for a person` : heldBy;
  const atMost = until ? ` It waits until ${until} at most.` : '';
  return `Waits for ${target}, held by ${who}; place ${place} in its line.${atMost}`;
}

function stuck({ left = [], skipped = [] }: Job): string {
  const decided = skipped.length > 0 ? ` On purpose: ${named(skipped)}.` : '';
  return `A person is needed; left behind: ${left.length > 0 ? named(left) : 'nothing more'}.${decided}`;
}

function named(left: Left[]): string {
  return left.map(({ id, title }) => id ?? title).join(', ');
}

function unknownStatus(status: never): never {
  throw new Error(`unknown status ${status}`);
}
