// The removals of a plan: of a whole entry point, of what an update has dropped, of what must make room and is made again
// by a rollback. Children go before what they belong to.

import { type Owned, resolved } from '../record/owned.ts';
import { type Lane, PLAN_VERSION, type Plan, type Step } from '../record/plan.ts';
import { lanesAlong, placesOfOwned, reversed } from './lanes.ts';

/** Everything that an entry point owns, forward only. `standing`: by step, what was seen to exist. */
export function planRemoval(
  owned: readonly Owned[],
  standing: Pick<ReadonlyMap<string, unknown>, 'has'>,
  force: boolean,
): Plan {
  const steps = owned.map(resource => {
    const gone = standing.has(resource.step) ? {} : { reason: 'it is gone already' };
    return removalOf(resource, owned, { force, ...gone });
  });
  const cleanup = reversed(ownedLanes(owned, steps));
  return { version: PLAN_VERSION, steps, lanes: { forward: [], cleanup }, owns: [] };
}

/** Lanes of steps about owned resources, in the order in which those are made. */
export function ownedLanes(owned: readonly Owned[], steps: readonly Step[]): Lane[] {
  return lanesAlong(placesOfOwned(owned), steps, ({ id, of = id }) => of);
}

export const removalId = (step: string) => `remove-${step}`;
export const restoreId = (step: string) => `restore-${step}`;

/** One resource's removal, with all that is to be known of it in the step itself: its needs are ids already. */
export function removalOf(
  resource: Owned,
  all: readonly Owned[],
  { force, reason }: { force: boolean; reason?: string },
): Step {
  return {
    id: removalId(resource.step),
    kind: resource.kind,
    act: 'delete',
    title: resource.title,
    desired: resolved(resource, all),
    needs: {},
    of: resource.step,
    existingId: resource.id,
    ...(reason ? { reason } : {}),
    ...(force ? { force: true } : {}),
  };
}

/**
 * Makes again, after a rollback, what had to go first: equal but for the id that the cloud assigns. `gone`: all that goes
 * with it; a parent among them is made again before it, any other stands.
 */
export function restoringOf(resource: Owned, gone: readonly Owned[], all: readonly Owned[]): Step {
  const { step, kind, title, desired, needs, id } = resource;
  const goes = ([, parent]: [string, string]) => gone.some(each => each.step === parent);
  const stays = Object.fromEntries(Object.entries(needs).filter(need => !goes(need)));
  const again = Object.entries(needs)
    .filter(goes)
    .map(([member, parent]) => [member, restoreId(parent)]);
  return {
    id: restoreId(step),
    kind,
    act: 'create',
    title,
    desired: resolved({ ...resource, desired, needs: stays }, all),
    needs: Object.fromEntries(again),
    existingId: id,
    of: resource.step,
    restores: removalId(step),
  };
}
