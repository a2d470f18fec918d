// A request as the steps that serve it. The plan is data: fixed when the job begins, stored, versioned; the machine
// walks it and nothing recomputes it. Here are its shape and the steps that a spec asks for; what of them stands already
// and what is to go is plan-change.ts.
import { planAlicloud } from './alicloud-plan.ts';
import { planAws } from './aws-plan.ts';
import { type Lanes, NO_LANES } from './lanes.ts';
import type { Request } from './request.ts';
import type { Kind } from './resource.ts';

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

/** Where a plan is made: the job that it is for, and the region that a part without one belongs to. */
export interface PlanContext {
  jobId: string;
  region: string;
}

/** What the spec of a request asks for, as if nothing of it stood yet. */
export function planSteps(request: Request, context: PlanContext): Plan {
  if (request.cloud === 'aws') return { version: PLAN_VERSION, ...planAws(request, context) };
  const { steps, lanes } = planAlicloud(request);
  return { version: PLAN_VERSION, steps, lanes: { ...NO_LANES, alicloudListeners: lanes } };
}

/**
 * What only one job at a time may shape, besides the entry point itself: of what is asked for, and of what stands and
 * may go. Sorted, so that no two jobs wait in a ring.
 */
export function targetsOf(steps: readonly Pick<Step, 'kind' | 'desired'>[]): string[] {
  return [...new Set(steps.flatMap(targetOf))].toSorted();
}

function targetOf({ kind, desired }: Pick<Step, 'kind' | 'desired'>): string[] {
  if (kind === 'listener') return [`accelerator/${desired['acceleratorArn']}`];
  if (kind === 'alicloudListener') return [`instance/${desired['acceleratorId']}`];
  if (kind !== 'stickinessPolicy') return [];
  return [`load-balancer/${desired['region']}/${desired['loadBalancerName']}`];
}
