// Starts the rollback of a job: RUNNING to ROLLING_BACK, in one write, before any undo.

import type { Ports } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { type Job, type RollbackCause, toRollingBack } from '../record/job.ts';
import type { Run } from '../record/run.ts';
import { STALLED_SECONDS } from '../request/time-limits.ts';

/**
 * `otherwise`: the cause if the job has none yet. `nextAttempt`: whether a new execution does it, because this one is dead.
 * Returns the job afterwards; unchanged if it is not RUNNING in this attempt.
 */
export async function rollBack(
  ports: Ports,
  { jobId, attempt }: Run,
  otherwise: Omit<RollbackCause, 'at'>,
  options: { nextAttempt?: boolean } = {},
): Promise<Job | undefined> {
  const at = ports.clock.now().toISOString();
  const until = ports.clock.after(STALLED_SECONDS).toISOString();
  const next = (job: Job): Job | undefined => {
    const turned = toRollingBack(
      { ...job, rollbackCause: job.rollbackCause ?? { ...otherwise, at } },
      attempt,
      at,
      until,
    );
    return turned && options.nextAttempt ? { ...turned, attempt: attempt + 1 } : turned;
  };
  return changeJob(ports, jobId, next);
}
