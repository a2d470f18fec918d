// The stored plan: steps, each with what it changes, and the lanes that the state machine walks. Plain data, fixed when the
// job begins, versioned, never computed again. plan/ makes it.
import type { Kind } from '../ports/kind.ts';

/** 1 knew creates only: no `standing`, no lanes but the forward ones, no `outcome`. Such plans still run to their end. */
export const PLAN_VERSION = 2;
/** Step Functions history and one item's size bound a job; more is for two entry points. */
export const MAX_STEPS = 100;

/**
 * create  it is absent                     adopt   it stands, matches and is nobody's: from now on it is ours
 * update  it is changed in place           leave   it stands as it should
 * remove  it goes                          settle  it is not ours, only waited for
 */
export type Act = 'create' | 'adopt' | 'update' | 'leave' | 'remove' | 'settle';

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
  /** Members of `desired` that are another step's cloud id, known only when that step has made it. */
  needs: Record<string, string>;
  /** JSON pointer to the part of the request that it serves. */
  part?: string;
  /** Cloud id of what stood when the plan was made. */
  standing?: string;
  changes?: Change[];
  /** Why, where the act does not say it. */
  because?: string;
  /** What traffic notices, if it does. */
  interrupts?: string;
  /** An update of what only has to give way: gone is done. */
  mayBeGone?: true;
  /** A removal takes along what others have hung on it. */
  force?: true;
  /** Outside the forward lanes: the step at the head of its resource's lane. */
  root?: string;
  /** The removal that this step makes good again. */
  restores?: string;
}

export interface Plan {
  version: 1 | typeof PLAN_VERSION;
  steps: Step[];
  lanes: Lanes;
  /** What must go, or give way, before the rest; a rollback ends with `restores`, which makes it again. */
  first?: Lanes;
  restores?: Lanes;
  /** What goes once the rest stands, forward only. */
  last?: Lanes;
  /**
   * What the entry point owns once the job has succeeded, by step; an id that only its step makes is in the ledger. `set`:
   * members set otherwise than the spec says.
   */
  outcome?: { step: string; id?: string; set?: Record<string, unknown> }[];
}

/**
 * The lanes as the machine's state carries them: step ids only, in the order in which they are to be walked. Where a
 * plan takes away or puts back, what a lane has nothing of is absent.
 */
export interface Lanes {
  listeners: { listener?: string; endpointGroups: string[]; accelerator?: string }[];
  targetGroups: { targetGroup?: string; targets?: string }[];
  stickinessPolicies: { policy?: string; attachments: string[] }[];
  /** Of Alibaba Cloud: one lane per instance, which takes one change at a time. */
  alicloudListeners: {
    listener?: string;
    certificates: string[];
    endpointGroups: string[];
    forwardingRules: string[];
  }[];
}

/** Where a plan is made: the job that it is for, and the region that a part without one belongs to. */
export interface PlanContext {
  jobId: string;
  region: string;
}
