// The stored plan: steps, each with what it changes, and the lanes that the state machine walks. Plain data, fixed when the
// job begins, versioned, never computed again. plan/ makes it; older.ts reads the versions before this one.
import type { Kind } from '../ports/kind.ts';
import type { Owned } from './owned.ts';

/**
 * 1  creates only: no existing ids, one set of lanes, no outcome
 * 2  lanes in a shape of their own for each cloud and resource; an outcome that only the request's own plan completes
 * 3  lanes of waves for every kind; the resources that the entry point will own, whole
 */
export const PLAN_VERSION = 3;
/** Step Functions history and one item's size bound a job; more is for two entry points. */
export const MAX_STEPS = 100;

/**
 * create     it is absent                       adopt  it exists, matches and belongs to nobody: from now on it is ours
 * update     it is changed in place             delete it is removed
 * unchanged  it exists as it should             wait   it is not ours, only waited for
 */
export type Act = 'create' | 'adopt' | 'update' | 'unchanged' | 'delete' | 'wait';

/** One member that a step changes. */
export interface Change {
  member: string;
  from?: unknown;
  to?: unknown;
}

export interface Step {
  /** Unique in its plan, and the same in every attempt: the token is derived from it. */
  id: string;
  kind: Kind;
  act: Act;
  /** For people: `endpoint group eu-west-1`. */
  title: string;
  desired: Record<string, unknown>;
  /** What the resource is told for this one change besides what is desired: which of its items go, what it takes the place of. */
  instructions?: Record<string, unknown>;
  /** Members of `desired` that are another step's cloud id, known only when that step has made it. */
  needs: Record<string, string>;
  /** Steps that it follows without needing their ids. */
  after?: string[];
  /** JSON pointer to the part of the request that it serves. */
  part?: string;
  /** Cloud id of what existed when the plan was made. */
  existingId?: string;
  changes?: Change[];
  /** Why, where the act does not say it. */
  reason?: string;
  /** What traffic notices, if it does. */
  interruption?: string;
  /** An update of what is only to be released first: gone is done. */
  mayBeGone?: true;
  /** A deletion also deletes foreign objects attached to it. */
  force?: true;
  /** Outside the forward lanes: the owned resource that it is about, by its step in the inventory. */
  of?: string;
  /** The deletion that this step makes good again. */
  restores?: string;
}

/** Waves that follow one another; the steps of a wave, by their ids, run in parallel. */
export type Lane = string[][];

/** Lanes by the phase that walks them. Rollback walks the forward lanes in reverse. */
export interface Lanes {
  /** What must be deleted or changed first. */
  prepare?: Lane[];
  forward: Lane[];
  /** Deletions at the end, once everything else has succeeded. Never rolled back. */
  cleanup?: Lane[];
  /** The end of a rollback: what `prepare` deleted or changed is made again. */
  restore?: Lane[];
}

export interface Plan {
  version: typeof PLAN_VERSION;
  steps: Step[];
  lanes: Lanes;
  /**
   * What the entry point owns once the job has succeeded; an id that only its step makes is in the ledger. Absent in plans
   * of older versions.
   */
  owns?: Outcome[];
  /** Natural keys that the job takes for its entry point, or that its end may give back. */
  claims?: string[];
  /** Of a plan of version 2: the same, completed by the request's own plan. */
  olderOutcome?: { step: string; id?: string; set?: Record<string, unknown> }[];
}

/** A resource that the entry point will own, as its step makes it; `id`: where it exists already. */
export interface Outcome {
  step: string;
  id?: string;
}

/** The same with all that its step says. */
export type Planned = Omit<Owned, 'id'> & { id?: string };

/** Where a plan is made: the job that it is for, and the region that a part without one belongs to. */
export interface PlanContext {
  jobId: string;
  region: string;
}
