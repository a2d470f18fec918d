// How a kind takes part in planning a change: the situation of one wanted step, and the decision about it. Plain data. The
// planner has the general rules; the traits of a kind add its own.
import type { Members } from '../json/plain-members.ts';
import type { Kind } from '../ports/kind.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { Observation } from './observation.ts';

/** One wanted step, with everything on which the decision depends. */
export interface Situation<K extends Kind = Kind> {
  step: Step<K>;
  /** The owned resource that it matches. */
  owned: Owned<K> | undefined;
  /** The observation of its cloud object; undefined if there is none. */
  observed: Observation | undefined;
  /** The plan removes `owned` before any other change. */
  isRemovedFirst: boolean;
  /** The part of `owned` that the plan removes before any other change, if it is not all of it. */
  partRemovedFirst: Owned<K> | undefined;
  /** The plan creates it in any case, because it removes it first or creates one of its parents. */
  isMadeAnew: boolean;
  /** An earlier update of it in the same plan, so that its parent can change. */
  preparation: Step<K> | undefined;
  /** Steps whose resource replaces an owned one under another name, by id. */
  successors: ReadonlyMap<string, Step>;
  /** All wanted steps. */
  wanted: readonly Step[];
  /** All resources that the entry point owns, except those that the plan removes before any other change. */
  inventory: readonly Owned[];
  /** Observations of all wanted steps, by id. */
  observations: ReadonlyMap<string, Observation>;
}

/** Removals and updates before any other change. A rollback reverts them last. */
export interface Beforehand {
  /** A rollback creates them again. */
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

export const ANOTHER_NAME = 'give the new resource another name';
export const SEPARATE_UPDATE = 'drop the old one in a separate update first';

/** How an update changes a list whose items it cannot all change in place. */
export interface ListChange {
  /** Input of the update besides the desired state. */
  instructions: Members;
  interruptions: readonly Interruption[];
  /** An update in the cleanup, for items that the spec drops. */
  cleanup?: Step;
}

/** The step of the plan, with everything before and after it. */
export interface Decision<K extends Kind = Kind> extends Beforehand {
  /** With its act. */
  step: Step<K>;
  /** An owned resource that the step itself removes. */
  supersedes?: Owned;
  /** A part of the owned resource, which the cleanup removes. */
  removedLast?: Owned;
  /** An update by the cleanup. */
  cleanup?: Step;
}

/** An update in place of a parent, and the dependents of one kind that the entry point owns. */
export interface ParentUpdate {
  parent: Step;
  observed: Observation;
  dependents: readonly Owned[];
  wanted: readonly Step[];
  inventory: readonly Owned[];
  observations: ReadonlyMap<string, Observation>;
}

/** The step as a creation, with a reason if the resource is in the inventory but not in the cloud. */
export function creation<K extends Kind>({ step, owned, isRemovedFirst }: Situation<K>): Step<K> {
  return { ...step, ...(owned && !isRemovedFirst ? { reason: 'it was deleted outside Gatehouse' } : {}) };
}

/** The id of an update that the plan makes before the rest. */
export const preparationId = (step: string) => `prepare-${step}`;
