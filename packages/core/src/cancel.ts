// The verb cancel: before a job begins, it ends it; while it goes forward, it turns it back; after that there is nothing
// to cancel. Asking twice is asking once.
import { changeJob } from './change-job.ts';
import { finishEnding } from './ending.ts';
import type { Problem } from './errors.ts';
import { hasEnded } from './events.ts';
import { asked, ended, type Job, marked } from './job.ts';
import type { Ports } from './ports.ts';

/** `by`: account and role of who asks. */
export interface CancelRequest {
  jobId: string;
  by: string;
  reason?: string;
}

/** `tooLate`: the job had ended, and not because somebody cancelled it. */
export type CancelOutcome = 'cancelled' | 'tooLate' | 'notFound';

export async function cancel(ports: Ports, request: CancelRequest): Promise<CancelOutcome> {
  const at = ports.clock.now().toISOString();
  const job = await changeJob(ports, request.jobId, now => cancelled(now, request, at));
  if (!job) return 'notFound';
  if (!hasEnded(job.status)) return 'cancelled';
  if (job.status === 'CANCELLED') await finishEnding(ports, job);
  return job.status === 'CANCELLED' || job.mark?.because === 'cancelled' ? 'cancelled' : 'tooLate';
}

/** The job as it is after the verb; undefined where it changes nothing. */
export function cancelled(job: Job, { by, reason }: CancelRequest, at: string): Job | undefined {
  const { attempt } = job;
  const problem: Problem = {
    code: 'Cancelled',
    message: `cancelled by ${by}${reason ? `: ${reason}` : ''}`,
    retryable: false,
  };
  const noted = asked(job, { at, verb: 'cancel', by, ...(reason ? { reason } : {}) });
  if (job.status === 'QUEUED' && attempt === 0)
    return ended(noted, { status: 'CANCELLED', attempt, at, problem });
  return marked(noted, attempt, { because: 'cancelled', at, problem });
}
