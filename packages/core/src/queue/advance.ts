// A job joins its queues one after another, each only as head of the one before, so no two jobs can wait for each other. Only
// `advance` moves a job forward: accepting a job, leaving a queue and the schedule call it, and repeated calls are harmless. A job
// that ends leaves its queues, and the next job in each of them advances.

import { stepsOf } from '../plan/accepted.ts';
import { ownedBy } from '../plan/owned.ts';
import { queuesOf } from '../plan/plan-steps.ts';
import { type Problem, toStepError } from '../ports/errors.ts';
import type { Ports } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { hasEnded } from '../record/events.ts';
import { endedInQueue, isStuck, type Job, toStarted, waitsInQueue } from '../record/job.ts';
import type { PlanContext, Step } from '../record/plan.ts';
import { publish } from '../record/publish.ts';
import { type AcceptedRequest, entryPointKey, jobKey, planKey, requestKey } from '../record/records.ts';
import { MAX_QUEUE_SECONDS, STALLED_SECONDS } from '../request/time-limits.ts';
import { startExecution } from './execution.ts';
import { releaseClaims } from './inventory.ts';
import { entryPointQueue, join, keptQueues, leaveAll, liveHeadOf, note, type Read } from './queue.ts';

/** Joins as many queues as possible. Starts the execution of a job that heads all of them; ends a job whose queue time is over. */
export async function advance(ports: Ports, jobId: string): Promise<Job | undefined> {
  const job = (await ports.store.get(jobKey(jobId)))?.value;
  return job && waitsInQueue(job) ? advanceFrom(ports, job) : job;
}

/**
 * The same for a job that has just been written. `read`: the queue of its entry point, if it was read before that write. Returns
 * the job as last read.
 */
export async function advanceFrom(ports: Ports, job: Job, read?: Read): Promise<Job | undefined> {
  const first = entryPointQueue(job.entryPoint);
  const begun = await note(ports, job, [first]);
  if (!begun) return job;
  const behind = await joinAsHead(ports, begun.job, first, begun.read.get(first) ?? read);
  if (behind) return behind;
  // Only the head of the entry point's queue reads its resources, which no other job can change then.
  const others = await queuesOfJob(ports, job);
  const noted = await note(ports, begun.job, others);
  if (!noted) return job;
  for (const queue of others) {
    const waiting = await joinAsHead(ports, noted.job, queue, noted.read.get(queue));
    if (waiting) return waiting;
  }
  const deadlineAt = ports.clock.after(job.deadlineSeconds).toISOString();
  const rollbackUntil = ports.clock.after(STALLED_SECONDS).toISOString();
  const now = await changeJob(ports, job.id, at => toStarted(at, job.attempt, { deadlineAt, rollbackUntil }));
  // A faster invocation may have died before it started the execution. A second start has no effect.
  if (now && !waitsInQueue(now) && now.attempt === (job.requeued ? job.attempt : 1))
    await startExecution(ports, now);
  return now;
}

/** Returns undefined once the job heads the queue, otherwise the job as last read. */
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

/** If the start fails, the schedule repeats it, so an accepted job is not refused for that. */
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
 * After the end of a job: releases its claims, leaves its queues so that the next job in each advances, and, once all events are
 * published, closes it. Repeatable; the schedule calls it again for an ended job that is still open.
 */
export async function finishEnding(ports: Ports, job: Job): Promise<void> {
  if (!job.open || !hasEnded(job.status)) return;
  // The leftovers of a stuck job stay claimed, so that no other entry point can create the same resources.
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

/** False if an action has followed it: then the job will end again. */
function isSameEnd(now: Job, job: Job): boolean {
  return now.open && now.events.length === job.events.length;
}

async function endIfLate(ports: Ports, job: Job, queue: string): Promise<Job> {
  const at = ports.clock.now().toISOString();
  if (job.queueUntil === undefined || at < job.queueUntil) return job;
  const problem: Problem = {
    code: 'QueueTimedOut',
    message: `Its time in the queues ran out at ${job.queueUntil}, waiting for ${queue}; options.queueSeconds allows up to ${MAX_QUEUE_SECONDS}.`,
    retryable: true,
  };
  const now = await changeJob(ports, job.id, current =>
    endedInQueue(current, job.attempt, { status: 'FAILED', at, problem }),
  );
  if (now) await finishEnding(ports, now);
  return now ?? job;
}

/** In addition to the entry point's own. */
async function queuesOfJob(ports: Ports, job: Job): Promise<string[]> {
  const { region } = ports.settings;
  const [fixed, accepted, item] = await ports.store.many([
    planKey(job.id),
    requestKey(job.id),
    entryPointKey(job.entryPoint),
  ]);
  if (fixed) return queuesOf(fixed.value.steps);
  const wanted = accepted && (await stepsIfValid(accepted.value, { jobId: job.id, region }));
  const entryPoint = item && !('gone' in item.value) ? item.value : undefined;
  // A request that was accepted by other rules is refused when it begins, with the reason.
  return wanted ? queuesOf([...wanted, ...(await ownedBy(entryPoint, region))]) : [];
}

async function stepsIfValid(accepted: AcceptedRequest, context: PlanContext): Promise<Step[] | undefined> {
  try {
    return await stepsOf(accepted, context);
  } catch {
    return undefined;
  }
}
