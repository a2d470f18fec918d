// Recovery: what the schedule does for every open job, and the rule on executions that ended for one. A job that was
// never started is started; one whose execution is dead gets its next attempt in the same direction; one whose last
// writes were cut off gets them. All of it is harmless to do twice.

import type { Problem } from '../ports/errors.ts';
import { inBatches } from '../ports/in-batches.ts';
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
import { rollBack } from './roll-back.ts';

const PAGE = 100;
const JOBS_AT_ONCE = 10;

/**
 * Looks at every open job once, the oldest first: should the time of this round run out, it does for the youngest. One
 * that fails to recover is logged and does not keep the others waiting.
 */
export async function recoverAll(ports: Ports): Promise<{ looked: number; failed: number }> {
  const open = (await openJobs(ports)).toReversed();
  const recovered = await inBatches(open, JOBS_AT_ONCE, async jobId => {
    try {
      await recover(ports, jobId);
      return true;
    } catch (cause) {
      ports.log.error('the job could not be recovered; the next round tries again', { jobId, cause });
      return false;
    }
  });
  return { looked: open.length, failed: recovered.filter(isDone => !isDone).length };
}

/** Newest first. */
async function openJobs({ store }: Ports): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.list<Job>('open', 'open', { limit: PAGE, ...(after ? { after } : {}) });
    ids.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after);
  return ids;
}

export async function recover(ports: Ports, jobId: string): Promise<void> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  if (!job?.open) return;
  if (hasEnded(job.status)) return finishEnding(ports, job);
  await publish(ports, job);
  if (waitsInQueue(job)) {
    await advance(ports, jobId);
    return;
  }
  const { state, endedAt } = await ports.executions.describe(executionName(job));
  if (state === 'running') return;
  if (state === 'absent') {
    await startExecution(ports, job);
    return;
  }
  if (endedAt && ports.clock.now() < gapAfter(endedAt, ports.settings.attemptGapSeconds)) {
    // What still runs of it is not to begin anything new until then.
    if (state === 'aborted') await markStopped(ports, job);
    return;
  }
  if (job.tries >= MAX_TRIES_PER_DIRECTION || state === 'aborted') return giveUpDirection(ports, job, state);
  await attemptAgain(ports, job);
}

/** Lambdas of the dead execution may live on for a step's timeout; the next attempt does not race with them. */
function gapAfter(endedAt: Date, seconds: number): Date {
  return new Date(endedAt.getTime() + seconds * 1000);
}

async function markStopped(ports: Ports, job: Job): Promise<void> {
  const at = ports.clock.now().toISOString();
  const problem = cannotGoOn('its execution was stopped');
  await changeJob(ports, job.id, now =>
    withRollbackCause(now, job.attempt, { reason: 'attempts', at, problem }),
  );
}

function cannotGoOn(why: string): Problem {
  return { code: 'InternalFailure', message: `The job cannot go on: ${why}.`, retryable: false };
}

async function attemptAgain(ports: Ports, job: Job): Promise<void> {
  const next = await changeJob(ports, job.id, now => nextAttempt(now, job.attempt));
  // A retry has counted the same attempt, and begins it once the job heads its queues.
  if (next && next.attempt === job.attempt + 1 && !waitsInQueue(next)) await startExecution(ports, next);
}

/** Forward no further: a person stopped it, or five runs died. Backward no further: say what is left. */
async function giveUpDirection(ports: Ports, job: Job, state: 'ended' | 'aborted'): Promise<void> {
  const run = { jobId: job.id, attempt: job.attempt };
  const why = state === 'aborted' ? 'its execution was stopped' : `its execution died ${job.tries} times`;
  const problem = cannotGoOn(why);
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
 * A removal never turns back: it ends, and names what is left of it, if anything is, once no call of its dead Lambdas can
 * still be carried out. Until then the next round of the schedule looks again.
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
