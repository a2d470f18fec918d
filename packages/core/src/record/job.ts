// The job: the durable record of serving one request, and its only transitions. Each transition is pure and returns undefined
// where it is not allowed, so that a late or a second writer changes nothing.
import type { Problem } from '../ports/errors.ts';
import type { IndexEntry } from '../ports/ports.ts';
import { append, hasEnded, type JobEvent, type JobStatus } from './events.ts';
import { MAX_EVENT_OUTPUTS, type ResourceOutputs } from './outputs.ts';
import type { Handover } from './run.ts';

/** Why a job must roll back. Set once, read by every step call. */
export interface RollbackCause {
  reason: 'failed' | 'deadline' | 'attempts' | 'cancelled';
  step?: string;
  at: string;
  problem: Problem;
}

/** A resource that a rollback or a removal could not delete or restore, with everything that a person needs to find it. */
export interface Leftover {
  step: string;
  title: string;
  id?: string;
  problem: Problem;
}

/** A leftover that a person has skipped, so that a retry can finish without it. */
export interface Skipped extends Leftover {
  at: string;
  by: string;
  reason?: string;
}

/** A person's decision to abandon a stuck job: its leftovers stay, and Gatehouse does nothing more for it. */
export interface Resolution {
  at: string;
  by: string;
  reason: string;
  leftovers: Leftover[];
}

export interface Job {
  id: string;
  /** The account and role of the requester, without the session's name. */
  caller: string;
  /** The sender's own id of the request, copied to every event. Absent in jobs of an older version. */
  correlationId?: string;
  operation: string;
  entryPoint: string;
  cloud: string;
  status: JobStatus;
  /** The current attempt; 0 until the first one is started. */
  attempt: number;
  /** Attempts in the present direction. */
  tries: number;
  handover?: Handover;
  /** Of its request, or else the default, until its plan is made and determines it. */
  deadlineSeconds: number;
  createdAt: string;
  /** How long it may wait in its queues, and, while it waits, until when. */
  queueSeconds?: number;
  queueUntil?: string;
  startedAt?: string;
  /** After this time, the job rolls back. A cleanup ends, unless it makes progress. */
  deadlineAt?: string;
  /** The rollback's own time limit: after it, unless it makes progress, the job ends and names its leftovers. */
  rollbackUntil?: string;
  endedAt?: string;
  /** The queues that it has joined and not left. */
  queues: string[];
  /** Natural keys that it has claimed for its entry point, or that its end may release. */
  claims?: string[];
  phase?: Phase;
  /** The hash of the plan that the caller has reviewed: the job must not execute another one. */
  planHash?: string;
  /** Retried, but not running yet: it must first head all its queues again. */
  requeued?: true;
  rollbackCause?: RollbackCause;
  problem?: Problem;
  leftovers?: Leftover[];
  skipped?: Skipped[];
  resolution?: Resolution;
  /** Once it has ended, for its events: the first MAX_EVENT_OUTPUTS. */
  outputs?: ResourceOutputs[];
  events: JobEvent[];
  /** Whether work is left to do for the job. The schedule recovers open jobs only. */
  open: boolean;
}

/**
 * The phase of a job. Absent: its forward lanes, or their rollback.
 * prepare     deletes or changes resources before the rest
 * cleanup     the deletions at the end: the job can no longer roll back
 * committing  all steps are done and the end is being written: the job can no longer roll back
 * restore     backward: creates the resources again that `prepare` deleted
 */
export type Phase = 'prepare' | 'cleanup' | 'committing' | 'restore';

export const MAX_TRIES_PER_DIRECTION = 5;

export function newJob(
  of: Pick<
    Job,
    | 'id'
    | 'caller'
    | 'correlationId'
    | 'operation'
    | 'entryPoint'
    | 'cloud'
    | 'deadlineSeconds'
    | 'queueSeconds'
    | 'queueUntil'
    | 'planHash'
  >,
  at: string,
): Job {
  return {
    ...of,
    status: 'QUEUED',
    attempt: 0,
    tries: 0,
    createdAt: at,
    queues: [],
    events: append([], { at, status: 'QUEUED', attempt: 0 }),
    open: true,
  };
}

/** Whether the job was accepted or retried, and does not head all its queues yet. */
export function waitsInQueue(job: Job): boolean {
  return job.requeued === true || (job.status === 'QUEUED' && job.attempt === 0);
}

/**
 * The first attempt of a new job, or the next one of a retried job, whose time limit starts now. That of a new job starts once
 * more when it begins to run.
 */
export function toStarted(
  job: Job,
  attempt: number,
  until: { deadlineAt: string; rollbackUntil: string },
): Job | undefined {
  if (!waitsInQueue(job) || job.attempt !== attempt) return undefined;
  if (!job.requeued) return nextAttempt({ ...job, deadlineAt: until.deadlineAt }, attempt);
  const { requeued: _, leftovers: __, ...rest } = job;
  const { deadlineAt, rollbackUntil } = until;
  return job.status === 'RUNNING' ? { ...rest, deadlineAt } : { ...rest, rollbackUntil };
}

/** Ends a job that waits in its queues: it has changed nothing, or nothing since it got stuck. */
export function endedInQueue(
  job: Job,
  attempt: number,
  end: { status: 'FAILED' | 'CANCELLED'; at: string; problem: Problem },
): Job | undefined {
  if (!waitsInQueue(job)) return undefined;
  const { requeued: _, ...rest } = job;
  if (job.status === 'QUEUED') return toEnded(rest, { ...end, attempt });
  const status = job.status === 'RUNNING' ? 'REMOVE_FAILED' : 'ROLLBACK_FAILED';
  return toEnded(rest, { ...end, status, attempt });
}

/** Whether the job needs manual action. Until then it keeps its entry point's queue. */
export function isStuck({ status, resolution }: Job): boolean {
  return (status === 'ROLLBACK_FAILED' || status === 'REMOVE_FAILED') && !resolution;
}

/** Whether a person has skipped the step: Gatehouse no longer changes its resource. */
export function isSkipped(job: Job, step: string): boolean {
  return job.skipped?.some(skipped => skipped.step === step) === true;
}

/** QUEUED to RUNNING, by the first execution that gets this far. */
export function toRunning(
  job: Job,
  attempt: number,
  at: string,
  { deadlineAt, phase, ...more }: { deadlineAt: string; phase?: Phase | undefined } & Named,
): Job | undefined {
  if (job.status !== 'QUEUED' || job.attempt !== attempt || job.rollbackCause) return undefined;
  return withStatus({ ...job, startedAt: at, deadlineAt, ...(phase ? { phase } : {}) }, 'RUNNING', at, more);
}

/**
 * The job in the next phase, unless it has a rollback cause; phase undefined: the forward lanes. A rollback cause that was set
 * after the cleanup is too late, and is dropped.
 */
export function toPhase(job: Job, attempt: number, phase: Phase | undefined): Job | undefined {
  const tooLate = job.phase === 'cleanup' && phase === 'committing';
  const isAllowed = job.status === 'RUNNING' ? !job.rollbackCause || tooLate : job.status === 'ROLLING_BACK';
  if (!isAllowed || job.attempt !== attempt || job.phase === phase) return undefined;
  const { phase: _, rollbackCause, ...rest } = job;
  return { ...rest, ...(rollbackCause && !tooLate ? { rollbackCause } : {}), ...(phase ? { phase } : {}) };
}

/** Sets the rollback cause. The first cause wins. */
export function withRollbackCause(job: Job, attempt: number, rollbackCause: RollbackCause): Job | undefined {
  const forward = job.status === 'QUEUED' || (job.status === 'RUNNING' && job.phase !== 'committing');
  return forward && job.attempt === attempt && !job.rollbackCause ? { ...job, rollbackCause } : undefined;
}

/** Adds an event that is no change of status to the job's history. The status can change in the same write or later. */
export function withEvent(job: Job, event: Omit<JobEvent, 'sequence' | 'status' | 'attempt'>): Job {
  const { status, attempt } = job;
  return { ...job, events: append(job.events, { ...event, status, attempt }) };
}

/** The end of a job whose rollback cause was set before it began: it has changed nothing. */
export function endOfUnbegun(rollbackCause: RollbackCause): {
  status: 'CANCELLED' | 'FAILED';
  problem: Problem;
} {
  return {
    status: rollbackCause.reason === 'cancelled' ? 'CANCELLED' : 'FAILED',
    problem: rollbackCause.problem,
  };
}

/** RUNNING to ROLLING_BACK, only with a rollback cause. */
export function toRollingBack(job: Job, attempt: number, at: string, rollbackUntil: string): Job | undefined {
  if (job.status !== 'RUNNING' || job.attempt !== attempt || !job.rollbackCause) return undefined;
  if (job.phase === 'cleanup' || job.phase === 'committing') return undefined;
  const { phase: _, ...before } = job;
  const turned = { ...before, rollbackUntil, tries: 1, problem: job.rollbackCause.problem };
  return withStatus(turned, 'ROLLING_BACK', at, { problem: job.rollbackCause.problem });
}

/** The statuses from which each end can be reached. A status without an entry is no end. */
const ENDS: Partial<Record<JobStatus, readonly JobStatus[]>> = {
  SUCCEEDED: ['RUNNING'],
  FAILED: ['QUEUED'],
  CANCELLED: ['QUEUED'],
  ROLLED_BACK: ['ROLLING_BACK'],
  ROLLBACK_FAILED: ['ROLLING_BACK'],
  REMOVE_FAILED: ['RUNNING'],
};

/**
 * The end of a job. A job with a rollback cause cannot succeed: it cannot enter the phase `committing`, and in that phase no
 * cause can be set.
 */
export function toEnded(
  job: Job,
  end: Pick<Job, 'status' | 'attempt' | 'problem' | 'leftovers' | 'outputs'> & { at: string },
): Job | undefined {
  if (job.attempt !== end.attempt || !ENDS[end.status]?.includes(job.status)) return undefined;
  const { problem = job.problem, leftovers, outputs } = end;
  const closed = {
    ...job,
    endedAt: end.at,
    ...(problem ? { problem } : {}),
    ...(leftovers?.length ? { leftovers } : {}),
    ...(outputs?.length ? { outputs: outputs.slice(0, MAX_EVENT_OUTPUTS) } : {}),
  };
  return withStatus(closed, end.status, end.at, problem ? { problem } : {});
}

/** The next attempt in the same direction, after the current one died. `lasted`: it is no try, because it worked for long. */
export function nextAttempt(job: Job, attempt: number, lasted = false): Job | undefined {
  if (hasEnded(job.status) || job.attempt !== attempt) return undefined;
  return { ...job, attempt: job.attempt + 1, tries: lasted ? job.tries : job.tries + 1 };
}

/** A rollback, a removal or a cleanup has time until `until`. Before its cleanup, a forward job rolls back at its deadline instead. */
export function withTimeUntil(job: Job, attempt: number, until: string): Job | undefined {
  const { status, phase, rollbackUntil = '', deadlineAt = '' } = job;
  if (job.attempt !== attempt) return undefined;
  if (status === 'ROLLING_BACK') return rollbackUntil < until ? { ...job, rollbackUntil: until } : undefined;
  if (status !== 'RUNNING' || phase !== 'cleanup' || job.rollbackCause) return undefined;
  return deadlineAt < until ? { ...job, deadlineAt: until } : undefined;
}

/** The instant at which its present status must be over. A job that heads its queues and has not begun has the deadline of a run. */
export function timeLimitOf(job: Job): string | undefined {
  const { status, queueUntil, deadlineAt, rollbackUntil, endedAt } = job;
  if (hasEnded(status)) return endedAt;
  if (waitsInQueue(job)) return queueUntil;
  if (status === 'ROLLING_BACK') return rollbackUntil;
  return deadlineAt ?? (status === 'QUEUED' ? queueUntil : undefined);
}

/** The name of the list of all jobs. */
export const JOBS = 'jobs';

/** The index entries that the lists of jobs use. The open jobs and the stuck ones are few among all jobs. */
export function jobIndex(job: Job): IndexEntry {
  return {
    list: JOBS,
    status: job.status,
    entryPoint: job.entryPoint,
    ...(job.open ? { open: 'open' } : isStuck(job) ? { open: 'stuck' } : {}),
    order: `${job.createdAt}#${job.id}`,
  };
}

type Named = Pick<JobEvent, 'deletesForeign'>;

function withStatus(job: Job, status: JobStatus, at: string, more: Pick<JobEvent, 'problem'> & Named): Job {
  const event = { at, status, attempt: job.attempt, ...more };
  return { ...job, status, events: append(job.events, event) };
}
