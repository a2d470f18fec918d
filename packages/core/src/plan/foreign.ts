// Foreign objects attached to the resources that a plan deletes: named when the plan is made, deleted only by their names. Foreign
// users, which Gatehouse cannot detach, refuse even a forced deletion.

import { traitsOf } from '../kinds/kinds.ts';
import { inBatches } from '../ports/in-batches.ts';
import { type ForeignDeletion, MAX_NAMED_FOREIGN } from '../record/events.ts';
import type { Plan, Step } from '../record/plan.ts';
import type { CloudPorts, Finding } from './cloud-ports.ts';
import { type Observations, observationOf, READS_AT_ONCE } from './observe.ts';

/** Foreign objects attached to the resource of a deletion. `usedBy`: those among them that use it. */
export interface ForeignObjects {
  on: Step;
  names: string[];
  usedBy: string[];
}

/**
 * Observes the resources of deletions, by their steps in the inventory, and the foreign objects attached to them. `all`: the
 * deletions of every resource of the entry point, by default the same.
 */
export async function observeDeletions(
  ports: Pick<CloudPorts, 'resource'>,
  deletions: readonly Step[],
  all: readonly Step[] = deletions,
): Promise<{ observations: Observations; foreignObjects: ForeignObjects[] }> {
  const observations: Observations = new Map();
  const found = await inBatches(deletions, READS_AT_ONCE, async on => {
    const { kind, desired, existingId, of = on.id } = on;
    const resource = ports.resource(kind);
    const observed = await resource.read(desired, existingId);
    if (observed === undefined) return [];
    observations.set(of, observationOf(resource, desired, observed));
    const ours = new Set(ownNamesOn(on, all));
    const dependents = (await resource.foreignDependents?.(desired, observed)) ?? [];
    const names = dependents.filter(name => !ours.has(name));
    return names.length > 0 ? [{ on, names, usedBy: resource.foreignUsers?.(observed) ?? [] }] : [];
  });
  return { observations, foreignObjects: found.flat() };
}

/** The names that the resources of `all` have in `foreignDependents` of the resource of a deletion. */
export function ownNamesOn(deletion: Step, all: readonly Step[]): string[] {
  const root = rootOf(deletion);
  return all.flatMap(each => {
    const names = traitsOf(each.kind).namesInParent?.(each.desired);
    // An id is unique. Other names are unique on one resource only.
    if (names) return rootOf(each) === root ? names : [];
    return each.existingId === undefined ? [] : [each.existingId];
  });
}

/** The resource that it belongs to and that belongs to no other. */
function rootOf({ id, of = id, within = [] }: Step): string {
  return within.at(-1) ?? of;
}

/**
 * The plan, with each foreign object named by one deletion: of several resources that it is attached to, by that of the one which
 * the others belong to.
 */
export function namingForeign(plan: Plan, foreignObjects: readonly ForeignObjects[]): Plan {
  const byResource = new Map(foreignObjects.map(each => [each.on.of, each.names]));
  const named = new Map(
    foreignObjects.map(({ on, names, usedBy }) => {
      const above = new Set(on.within?.flatMap(each => byResource.get(each) ?? []));
      return [on.id, names.filter(name => !above.has(name) && !usedBy.includes(name))];
    }),
  );
  return { ...plan, steps: plan.steps.map(step => withNames(step, named.get(step.id) ?? [])) };
}

function withNames(step: Step, names: string[]): Step {
  const all = [...new Set([...(step.deletesForeign ?? []), ...names])];
  return all.length > 0 ? { ...step, deletesForeign: all } : step;
}

/** The foreign objects that a deletion may delete: those that it names, and those of the resources that its resource belongs to. */
export function foreignNamedFor({ within = [], deletesForeign = [] }: Step, { steps }: Plan): string[] {
  const above = steps.filter(({ act, of }) => act === 'delete' && of !== undefined && within.includes(of));
  return [...deletesForeign, ...above.flatMap(each => each.deletesForeign ?? [])];
}

/** What a plan names, as events list it, up to their limit. `before`: steps whose names are left out. */
export function foreignDeletionsIn(plan: Plan, before: readonly Step[] = []): ForeignDeletion[] {
  const known = new Map(before.map(step => [step.id, step.deletesForeign]));
  let left = MAX_NAMED_FOREIGN;
  return plan.steps.flatMap(({ id, title, existingId = '', deletesForeign = [] }) => {
    const names = deletesForeign.filter(name => !known.get(id)?.includes(name)).slice(0, left);
    left -= names.length;
    return names.length > 0 ? [{ title, id: existingId, names }] : [];
  });
}

/** Without `force`, everything that is attached refuses the plan, by name, before anything is deleted. */
export function foreignFindings(foreignObjects: readonly ForeignObjects[], force: boolean): Finding[] {
  return foreignObjects.flatMap(({ on, names, usedBy }) => {
    const place = `${on.title} (${on.existingId})`;
    const attached = force ? [] : names.filter(name => !usedBy.includes(name));
    const details = [
      ...usedBy.map(user => `${user} uses ${place}; it must stop using it before the removal`),
      ...(attached.length > 0
        ? [
            `${attached.join(', ')} is attached to ${place} and does not belong to this entry point; set options.force: true to delete it, too`,
          ]
        : []),
    ];
    return details.map(detail => ({ pointer: '', code: 'ResourceConflict' as const, detail }));
  });
}
