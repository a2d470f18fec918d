// A job's events. The write that changes the job's status also appends the event to the job's item, so the history has no gap
// and no event without its change.
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

/** The actions that a person can request on a job. */
export const ACTIONS = ['cancel', 'retry', 'skip', 'forget'] as const;
export type Action = (typeof ACTIONS)[number];

/** Ours: an event on the bus has room for the names. A target group alone can have a thousand foreign targets. */
export const MAX_NAMED_FOREIGN = 100;

/** Foreign objects that are deleted with a resource, by its title and its cloud id. */
export interface ForeignDeletion {
  title: string;
  id: string;
  names: string[];
}

export interface JobEvent {
  /** 1, 2, 3, ... per job, without a gap. */
  sequence: number;
  at: string;
  status: JobStatus;
  attempt: number;
  /** The action that was requested, by whom, and why. */
  action?: Action;
  by?: string;
  reason?: string;
  /** The step to skip. */
  step?: string;
  /** When the plan is fixed: the foreign objects that the job also deletes. */
  deletesForeign?: ForeignDeletion[];
  problem?: Problem;
}

/** Listed for each status, so that the compiler demands a decision about a new one. */
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
