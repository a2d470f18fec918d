// Recovery of one job: the rule on ended executions runs it for its job, recover-all.ts for every open job. It starts a job that
// was never started, starts the next attempt in the same direction after an execution died, and completes missing last writes.
// All of it can be repeated without harm.

import type { Problem } from '../ports/errors.ts';
import type { Ports } from '../ports/ports.ts';
import { advance, finishEnding } from '../queue/advance.ts';
import { executionName, startExecution } from '../queue/execution.ts';
import { changeJob } from '../record/change-job.ts';
import { hasEnded } from '../record/events.ts';
import {
  endOfUnbegun,
  type Job,
  MAX_TRIES_PER_DIRECTION,
  nextAttempt,
  waitsInQueue,
  withRollbackCause,
} from '../record/job.ts';
import { publish } from '../record/publish.ts';
import { jobKey, readJobRecord } from '../record/records.ts';
import { endJob } from './ending.ts';
import { finish } from './finish.ts';
import { leftoversOf } from './leftovers.ts';
import { rollBackIfOverdue } from './overdue.ts';
import { rollBack } from './roll-back.ts';

/** Whether to ask Step Functions about the execution of a job: `running`: it is known to run. */
export type Asking = 'now' | 'running' | 'later';

export async function recover(
  ports: Ports,
  jobId: string,
  mayAsk: (job: Job) => Asking = () => 'now',
): Promise<void> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  if (!job?.open) return;
  if (hasEnded(job.status)) return finishEnding(ports, job);
  await publish(ports, job);
  if (waitsInQueue(job)) {
    await advance(ports, jobId);
    return;
  }
  const asking = mayAsk(job);
  if (asking === 'running') return rollBackIfOverdue(ports, job);
  if (asking === 'later') return;
  const { state, startedAt, endedAt } = await ports.executions.describe(executionName(job));
  if (state === 'running') return rollBackIfOverdue(ports, job);
  if (state === 'absent') {
    await startExecution(ports, job);
    return;
  }
  if (endedAt && ports.clock.now() < gapAfter(endedAt, ports.settings.attemptGapSeconds)) {
    // Functions of the aborted execution may still run; the rollback cause keeps them from new calls.
    if (state === 'aborted') await requestRollbackOfStopped(ports, job);
    return;
  }
  if (state === 'ended' && startedAt && endedAt && hasLasted(ports, startedAt, endedAt))
    return attemptAgain(ports, job, true);
  if (job.tries >= MAX_TRIES_PER_DIRECTION || state === 'aborted') return giveUpDirection(ports, job, state);
  await attemptAgain(ports, job);
}

/**
 * An execution that ran for longer than this and died has worked through its history's 25,000 events, or waited for functions that
 * crash. Neither counts as a try, so the next attempts never run out; they are at least this far apart.
 */
const LASTING_SECONDS = 1800;

function hasLasted({ clock }: Ports, startedAt: Date, endedAt: Date): boolean {
  const lastingMs = clock.after(LASTING_SECONDS).getTime() - clock.now().getTime();
  return endedAt.getTime() - startedAt.getTime() >= lastingMs;
}

/** Functions of a dead execution can run on for a step's timeout; the next attempt starts after that. */
function gapAfter(endedAt: Date, seconds: number): Date {
  return new Date(endedAt.getTime() + seconds * 1000);
}

async function requestRollbackOfStopped(ports: Ports, job: Job): Promise<void> {
  const at = ports.clock.now().toISOString();
  const problem = cannotContinue('its execution was stopped');
  await changeJob(ports, job.id, now =>
    withRollbackCause(now, job.attempt, { reason: 'attempts', at, problem }),
  );
}

function cannotContinue(why: string): Problem {
  return { code: 'InternalFailure', message: `The job cannot continue: ${why}.`, retryable: false };
}

async function attemptAgain(ports: Ports, job: Job, lasted = false): Promise<void> {
  const next = await changeJob(ports, job.id, now => nextAttempt(now, job.attempt, lasted));
  // A retry has counted the same attempt, and begins it once the job heads its queues.
  if (next && next.attempt === job.attempt + 1 && !waitsInQueue(next)) await startExecution(ports, next);
}

/**
 * A person stopped the execution, or too many attempts died. A forward job rolls back; a job that was rolling back ends and
 * names its leftovers.
 */
async function giveUpDirection(ports: Ports, job: Job, state: 'ended' | 'aborted'): Promise<void> {
  const run = { jobId: job.id, attempt: job.attempt };
  const why = state === 'aborted' ? 'its execution was stopped' : `its execution died ${job.tries} times`;
  const problem = cannotContinue(why);
  if (job.status === 'QUEUED') {
    await endJob(
      ports,
      run,
      job.rollbackCause ? endOfUnbegun(job.rollbackCause) : { status: 'FAILED', problem },
    );
    return;
  }
  if (job.status === 'ROLLING_BACK' && job.tries < MAX_TRIES_PER_DIRECTION) return attemptAgain(ports, job);
  if (job.status === 'ROLLING_BACK') {
    const jobRecord = await readJobRecord(ports.store, job.id);
    const leftovers = jobRecord ? leftoversOf(jobRecord) : [];
    await endJob(ports, run, { status: leftovers.length > 0 ? 'ROLLBACK_FAILED' : 'ROLLED_BACK', leftovers });
    return;
  }
  if (job.phase === 'committing') return attemptAgain(ports, job);
  if (job.phase === 'cleanup') return endRemoval(ports, job, problem);
  const back = await rollBack(ports, run, { reason: 'attempts', problem }, { nextAttempt: true });
  if (back?.status === 'ROLLING_BACK' && !waitsInQueue(back)) await startExecution(ports, back);
}

/**
 * A removal never rolls back. It ends and names its leftovers, once no call of its dead functions can still take effect. Until
 * then, the next round of the schedule checks again.
 */
async function endRemoval(ports: Ports, job: Job, problem: Problem): Promise<void> {
  const jobRecord = await readJobRecord(ports.store, job.id);
  if (!jobRecord) return;
  const run = { jobId: job.id, attempt: job.attempt };
  const leftovers = leftoversOf(jobRecord);
  if (leftovers.length === 0) {
    await finish(ports, { ...run, end: 'SUCCEEDED' });
    return;
  }
  const now = ports.clock.now().toISOString();
  if (leftovers.some(({ step }) => now < (jobRecord.ledger.get(step)?.callUntil ?? ''))) return;
  await endJob(ports, run, { status: 'REMOVE_FAILED', problem, leftovers });
}
