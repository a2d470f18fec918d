// The way through the lines. A job joins its lines one after another, each only as head of the one before, so no two
// jobs can wait for each other. `advance` is the one way forward: whoever accepts a job, leaves a line or sweeps calls
// it, and calling it again is harmless. Whoever ends leaves, and who leaves lets the next one advance.

import { stepsOf } from '../plan/accepted.ts';
import { ownedBy } from '../plan/owned.ts';
import { queuesOf } from '../plan/plan-steps.ts';
import { type Problem, toStepError } from '../ports/errors.ts';
import type { Ports } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { hasEnded } from '../record/events.ts';
import {
  endedInQueue,
  isStuck,
  type Job,
  ROLLBACK_BUDGET_SECONDS,
  toStarted,
  waitsInQueue,
} from '../record/job.ts';
import type { PlanContext, Step } from '../record/plan.ts';
import { publish } from '../record/publish.ts';
import { type AcceptedRequest, entryPointKey, jobKey, planKey, requestKey } from '../record/records.ts';
import { MAX_QUEUE_SECONDS } from '../request/time-limits.ts';
import { startExecution } from './execution.ts';
import { releaseClaims } from './inventory.ts';
import { entryPointQueue, join, keptQueues, leaveAll, liveHeadOf, note, type Read } from './queue.ts';

/** Joins what can be joined; starts the job's execution once it heads all its queues; ends it when its time in them is up. */
export async function advance(ports: Ports, jobId: string): Promise<Job | undefined> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  return job && waitsInQueue(job) ? advanceFrom(ports, job) : job;
}

/**
 * The same of a job that has just been written. `read`: the queue of its entry point, where it was read before that. Gives
 * the job as it was last seen.
 */
export async function advanceFrom(ports: Ports, job: Job, read?: Read): Promise<Job | undefined> {
  const first = entryPointQueue(job.entryPoint);
  const begun = await note(ports, job, [first]);
  if (!begun) return job;
  const behind = await joinAsHead(ports, begun.job, first, begun.read.get(first) ?? read);
  if (behind) return behind;
  // Only the head of the entry point's queue reads what exists there, which no other job can change any more.
  const others = await queuesOfJob(ports, job);
  const noted = await note(ports, begun.job, others);
  if (!noted) return job;
  for (const queue of others) {
    const waiting = await joinAsHead(ports, noted.job, queue, noted.read.get(queue));
    if (waiting) return waiting;
  }
  const deadlineAt = ports.clock.after(job.deadlineSeconds).toISOString();
  const rollbackUntil = ports.clock.after(ROLLBACK_BUDGET_SECONDS).toISOString();
  const now = await changeJob(ports, job.id, at => toStarted(at, job.attempt, { deadlineAt, rollbackUntil }));
  // Whoever was faster with the start may not have come to the execution: starting it twice is starting it once.
  if (now && !waitsInQueue(now) && now.attempt === (job.requeued ? job.attempt : 1))
    await startExecution(ports, now);
  return now;
}

/** Gives nothing once the job heads the queue, else the job as it was last seen. */
async function joinAsHead(
  ports: Ports,
  job: Job,
  queue: string,
  read: Read | undefined,
): Promise<Job | undefined> {
  const line = await join(ports, job, queue, read);
  if (!line) return job;
  const head = line.jobs[0] === job.id ? job.id : await liveHeadOf(ports, line, queue);
  return head === job.id ? undefined : endIfLate(ports, job, queue);
}

/** Where the start fails now, the schedule makes up for it: no reason to refuse what has been accepted. */
export async function orLeaveIt(
  { log, store }: Pick<Ports, 'log' | 'store'>,
  jobId: string,
  advancing: Promise<Job | undefined>,
): Promise<Job | undefined> {
  try {
    return await advancing;
  } catch (thrown) {
    const error = toStepError(thrown);
    log.error('the job could not be started yet; the schedule will retry', { jobId, error });
    return (await store.get(jobKey(jobId)))?.value;
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
  const kept = keptQueues(job);
  // The last to be left is the first joined.
  const leaving = job.queues.filter(each => !kept.includes(each)).toReversed();
  for await (const line of leaveAll(ports, job.id, leaving)) {
    const next = await liveHeadOf(ports, line, line.name);
    if (next !== undefined && next !== job.id) await advance(ports, next);
  }
  if (!(await publish(ports, job))) return;
  await changeJob(ports, job.id, now =>
    isSameEnd(now, job) ? { ...now, queues: kept, open: false } : undefined,
  );
}

/** Not so if a verb has followed it: its own end is still to come. */
function isSameEnd(now: Job, job: Job): boolean {
  return now.open && now.events.length === job.events.length;
}

async function endIfLate(ports: Ports, job: Job, queue: string): Promise<Job> {
  const at = ports.clock.now().toISOString();
  if (job.queueUntil === undefined || at < job.queueUntil) return job;
  const problem: Problem = {
    code: 'QueueTimedOut',
    message: `Its time in line ran out at ${job.queueUntil}, waiting for ${queue}; options.queueSeconds allows up to ${MAX_QUEUE_SECONDS}.`,
    retryable: true,
  };
  const now = await changeJob(ports, job.id, standing =>
    endedInQueue(standing, job.attempt, { status: 'FAILED', at, problem }),
  );
  if (now) await finishEnding(ports, now);
  return now ?? job;
}

/** Besides the entry point's own. */
async function queuesOfJob(ports: Ports, job: Job): Promise<string[]> {
  const { region } = ports.settings;
  const [fixed, accepted, page] = await ports.store.many([
    planKey(job.id),
    requestKey(job.id),
    entryPointKey(job.entryPoint),
  ]);
  if (fixed) return queuesOf(fixed.value.steps);
  const wanted = accepted && (await stepsToAsk(accepted.value, { jobId: job.id, region }));
  const entryPoint = page && !('gone' in page.value) ? page.value : undefined;
  // One that was accepted by other rules is refused when it begins, and says why.
  return wanted ? queuesOf([...wanted, ...(await ownedBy(entryPoint, region))]) : [];
}

async function stepsToAsk(accepted: AcceptedRequest, context: PlanContext): Promise<Step[] | undefined> {
  try {
    return await stepsOf(accepted, context);
  } catch {
    return undefined;
  }
}
