// The path of a job through its queues. A job joins its queues one after another, each only as head of the one before, so no
// two jobs can wait for each other. `advance` is the only way forward. It is called when a job is accepted, when a job leaves a
// queue, and by the schedule; calling it again is harmless. A job that ends leaves its queues and advances the next jobs.

import { stepsOf } from '../plan/accepted.ts';
import { ownedBy } from '../plan/owned.ts';
import { queuesOf } from '../plan/plan-steps.ts';
import type { Problem } from '../ports/errors.ts';
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

/** Joins as many queues as possible. Starts the execution once the job heads all of them. Ends a job whose time ran out. */
export async function advance(ports: Ports, jobId: string): Promise<Job | undefined> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  return job && waitsInQueue(job) ? advanceFrom(ports, job) : job;
}

/**
 * The same for a job that has just been written. `read`: the queue of its entry point, if it was read before that write.
 * Returns the latest known version of the job.
 */
export async function advanceFrom(ports: Ports, job: Job, read?: Read): Promise<Job | undefined> {
  const first = entryPointQueue(job.entryPoint);
  const begun = await note(ports, job, [first]);
  if (!begun) return job;
  const waits = await joinAsHead(ports, begun.job, first, begun.read.get(first) ?? read);
  if (waits) return waits;
  // Only the head of the entry point's queue reads the inventory: no other job can change it then.
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
  // A faster caller may have crashed before it started the execution. A second start of the same execution has no effect.
  if (now && !waitsInQueue(now) && now.attempt === (job.requeued ? job.attempt : 1))
    await startExecution(ports, now);
  return now;
}

/** Returns undefined if the job heads the queue, otherwise the latest known version of the job. */
async function joinAsHead(
  ports: Ports,
  job: Job,
  queue: string,
  read: Read | undefined,
): Promise<Job | undefined> {
  const joined = await join(ports, job, queue, read);
  if (!joined) return job;
  const head = joined.jobs[0] === job.id ? job.id : await liveHeadOf(ports, joined, queue);
  return head === job.id ? undefined : endIfLate(ports, job, queue);
}

/** A failed start is no reason to refuse an accepted job, because the schedule retries it. */
export async function orLeaveIt(
  { log, store }: Pick<Ports, 'log' | 'store'>,
  jobId: string,
  advancing: Promise<Job | undefined>,
): Promise<Job | undefined> {
  try {
    return await advancing;
  } catch (cause) {
    log.warn('the job could not be started yet; the schedule will retry', { jobId, cause });
    return (await store.get(jobKey(jobId)))?.value;
  }
}

/**
 * The work after a job's end: release its claims, leave its queues, advance the next job in each, and, once all events are
 * published, set `open: false`. Repeatable: the schedule calls it again for an ended job that is still open.
 */
export async function finishEnding(ports: Ports, job: Job): Promise<void> {
  if (!job.open || !hasEnded(job.status)) return;
  // A stuck job keeps its claims, so that no other entry point can create resources on top of its leftovers.
  if (!isStuck(job)) await releaseClaims(ports, job);
  const kept = keptQueues(job);
  // The queue that was joined first is left last.
  const leaving = job.queues.filter(each => !kept.includes(each)).toReversed();
  for await (const queue of leaveAll(ports, job.id, leaving)) {
    const next = await liveHeadOf(ports, queue, queue.name);
    if (next !== undefined && next !== job.id) await advance(ports, next);
  }
  if (!(await publish(ports, job))) return;
  await changeJob(ports, job.id, now =>
    isSameEnd(now, job) ? { ...now, queues: kept, open: false } : undefined,
  );
}

/** Whether no action has reopened the job since this end. */
function isSameEnd(now: Job, job: Job): boolean {
  return now.open && now.events.length === job.events.length;
}

async function endIfLate(ports: Ports, job: Job, queue: string): Promise<Job> {
  const at = ports.clock.now().toISOString();
  if (job.queueUntil === undefined || at < job.queueUntil) return job;
  const problem: Problem = {
    code: 'QueueTimedOut',
    message: `The time limit in the queue passed at ${job.queueUntil}, while the job waited for ${queue}; options.queueSeconds allows up to ${MAX_QUEUE_SECONDS}.`,
    retryable: true,
  };
  const now = await changeJob(ports, job.id, current =>
    endedInQueue(current, job.attempt, { status: 'FAILED', at, problem }),
  );
  if (now) await finishEnding(ports, now);
  return now ?? job;
}

/** The queues of the job besides its entry point's own. */
async function queuesOfJob(ports: Ports, job: Job): Promise<string[]> {
  const { region } = ports.settings;
  const [fixed, accepted, stored] = await ports.store.many([
    planKey(job.id),
    requestKey(job.id),
    entryPointKey(job.entryPoint),
  ]);
  if (fixed) return queuesOf(fixed.value.steps);
  const wanted = accepted && stepsIfValid(accepted.value, { jobId: job.id, region });
  const entryPoint = stored && !('gone' in stored.value) ? stored.value : undefined;
  // A request that today's rules refuse is refused when the job begins, with the reason.
  return wanted ? queuesOf([...wanted, ...ownedBy(entryPoint, region)]) : [];
}

function stepsIfValid(accepted: AcceptedRequest, context: PlanContext): Step[] | undefined {
  try {
    return stepsOf(accepted, context);
  } catch {
    return undefined;
  }
}
