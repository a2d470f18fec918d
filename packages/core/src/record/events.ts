// A job's events: appended to the job's own item in the same write that changes its status, so the history
// has no gap and no event without its change.
import type { Problem } from '../ports/errors.ts';

export const JOB_STATUSES = [
  'QUEUED',
  'RUNNING',
  'ROLLING_BACK',
  'SUCCEEDED',
  'FAILED',
  'ROLLED_BACK',
  'ROLLBACK_FAILED',
  'REMOVE_FAILED',
  'CANCELLED',
] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** What a person can ask of a job. */
export const ACTIONS = ['cancel', 'retry', 'skip', 'forget'] as const;
export type Action = (typeof ACTIONS)[number];

export interface JobEvent {
  /** 1, 2, 3, ... per job, without a gap. */
  sequence: number;
  at: string;
  status: JobStatus;
  attempt: number;
  /** What a person asked for, who it was, and why. */
  action?: Action;
  by?: string;
  reason?: string;
  /** What is to be left behind. */
  step?: string;
  problem?: Problem;
}

/** Each status says so itself: a new one has to decide. */
const HAS_ENDED: Record<JobStatus, boolean> = {
  QUEUED: false,
  RUNNING: false,
  ROLLING_BACK: false,
  SUCCEEDED: true,
  FAILED: true,
  ROLLED_BACK: true,
  ROLLBACK_FAILED: true,
  REMOVE_FAILED: true,
  CANCELLED: true,
};

export function hasEnded(status: JobStatus): boolean {
  return HAS_ENDED[status];
}

export function append(events: JobEvent[], event: Omit<JobEvent, 'sequence'>): JobEvent[] {
  return [...events, { sequence: events.length + 1, ...event }];
}
