// The stored plan: steps, each with what it changes, and the lanes that the state machine walks. Plain data, fixed when the
// job begins, versioned, never computed again; only a retry can add names to `deletesForeign`. plan/ makes it; older.ts reads
// the versions before this one.
import type { Kind } from '../ports/kind.ts';
import type { DesiredByKind } from '../request/request.ts';
import type { ResourceOutputs } from './outputs.ts';
import type { OwnedOf } from './owned.ts';

/**
 * 1  only creates: no existing ids, one set of lanes, no outcome
 * 2  another shape of lanes for each cloud and resource; an outcome that has to be completed from the request
 * 3  lanes of waves for every kind; the complete resources that the entry point will own
 */
export const PLAN_VERSION = 3;
/**
 * Every request that its schema allows can be provisioned in one job: 20 stickiness policies on 100 ports each need 2020 steps. A
 * job walks its steps in as many executions as they need (history.ts). Every call of a step reads the plan, of about 1 MB then.
 */
export const MAX_STEPS = 2500;
/**
 * The lanes of a phase, and the steps of a wave, that run at the same time; the others wait for one of them to end. The numbers
 * limit the concurrent cloud calls of one job.
 */
export const MAX_LANES_AT_ONCE = 10;
export const MAX_STEPS_AT_ONCE = 5;

/**
 * create     the resource is absent                   adopt   it exists, matches and has no owner: it becomes ours
 * update     it is changed in place                   delete  it is deleted
 * unchanged  it exists and is as desired              wait    it is not ours: the step only waits for it
 */
export type Act = 'create' | 'adopt' | 'update' | 'unchanged' | 'delete' | 'wait';

/** One member that a step changes. */
export interface Change {
  member: string;
  from?: unknown;
  to?: unknown;
}

/** The kind of a step determines the type of its desired state. */
export type Step<K extends Kind = Kind> = { [Each in K]: StepOf<Each> }[K];

interface StepOf<K extends Kind> {
  /** Unique in its plan, and the same in every attempt: the token is derived from it. */
  id: string;
  kind: K;
  act: Act;
  /** For people: `endpoint group eu-west-1`. */
  title: string;
  desired: DesiredByKind[K];
  /** Input of this one change besides the desired state, such as items to remove, or the policy that it replaces. */
  instructions?: Record<string, unknown>;
  /** Members of `desired` whose value is the cloud id of another step's resource, known once that step has created it. */
  needs: Record<string, string>;
  /** Steps that must come before it although it does not need their ids. */
  after?: string[];
  /** JSON pointer to its part of the request. */
  part?: string;
  /** Cloud id of the resource that existed when the plan was made. */
  existingId?: string;
  changes?: Change[];
  /** Why the step is needed, if the act alone does not explain it. */
  reason?: string;
  /** How the step interrupts traffic, if it does. */
  interruption?: string;
  /** An update that only prepares other changes: if the resource is gone, the step is done. */
  mayBeGone?: true;
  /** A deletion: foreign objects attached to the resource that it also deletes, by their names, as when the plan was made. */
  deletesForeign?: string[];
  /** A create that can displace foreign objects: those that it may displace, by their ids, as when the plan was made. */
  displaces?: string[];
  /** In a plan of version 2: the deletion also deletes whatever foreign objects it finds. */
  force?: true;
  /** Outside the forward lanes: the owned resource that it changes, by its step in the inventory. */
  of?: string;
  /** A deletion: the owned resources that its resource belongs to, the nearest first. Absent: none. */
  within?: string[];
  /** A deletion of a resource that did not exist any more when the plan was made. */
  wasGone?: true;
  /** The deletion that this step reverts. */
  restores?: string;
  /** The owned resource whose place a new one takes, by its step in the inventory. */
  replaces?: string;
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
  /** The end of a rollback: creates again or reverts what `prepare` deleted or changed. */
  restore?: Lane[];
}

export interface Plan {
  version: typeof PLAN_VERSION;
  steps: Step[];
  lanes: Lanes;
  /**
   * The resources that the entry point owns once the job has succeeded. The ids of created resources are in the ledger. Absent
   * in plans of older versions.
   */
  owns?: Outcome[];
  /** The outputs of what the plan leaves as it is, as it was when the plan was made. */
  outputs?: ResourceOutputs[];
  /** Natural keys that the job claims for its entry point, or that its end may release. */
  claims?: string[];
  /** The retry of the job, by its attempt, for which foreign objects were last read. Absent: they were read by Begin. */
  foreignReadFor?: number;
  /** In a plan of version 2: the outcome, which has to be completed from the request. */
  olderOutcome?: { step: string; id?: string; set?: Record<string, unknown> }[];
}

/** A resource that the entry point will own, by its step. `id`: if it already exists. */
export interface Outcome {
  step: string;
  id?: string;
}

/** The same with the members of its step. */
export type Planned<K extends Kind = Kind> = { [Each in K]: Omit<OwnedOf<Each>, 'id'> & { id?: string } }[K];

/** The context of a plan: its job, and the region of request parts that name none. */
export interface PlanContext {
  jobId: string;
  region: string;
}
