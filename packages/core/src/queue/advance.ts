// The way through the lines. A job joins its lines one after another, each only as head of the one before, so no two
// jobs can wait for each other. `advance` is the one way forward: whoever accepts a job, leaves a line or sweeps calls
// it, and calling it again is harmless. Whoever ends leaves, and who leaves lets the next one advance.

import { ownedBy } from '../plan/owned.ts';
import { planSteps, targetsOf } from '../plan/plan-steps.ts';
import type { Problem } from '../ports/errors.ts';
import type { Ports } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { hasEnded } from '../record/events.ts';
import {
  endedInLine,
  isStuck,
  type Job,
  ROLLBACK_BUDGET_SECONDS,
  started,
  waitsInLine,
} from '../record/job.ts';
import { publish } from '../record/publish.ts';
import { jobKey, planKey, readEntryPoint, requestKey } from '../record/records.ts';
import { parseRequest } from '../request/request.ts';
import { MAX_QUEUE_SECONDS } from '../request/time-limits.ts';
import { startExecution } from './execution.ts';
import { releaseClaims } from './inventory.ts';
import { entryPointTarget, join, keptLines, leave, liveHead } from './queue.ts';

/** Joins what can be joined; starts the job's execution once it heads all its lines; ends it when its time in them is up. */
export async function advance(ports: Ports, jobId: string): Promise<void> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  if (!job || !waitsInLine(job)) return;
  for await (const target of targetsOfJob(ports, job)) {
    if (!(await join(ports, job, target))) return;
    const head = await liveHead(ports, target);
    if (head !== jobId) return endIfLate(ports, job, target);
  }
  const deadlineAt = ports.clock.after(job.deadlineSeconds).toISOString();
  const rollbackUntil = ports.clock.after(ROLLBACK_BUDGET_SECONDS).toISOString();
  const now = await changeJob(ports, jobId, at => started(at, job.attempt, { deadlineAt, rollbackUntil }));
  // Whoever was faster with the start may not have come to the execution: starting it twice is starting it once.
  if (now && !waitsInLine(now) && now.attempt === (job.rejoins ? job.attempt : 1))
    await startExecution(ports, now);
}

/** Where the start fails now, the schedule makes up for it: no reason to refuse what has been accepted. */
export async function advanceOrLeaveIt(ports: Ports, jobId: string): Promise<void> {
  try {
    await advance(ports, jobId);
  } catch (cause) {
    ports.log.warn('the job could not be started yet; the schedule will', { jobId, cause });
  }
}

/**
 * What follows a job's end: it gives its targets back, the next in each line goes on, and last, once all is told, it is
 * noted that nothing is left to do. Repeatable; the schedule calls it again for an ended job that is still open.
 */
export async function finishEnding(ports: Ports, job: Job): Promise<void> {
  if (!job.open || !hasEnded(job.status)) return;
  // What is left of a stuck job stays claimed: nobody else is to make his on top of it.
  if (!isStuck(job)) await releaseClaims(ports, job);
  const kept = keptLines(job);
  // The last to be left is the first joined.
  for (const target of job.lines.filter(each => !kept.includes(each)).toReversed()) {
    await leave(ports, job.id, target);
    const next = await liveHead(ports, target);
    if (next !== undefined && next !== job.id) await advance(ports, next);
  }
  if (!(await publish(ports, job))) return;
  await changeJob(ports, job.id, now =>
    isSameEnd(now, job) ? { ...now, lines: kept, open: false } : undefined,
  );
}

/** Not so if a verb has followed it: its own end is still to come. */
function isSameEnd(now: Job, job: Job): boolean {
  return now.open && now.events.length === job.events.length;
}

async function endIfLate(ports: Ports, job: Job, target: string): Promise<void> {
  const at = ports.clock.now().toISOString();
  if (job.queueUntil === undefined || at < job.queueUntil) return;
  const problem: Problem = {
    code: 'QueueTimedOut',
    message: `Its time in line ran out at ${job.queueUntil}, waiting for ${target}; options.queueSeconds allows up to ${MAX_QUEUE_SECONDS}.`,
    retryable: true,
  };
  const now = await changeJob(ports, job.id, standing =>
    endedInLine(standing, job.attempt, { status: 'FAILED', at, problem }),
  );
  if (now) await finishEnding(ports, now);
}

/** The entry point first; only its head reads what stands there, which no other job can change any more. */
async function* targetsOfJob(ports: Ports, job: Job): AsyncGenerator<string> {
  yield entryPointTarget(job.entryPoint);
  const { region } = ports.settings;
  const fixed = (await ports.store.get(planKey(job.id)))?.value;
  if (fixed) return yield* targetsOf(fixed.steps);
  const accepted = (await ports.store.get(requestKey(job.id)))?.value;
  const parsed = parseRequest(accepted?.value, region);
  // One that was accepted by other rules is refused when it begins, and says why.
  if (!parsed.ok) return;
  const standing = await readEntryPoint(ports.store, job.entryPoint);
  const wanted = planSteps(parsed.request, { jobId: job.id, region });
  yield* targetsOf([...wanted, ...ownedBy(standing, region)]);
}
