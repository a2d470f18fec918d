// Observations for a plan: each resource that a request wants or that an entry point owns is read once and compared with its
// desired state. Changes nothing. A failed read throws, because a plan from incomplete observations would be wrong.

import type { Observation } from '../kinds/observation.ts';
import { outputsOf } from '../kinds/outputs.ts';
import { inBatches } from '../ports/in-batches.ts';
import type { Resource } from '../ports/resource.ts';
import { type Owned, resolved } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { CloudPorts } from './cloud-ports.ts';
import { adoptable, type Pair } from './match.ts';

/** By step id. A step without an observation has no object in the cloud. */
export type Observations = Map<string, Observation>;

/** Reads owned resources by their ids, and other wanted resources by their natural keys. */
export async function observeWanted(
  ports: Pick<CloudPorts, 'resource'>,
  pairs: readonly Pair[],
  owned: readonly Owned[],
): Promise<Observations> {
  const observations: Observations = new Map();
  const steps = pairs.filter(({ step }) => step.act !== 'wait');
  // Parents first: the reads of their children need their ids.
  for (const wave of generations(steps)) {
    const found = await inBatches(wave, READS_AT_ONCE, pair => observe(ports, pair, owned, observations));
    for (const [index, observation] of found.entries()) {
      const id = wave[index]?.step.id;
      if (observation && id !== undefined) observations.set(id, observation);
    }
  }
  return observations;
}

/** First the steps that need no other, then the steps that need only these, and so on. */
function generations(steps: readonly Pair[]): Pair[][] {
  const ids = new Set(steps.map(({ step }) => step.id));
  const isChild = ({ step }: Pair) => Object.values(step.needs).some(parent => ids.has(parent));
  const [eldest, younger] = [steps.filter(pair => !isChild(pair)), steps.filter(isChild)];
  return eldest.length === 0 ? [younger] : [eldest, ...(younger.length > 0 ? generations(younger) : [])];
}

async function observe(
  ports: Pick<CloudPorts, 'resource'>,
  { step: wanted, owned: existing }: Pair,
  owned: readonly Owned[],
  parents: Observations,
): Promise<Observation | undefined> {
  const step = existing ? wanted : adoptable(wanted);
  const desired = desiredOf(step, existing, owned, parents);
  if (!desired) return undefined;
  const resource = ports.resource(step.kind);
  const observed = await resource.read(desired, existing?.id);
  return observed === undefined ? undefined : observationOf(resource, desired, observed);
}

/**
 * The desired state with the ids of its present or new parents; undefined if a parent does not exist. If an owned resource gets
 * a parent that does not exist yet, the step is an update anyway.
 */
function desiredOf(
  { desired: wanted, instructions, needs }: Step,
  existing: Owned | undefined,
  owned: readonly Owned[],
  parents: Observations,
): Record<string, unknown> | undefined {
  const desired = { ...wanted, ...instructions };
  if (existing) {
    const others = Object.entries(needs).flatMap(([member, parent]) => {
      const id = existing.needs[member] === parent ? undefined : parents.get(parent)?.id;
      return id === undefined ? [] : [[member, id]];
    });
    return { ...resolved({ ...existing, desired }, owned), ...Object.fromEntries(others) };
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
  resource: Resource,
  desired: Record<string, unknown>,
  observed: unknown,
): Observation {
  const { idOf, drift, createOnly = [], snapshot } = resource;
  const differs = drift(desired, observed);
  const outputs = outputsOf(resource, observed);
  return {
    id: idOf(observed),
    snapshot: snapshot?.(observed) ?? {},
    drift: differs,
    createOnly: differs.filter(member => createOnly.includes(member)),
    ...(outputs ? { outputs } : {}),
  };
}

/** A cloud's rate limit for reads is low, and shared by the whole account. */
export const READS_AT_ONCE = 5;
