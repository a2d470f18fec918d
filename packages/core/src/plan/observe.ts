// A look at what stands, for a plan: each resource that a request wants or an entry point owns, read once, compared with
// what is wanted. Changes nothing. A read that fails throws: a plan from half a look would be a wrong one.

import { KINDS } from '../kinds/kinds.ts';
import type { Observation } from '../kinds/observation.ts';
import { inBatches } from '../ports/in-batches.ts';
import type { Resource } from '../ports/resource.ts';
import { type Owned, resolved } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { CloudPorts } from './cloud-ports.ts';
import { adoptable, type Pair } from './match.ts';

/** By step id. What is not in it does not stand. */
export type Observations = Map<string, Observation>;

/** What is owned is read by its id, what is only wanted is looked for by its natural key. */
export async function observeWanted(
  ports: Pick<CloudPorts, 'resource'>,
  pairs: readonly Pair[],
  owned: readonly Owned[],
): Promise<Observations> {
  const observations: Observations = new Map();
  const steps = pairs.filter(({ step }) => step.act !== 'wait');
  // Parents first: what belongs to them is found by their ids.
  for (const wave of generations(steps)) {
    const found = await inBatches(wave, READS_AT_ONCE, pair => observe(ports, pair, owned, observations));
    for (const [index, observation] of found.entries()) {
      const id = wave[index]?.step.id;
      if (observation && id !== undefined) observations.set(id, observation);
    }
  }
  return observations;
}

/** Those that need none of the others, then those that need only these, and so on. */
function generations(steps: readonly Pair[]): Pair[][] {
  const ids = new Set(steps.map(({ step }) => step.id));
  const isChild = ({ step }: Pair) => Object.values(step.needs).some(parent => ids.has(parent));
  const [eldest, younger] = [steps.filter(pair => !isChild(pair)), steps.filter(isChild)];
  return eldest.length === 0 ? [younger] : [eldest, ...(younger.length > 0 ? generations(younger) : [])];
}

async function observe(
  ports: Pick<CloudPorts, 'resource'>,
  { step: wanted, owned: standing }: Pair,
  owned: readonly Owned[],
  parents: Observations,
): Promise<Observation | undefined> {
  const step = standing ? wanted : adoptable(wanted);
  const desired = desiredOf(step, standing, owned, parents);
  if (!desired) return undefined;
  const resource = ports.resource(step.kind);
  const observed = await resource.read(desired, standing?.id);
  return observed === undefined ? undefined : observationOf(resource, desired, observed);
}

/**
 * With its parents' ids: of what it belongs to already, or is to belong to from now on; undefined where there is no parent.
 * One that is still to be made makes the step an update anyway.
 */
function desiredOf(
  { desired: wanted, instructions, needs }: Step,
  standing: Owned | undefined,
  owned: readonly Owned[],
  parents: Observations,
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

export function observationOf(
  { idOf, drift, createOnly = [], snapshot }: Resource,
  desired: Record<string, unknown>,
  observed: unknown,
): Observation {
  const differs = drift(desired, observed);
  return {
    id: idOf(observed),
    snapshot: snapshot?.(observed) ?? {},
    drift: differs,
    createOnly: differs.filter(member => createOnly.includes(member)),
  };
}

/** What others have on a resource of ours; `usedBy`: those of them that use it, and are not ours to take off. */
export interface ForeignObjects {
  on: Owned;
  names: string[];
  usedBy: string[];
}

/** Of what an entry point owns, what is to go: as it stands, and what others have hung on it. */
export async function observeOwned(
  ports: Pick<CloudPorts, 'resource'>,
  owned: readonly Owned[],
  going: readonly Owned[] = owned,
): Promise<{ observations: Observations; foreignObjects: ForeignObjects[] }> {
  const observations: Observations = new Map();
  const ours = new Set(owned.flatMap(each => KINDS[each.kind].namesInParent?.(each) ?? [each.id]));
  const found = await inBatches(going, READS_AT_ONCE, async each => {
    const resource = ports.resource(each.kind);
    const desired = resolved(each, owned);
    const observed = await resource.read(desired, each.id);
    if (observed === undefined) return [];
    observations.set(each.step, observationOf(resource, desired, observed));
    const names = (await resource.foreignDependents?.(desired, observed)) ?? [];
    const others = names.filter(name => !ours.has(name));
    const usedBy = resource.foreignUsers?.(observed) ?? [];
    return others.length > 0 ? [{ on: each, names: others, usedBy }] : [];
  });
  return { observations, foreignObjects: found.flat() };
}

/** A cloud's budget for reads is small, and everybody's. */
export const READS_AT_ONCE = 5;
