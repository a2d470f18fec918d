// A look at what stands, for a plan: each resource that a request wants or an entry point owns, read once, compared with
// what is wanted. Changes nothing. A read that fails throws: a plan from half a look would be a wrong one.

import { KINDS } from '../kinds/kinds.ts';
import type { Sighting } from '../kinds/observation.ts';
import { inWaves } from '../ports/in-batches.ts';
import type { Resource } from '../ports/resource.ts';
import { type Owned, resolved } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { CloudPorts } from './cloud-ports.ts';
import { adoptable, type Pair } from './match.ts';

/** By step id. What is not in it does not stand. */
export type Sightings = Map<string, Sighting>;

/** What is owned is read by its id, what is only wanted is looked for by its natural key. */
export async function surveyWanted(
  ports: Pick<CloudPorts, 'resource'>,
  pairs: readonly Pair[],
  owned: readonly Owned[],
): Promise<Sightings> {
  const sightings: Sightings = new Map();
  const steps = pairs.filter(({ step }) => step.act !== 'wait');
  // Parents first: what belongs to them is found by their ids.
  for (const wave of generations(steps)) {
    const found = await inWaves(wave, READS_AT_ONCE, pair => sight(ports, pair, owned, sightings));
    for (const [index, sighting] of found.entries()) {
      const id = wave[index]?.step.id;
      if (sighting && id !== undefined) sightings.set(id, sighting);
    }
  }
  return sightings;
}

/** Those that need none of the others, then those that need only these, and so on. */
function generations(steps: readonly Pair[]): Pair[][] {
  const ids = new Set(steps.map(({ step }) => step.id));
  const isChild = ({ step }: Pair) => Object.values(step.needs).some(parent => ids.has(parent));
  const [eldest, younger] = [steps.filter(pair => !isChild(pair)), steps.filter(isChild)];
  return eldest.length === 0 ? [younger] : [eldest, ...(younger.length > 0 ? generations(younger) : [])];
}

async function sight(
  ports: Pick<CloudPorts, 'resource'>,
  { step: wanted, owned: standing }: Pair,
  owned: readonly Owned[],
  parents: Sightings,
): Promise<Sighting | undefined> {
  const step = standing ? wanted : adoptable(wanted);
  const desired = desiredOf(step, standing, owned, parents);
  if (!desired) return undefined;
  const resource = ports.resource(step.kind);
  const observed = await resource.read(desired, standing?.id);
  return observed === undefined ? undefined : sightingOf(resource, desired, observed);
}

/**
 * With its parents' ids: of what it belongs to already, or is to belong to from now on; undefined where there is no parent.
 * One that is still to be made makes the step an update anyway.
 */
function desiredOf(
  { desired: wanted, instructions, needs }: Step,
  standing: Owned | undefined,
  owned: readonly Owned[],
  parents: Sightings,
): Record<string, unknown> | undefined {
  const desired = { ...wanted, ...instructions };
  if (standing) {
    const others = Object.entries(needs).flatMap(([member, parent]) => {
      const id = standing.needs[member] === parent ? undefined : parents.get(parent)?.id;
      return id === undefined ? [] : [[member, id]];
    });
    return { ...resolved({ ...standing, desired }, owned), ...Object.fromEntries(others) };
  }
  const ids: Record<string, string> = {};
  for (const [member, parent] of Object.entries(needs)) {
    const id = parents.get(parent)?.id;
    if (id === undefined) return undefined;
    ids[member] = id;
  }
  return { ...desired, ...ids };
}

export function sightingOf(
  { idOf, drift, fixed = [], image }: Resource,
  desired: Record<string, unknown>,
  observed: unknown,
): Sighting {
  const differs = drift(desired, observed);
  return {
    id: idOf(observed),
    image: image?.(observed) ?? {},
    drift: differs,
    fixed: differs.filter(member => fixed.includes(member)),
  };
}

/** What others have on a resource of ours; `usedBy`: those of them that use it, and are not ours to take off. */
export interface Strangers {
  on: Owned;
  names: string[];
  usedBy: string[];
}

/** Of what an entry point owns, what is to go: as it stands, and what others have hung on it. */
export async function surveyOwned(
  ports: Pick<CloudPorts, 'resource'>,
  owned: readonly Owned[],
  going: readonly Owned[] = owned,
): Promise<{ sightings: Sightings; strangers: Strangers[] }> {
  const sightings: Sightings = new Map();
  const ours = new Set(owned.flatMap(each => KINDS[each.kind].namesInParent?.(each) ?? [each.id]));
  const found = await inWaves(going, READS_AT_ONCE, async each => {
    const resource = ports.resource(each.kind);
    const desired = resolved(each, owned);
    const observed = await resource.read(desired, each.id);
    if (observed === undefined) return [];
    sightings.set(each.step, sightingOf(resource, desired, observed));
    const names = (await resource.strangers?.(desired, observed)) ?? [];
    const others = names.filter(name => !ours.has(name));
    const usedBy = resource.usedBy?.(observed) ?? [];
    return others.length > 0 ? [{ on: each, names: others, usedBy }] : [];
  });
  return { sightings, strangers: found.flat() };
}

/** A cloud's budget for reads is small, and everybody's. */
export const READS_AT_ONCE = 5;
