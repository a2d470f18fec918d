// Matches wanted steps to the resources that an entry point already owns. An existing resource keeps its wire names and its
// ownership tags, whatever the spec is now.

import type { Members } from '../json/plain-members.ts';
import { traitsOf } from '../kinds/kinds.ts';
import { defaultsOfOmitted } from '../kinds/omitted.ts';
import type { Kind } from '../ports/kind.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';

/** A wanted step, with the owned resource that it matches. */
export interface Pair {
  step: Step;
  owned?: Owned;
}

/**
 * Matches by the step's id, which is its natural key. Existing resources keep their names and ownership tags. A resource in
 * another container, such as a listener on another accelerator, is another resource, and so are its children.
 */
export function matchToOwned(wanted: readonly Step[], owned: readonly Owned[]): Pair[] {
  const byStep = new Map(owned.map(resource => [resource.step, resource]));
  const moved = new Set<string>();
  return wanted.map(step => {
    const { carriedOver, droppedFrom, inherited } = traitsOf(step.kind);
    const existing = byStep.get(step.id);
    const parentMoved = Object.values(step.needs).some(parent => moved.has(parent));
    if (!existing || parentMoved || containerOf(step) !== containerOf(existing)) {
      if (existing) moved.add(step.id);
      return { step: parentMoved ? step : withMembers(step, inherited?.(step, byStep) ?? {}) };
    }
    const matched = withMembers(step, {
      ...inherited?.(step, byStep),
      ...carriedOver?.(step, existing),
      ...omittedMembers(step, existing, wanted),
    });
    const dropped = droppedFrom?.(matched, existing) ?? {};
    const instructions = Object.keys(dropped).length > 0 ? { instructions: dropped } : {};
    return { step: { ...matched, ...instructions }, owned: existing };
  });
}

/** The members that the earlier spec had and that the present one omits, with their defaults. */
export function omittedMembers(step: Step, owned: Owned, wanted: readonly Step[]): Members {
  const { defaults, resetOmitted } = traitsOf(step.kind);
  return {
    ...defaultsOfOmitted(defaults?.(step, wanted) ?? {}, step.desired, owned.desired),
    ...resetOmitted?.(step, owned, wanted),
  };
}

function containerOf({ kind, desired }: Pick<Owned, 'kind' | 'desired'>): unknown {
  return traitsOf(kind).container?.(desired);
}

/** The step without ownership tags: an existing object has none of ours, and gets none, because the undo does not change it. */
export function adoptable(step: Step): Step {
  return withMembers(step, traitsOf(step.kind).withoutOwnershipTags?.(step.desired) ?? {});
}

export function withMembers<K extends Kind>(step: Step<K>, members: object): Step<K> {
  return { ...step, desired: { ...step.desired, ...members } };
}
