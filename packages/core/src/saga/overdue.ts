// A job that should be rolling back and is not, because a function of its execution crashes: the execution waits for that function.
// Recovery sets the rollback cause at the deadline. Later it starts the rollback in the next attempt, which undoes what other
// functions can undo. The old execution is superseded. A job that has not begun has nothing to undo, and ends.
import type { Ports } from '../ports/ports.ts';
import { startExecution } from '../queue/execution.ts';
import { changeJob } from '../record/change-job.ts';
import { endOfUnbegun, type Job, withRollbackCause } from '../record/job.ts';
import { deadlineExceeded } from '../step/fence.ts';
import { endJob } from './ending.ts';
import { rollBack } from './roll-back.ts';

/** Longer than the lanes of an execution whose functions work need to settle: a poll, a retry and a call of a step. */
const OVERDUE_SECONDS = 600;

/** For a job whose execution is running. */
export async function rollBackIfOverdue(ports: Ports, job: Job): Promise<void> {
  if (job.status !== 'QUEUED' && job.status !== 'RUNNING') return;
  if (job.phase === 'cleanup' || job.phase === 'committing') return;
  const { rollbackCause, deadlineAt, attempt } = job;
  if (rollbackCause) {
    if (!isOverdue(ports, rollbackCause.at)) return;
    if (job.status === 'QUEUED') {
      await endJob(ports, { jobId: job.id, attempt }, endOfUnbegun(rollbackCause));
      return;
    }
    const { reason, problem } = rollbackCause;
    const back = await rollBack(
      ports,
      { jobId: job.id, attempt },
      { reason, problem },
      { nextAttempt: true },
    );
    if (back?.status === 'ROLLING_BACK' && back.attempt === attempt + 1) await startExecution(ports, back);
    return;
  }
  if (!deadlineAt || !isOverdue(ports, deadlineAt)) return;
  const at = ports.clock.now().toISOString();
  const problem = deadlineExceeded(job, 'a function does not answer');
  await changeJob(ports, job.id, now => withRollbackCause(now, attempt, { reason: 'deadline', at, problem }));
}

/** Functions take their time however fast the clock is. */
function isOverdue({ clock, settings }: Ports, since: string): boolean {
  const twoCalls = clock.now().getTime() - 2000 * settings.stepTimeoutSeconds;
  return Date.parse(since) < Math.min(twoCalls, clock.after(-OVERDUE_SECONDS).getTime());
}
