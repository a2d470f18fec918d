// The job: our durable record of serving one request, and the only transitions it can make. Each is pure
// and gives undefined where it is not allowed, so that a late or a second writer changes nothing.
import type { Problem } from '../ports/errors.ts';
import type { IndexEntry } from '../ports/ports.ts';
import { append, hasEnded, type JobEvent, type JobStatus } from './events.ts';

/** Why a job must turn back. Set once, read by every step call. */
export interface RollbackCause {
  reason: 'failed' | 'deadline' | 'attempts' | 'cancelled';
  step?: string;
  at: string;
  problem: Problem;
}

/** Something that a rollback could not take away, named so that a person finds it. */
export interface Leftover {
  step: string;
  title: string;
  id?: string;
  problem: Problem;
}

/** What a person has decided to leave behind, so that a retry can finish without it. */
export interface Skipped extends Leftover {
  at: string;
  by: string;
  reason?: string;
}

/** What a person has decided on a stuck job: it stays as it is, and nothing more is done for it. */
export interface Resolution {
  at: string;
  by: string;
  reason: string;
  leftovers: Leftover[];
}

export interface Job {
  id: string;
  /** Account and role of who asked, without the session's name. */
  caller: string;
  /** What the request's sender knows it by; told with every event. Absent in jobs of an older version. */
  correlationId?: string;
  operation: string;
  entryPoint: string;
  cloud: string;
  status: JobStatus;
  /** The current run; 0 until the first one is started. */
  attempt: number;
  /** Runs in the present direction. */
  tries: number;
  deadlineSeconds: number;
  createdAt: string;
  /** How long it may wait in line, and, while it does, until when. */
  queueSeconds?: number;
  queueUntil?: string;
  startedAt?: string;
  /** Towards rollback: once it has passed, the job turns back. */
  deadlineAt?: string;
  /** Rollback's own budget: once it has passed, what is left is named. */
  rollbackUntil?: string;
  endedAt?: string;
  /** Targets whose lines it has joined and not left. */
  queues: string[];
  /** Natural keys that it has claimed for its entry point, or that its end may give back. */
  claims?: string[];
  phase?: Phase;
  /** The hash of the plan that its caller has seen: another one must not be carried out. */
  planHash?: string;
  /** Retried, and not at work yet: first it has to head all its lines again. */
  requeued?: true;
  rollbackCause?: RollbackCause;
  problem?: Problem;
  leftovers?: Leftover[];
  skipped?: Skipped[];
  resolution?: Resolution;
  events: JobEvent[];
  /** Something is still to be done for it: the schedule looks at open jobs only. */
  open: boolean;
}

/**
 * Where a job is on its way; absent: its forward lanes, or their rollback.
 * prepare     what must be deleted or changed before the rest
 * cleanup     the deletions at the end: from here on it goes forward only
 * committing  everything is done and nothing can roll it back any more: its end is being written
 * restore     backward: what was deleted first is made again
 */
export type Phase = 'prepare' | 'cleanup' | 'committing' | 'restore';

export const ROLLBACK_BUDGET_SECONDS = 3600;
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

/** It has been accepted or retried, and does not head all its lines yet. */
export function waitsInQueue(job: Job): boolean {
  return job.requeued === true || (job.status === 'QUEUED' && job.attempt === 0);
}

/** The first run of a new job, or the next one of a retried job, whose time starts now. */
export function toStarted(
  job: Job,
  attempt: number,
  until: { deadlineAt: string; rollbackUntil: string },
): Job | undefined {
  if (!waitsInQueue(job) || job.attempt !== attempt) return undefined;
  if (!job.requeued) return nextAttempt(job, attempt);
  const { requeued: _, leftovers: __, ...rest } = job;
  const { deadlineAt, rollbackUntil } = until;
  return job.status === 'RUNNING' ? { ...rest, deadlineAt } : { ...rest, rollbackUntil };
}

/** A job that waits in line ends there: nothing was changed, or nothing since it got stuck. */
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

/** A person is needed. It keeps its entry point's line until then. */
export function isStuck({ status, resolution }: Job): boolean {
  return (status === 'ROLLBACK_FAILED' || status === 'REMOVE_FAILED') && !resolution;
}

/** Left behind, because a person said so: nothing touches it any more. */
export function isSkipped(job: Job, step: string): boolean {
  return job.skipped?.some(skipped => skipped.step === step) === true;
}

/** QUEUED to RUNNING, by the first execution that gets so far. */
export function toRunning(
  job: Job,
  attempt: number,
  at: string,
  { deadlineAt, phase }: { deadlineAt: string; phase?: Phase | undefined },
): Job | undefined {
  if (job.status !== 'QUEUED' || job.attempt !== attempt || job.rollbackCause) return undefined;
  return withStatus({ ...job, startedAt: at, deadlineAt, ...(phase ? { phase } : {}) }, 'RUNNING', at);
}

/**
 * On to the next phase, unless something has marked the job meanwhile; undefined: its lanes. Once all that had to go is
 * gone a mark came too late, and is dropped.
 */
export function toPhase(job: Job, attempt: number, phase: Phase | undefined): Job | undefined {
  const tooLate = job.phase === 'cleanup' && phase === 'committing';
  const goes = job.status === 'RUNNING' ? !job.rollbackCause || tooLate : job.status === 'ROLLING_BACK';
  if (!goes || job.attempt !== attempt || job.phase === phase) return undefined;
  const { phase: _, rollbackCause, ...rest } = job;
  return { ...rest, ...(rollbackCause && !tooLate ? { rollbackCause } : {}), ...(phase ? { phase } : {}) };
}

/** The one mark that turns a job back; the first wins. */
export function withRollbackCause(job: Job, attempt: number, rollbackCause: RollbackCause): Job | undefined {
  const forward = job.status === 'QUEUED' || (job.status === 'RUNNING' && job.phase !== 'committing');
  return forward && job.attempt === attempt && !job.rollbackCause ? { ...job, rollbackCause } : undefined;
}

/** What a person asked of the job, in its history; its status may change with it or later. */
export function withAction(job: Job, event: Pick<JobEvent, 'action' | 'by' | 'reason' | 'step' | 'at'>): Job {
  const { status, attempt } = job;
  return { ...job, events: append(job.events, { ...event, status, attempt }) };
}

/** How a job ends that has been marked before it began: nothing was changed. */
export function endOfUnbegun(rollbackCause: RollbackCause): {
  status: 'CANCELLED' | 'FAILED';
  problem: Problem;
} {
  return {
    status: rollbackCause.reason === 'cancelled' ? 'CANCELLED' : 'FAILED',
    problem: rollbackCause.problem,
  };
}

/** RUNNING to ROLLING_BACK, only once it is marked. */
export function toRollingBack(job: Job, attempt: number, at: string, rollbackUntil: string): Job | undefined {
  if (job.status !== 'RUNNING' || job.attempt !== attempt || !job.rollbackCause) return undefined;
  if (job.phase === 'cleanup' || job.phase === 'committing') return undefined;
  const { phase: _, ...before } = job;
  const turned = { ...before, rollbackUntil, tries: 1, problem: job.rollbackCause.problem };
  return withStatus(turned, 'ROLLING_BACK', at, job.rollbackCause.problem);
}

/** From where each end is reached; what is not in it is no end. */
const ENDS: Partial<Record<JobStatus, readonly JobStatus[]>> = {
  SUCCEEDED: ['RUNNING'],
  FAILED: ['QUEUED'],
  CANCELLED: ['QUEUED'],
  ROLLED_BACK: ['ROLLING_BACK'],
  ROLLBACK_FAILED: ['ROLLING_BACK'],
  REMOVE_FAILED: ['RUNNING'],
};

/** A job's end; success only while no mark is set, however late the mark came. */
export function toEnded(
  job: Job,
  end: { status: JobStatus; attempt: number; at: string; problem?: Problem; leftovers?: Leftover[] },
): Job | undefined {
  if (job.attempt !== end.attempt || !ENDS[end.status]?.includes(job.status)) return undefined;
  if (end.status === 'SUCCEEDED' && job.rollbackCause) return undefined;
  const { problem = job.problem, leftovers } = end;
  const closed = {
    ...job,
    endedAt: end.at,
    ...(problem ? { problem } : {}),
    ...(leftovers?.length ? { leftovers } : {}),
  };
  return withStatus(closed, end.status, end.at, problem);
}

/** The next run in the same direction, after the one before it died. */
export function nextAttempt(job: Job, attempt: number): Job | undefined {
  if (hasEnded(job.status) || job.attempt !== attempt) return undefined;
  return { ...job, attempt: job.attempt + 1, tries: job.tries + 1 };
}

/** What a list of jobs is found by. */
export function jobIndex(job: Job): IndexEntry {
  return {
    list: 'jobs',
    status: job.status,
    entryPoint: job.entryPoint,
    ...(job.open ? { open: 'open' } : {}),
    order: `${job.createdAt}#${job.id}`,
  };
}

function withStatus(job: Job, status: JobStatus, at: string, problem?: Problem): Job {
  const event = { at, status, attempt: job.attempt, ...(problem ? { problem } : {}) };
  return { ...job, status, events: append(job.events, event) };
}
