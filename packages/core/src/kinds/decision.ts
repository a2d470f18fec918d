// How a kind takes part in planning a change: the situation of one wanted step, and the decision about it. Plain data. The
// planner has the general rules; the traits of a kind add its own.
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { Observation } from './observation.ts';

/** One wanted step, with everything that decides about it. */
export interface Situation {
  step: Step;
  /** The resource of the entry point in its place. */
  owned: Owned | undefined;
  /** The cloud object in its place; undefined where there is none. */
  observed: Observation | undefined;
  /** The plan removes `owned` before anything is made or changed. */
  isRemovedFirst: boolean;
  /** It is made whatever exists: the plan removes it first, or makes a parent of it. */
  isMadeAnew: boolean;
  /** An update of it that the plan makes before the rest, so that its parent can change. */
  preparation: Step | undefined;
  /** Steps whose resource takes the place of an owned one under another name, by id. */
  successors: ReadonlyMap<string, Step>;
  /** All that the entry point owns. */
  inventory: readonly Owned[];
  /** Observations of all wanted steps, by id. */
  observations: ReadonlyMap<string, Observation>;
}

/** Removals and updates before anything else is made or changed. A rollback takes them back last. */
export interface Beforehand {
  /** A rollback makes them again. */
  removedFirst?: readonly { resources: readonly Owned[]; reason: string }[];
  preparations?: readonly Step[];
  interruptions?: readonly Interruption[];
}

/** The effect of a step on traffic. A request must allow it. */
export interface Interruption {
  text: string;
  /** How a request can avoid it. */
  otherWay?: string;
}

export const ANOTHER_NAME = 'give what is to come another name';

/** The step as the plan has it, with everything that comes before and after it. */
export interface Decision extends Beforehand {
  /** With its act. */
  step: Step;
  /** An owned resource that the step itself removes. */
  supersedes?: Owned;
  /** Removed by the cleanup. */
  removedLast?: Owned;
  /** An update by the cleanup. */
  cleanup?: Step;
}

/** An update in place of a parent, and the dependents of one kind that the entry point owns. */
export interface ParentUpdate {
  parent: Step;
  observed: Observation;
  dependents: readonly Owned[];
  inventory: readonly Owned[];
  observations: ReadonlyMap<string, Observation>;
}

/** The step as a creation, with the reason where the inventory has a resource and the cloud does not. */
export function creation({ step, owned, isRemovedFirst }: Situation): Step {
  return { ...step, ...(owned && !isRemovedFirst ? { reason: 'somebody has removed it' } : {}) };
}

/** The id of the update of a resource that the plan makes before the rest. */
export const preparationId = (step: string) => `prepare-${step}`;
