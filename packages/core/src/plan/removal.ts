// The removals of a plan: of a whole entry point, of resources that an update drops, and of resources that must be deleted first
// and that a rollback creates again. Children are removed before their parents.

import type { Kind } from '../ports/kind.ts';
import { type Owned, resolved } from '../record/owned.ts';
import { type Lane, PLAN_VERSION, type Plan, type Step } from '../record/plan.ts';
import { inOrderOfExecution, lanesAlong, placesOfOwned, reversed } from './lanes.ts';

/** Removes all resources of an entry point, forward only. `existing`: the resources that were observed, by step. */
export function planRemoval(
  owned: readonly Owned[],
  existing: Pick<ReadonlyMap<string, unknown>, 'has'>,
): Plan {
  const steps = owned.map(resource => {
    if (existing.has(resource.step)) return removalOf(resource, owned);
    const reason = 'it is already gone';
    return { ...removalOf(resource, owned, { reason }), wasGone: true as const };
  });
  const cleanup = reversed(ownedLanes(owned, steps));
  const lanes = { forward: [], cleanup };
  return { version: PLAN_VERSION, steps: inOrderOfExecution(steps, lanes), lanes, owns: [] };
}

/** Lanes of steps on owned resources, in the order in which the resources are created. */
export function ownedLanes(owned: readonly Owned[], steps: readonly Step[]): Lane[] {
  return lanesAlong(placesOfOwned(owned), steps, ({ id, of = id }) => of);
}

export const removalId = (step: string) => `remove-${step}`;
export const restoreId = (step: string) => `restore-${step}`;

/** The removal of a resource. The step is complete in itself: `desired` already has the ids of its needs. */
export function removalOf<K extends Kind>(
  resource: Owned<K>,
  all: readonly Owned[],
  { reason }: { reason?: string } = {},
): Step<K> {
  const { step, kind, title, desired, needs, id } = resource;
  const within = ancestorsOf(resource, all);
  return {
    id: removalId(step),
    kind,
    act: 'delete',
    title,
    desired: resolved({ desired, needs }, all),
    needs: {},
    of: step,
    existingId: id,
    ...(reason ? { reason } : {}),
    ...(within.length > 0 ? { within } : {}),
  };
}

/** The resources that it needs, and those that they need, each before what it needs itself. `all`: in the order of creation. */
function ancestorsOf({ needs }: Pick<Owned, 'needs'>, all: readonly Owned[]): string[] {
  const parents = all.filter(({ step }) => Object.values(needs).includes(step));
  const ancestors = new Set(parents.flatMap(each => [each.step, ...ancestorsOf(each, all)]));
  return all.flatMap(({ step }) => (ancestors.has(step) ? [step] : [])).toReversed();
}

/**
 * Creates a resource again, at the end of a rollback, that was deleted first: equal except for its cloud id. `gone`: all
 * resources that are deleted with it. A parent among them is created before it; other parents still exist.
 */
export function restoringOf<K extends Kind>(
  resource: Owned<K>,
  gone: readonly Owned[],
  all: readonly Owned[],
): Step<K> {
  const { step, kind, title, desired, needs, id } = resource;
  const isGone = ([, parent]: [string, string]) => gone.some(each => each.step === parent);
  const stays = Object.fromEntries(Object.entries(needs).filter(need => !isGone(need)));
  const again = Object.entries(needs)
    .filter(isGone)
    .map(([member, parent]) => [member, restoreId(parent)]);
  return {
    id: restoreId(step),
    kind,
    act: 'create',
    title,
    desired: resolved({ desired, needs: stays }, all),
    needs: Object.fromEntries(again),
    existingId: id,
    of: step,
    restores: removalId(step),
  };
}
