// Wanted steps and what an entry point owns already, side by side. What stands keeps its names on the wire and its marks of
// ownership, whatever the spec says now.

import { KINDS } from '../kinds/kinds.ts';
import type { KindTraits } from '../kinds/traits.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';

/** A step that is wanted, with what the entry point owns in its place. */
export interface Pair {
  step: Step;
  owned?: Owned;
}

/**
 * Wanted steps with what is owned in their place, by the step's id, which is its natural key. What stands keeps its
 * names and marks of ownership. A listener on another accelerator is another one, and so are its groups.
 */
export function matchToOwned(wanted: readonly Step[], owned: readonly Owned[]): Pair[] {
  const byStep = new Map(owned.map(resource => [resource.step, resource]));
  const moved = new Set<string>();
  return wanted.map(step => {
    const standing = byStep.get(step.id);
    const parentMoved = Object.values(step.needs).some(parent => moved.has(parent));
    if (!standing || parentMoved || containerOf(step) !== containerOf(standing)) {
      if (standing) moved.add(step.id);
      return { step };
    }
    const { carriedOver, droppedFrom, resetOmitted }: KindTraits = KINDS[step.kind];
    const desired = {
      ...step.desired,
      ...carriedOver?.(step, standing, byStep),
      ...resetOmitted?.(step, standing, wanted),
    };
    const instructions = droppedFrom?.({ ...step, desired }, standing) ?? {};
    const told = Object.keys(instructions).length > 0 ? { instructions } : {};
    return { step: { ...step, desired, ...told }, owned: standing };
  });
}

function containerOf({ kind, desired }: Pick<Owned, 'kind' | 'desired'>): unknown {
  return KINDS[kind].container?.(desired);
}

/** As its owner would want it: an object that exists has none of our marks, and gets none, as undo leaves it as it is. */
export function adoptable(step: Step): Step {
  return { ...step, desired: KINDS[step.kind].withoutMarks?.(step.desired) ?? step.desired };
}
