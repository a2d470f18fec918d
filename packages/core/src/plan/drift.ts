// Drift: changes made outside Gatehouse. Compares the last desired state of every resource of an entry point with its observed
// state. Changes nothing. A resource that cannot be read is UNKNOWN, not DRIFTED.
import { changesOf } from '../kinds/observation.ts';
import { type Problem, problemOf, toStepError } from '../ports/errors.ts';
import { inBatches } from '../ports/in-batches.ts';
import { type Owned, resolved } from '../record/owned.ts';
import type { EntryPoint } from '../record/records.ts';
import { type CloudPorts, forOneReading } from './cloud-ports.ts';
import { observationOf, READS_AT_ONCE } from './observe.ts';
import { ownedBy } from './owned.ts';

type State = 'IN_SYNC' | 'DRIFTED' | 'MISSING' | 'UNKNOWN';

export interface ResourceDrift {
  step: string;
  kind: string;
  title: string;
  id: string;
  state: State;
  differences: { member: string; expected?: unknown; found?: unknown }[];
  problem?: Problem;
}

export interface Drift {
  entryPoint: string;
  state: Exclude<State, 'MISSING'>;
  resources: ResourceDrift[];
}

export async function driftOf(given: CloudPorts, entryPoint: EntryPoint): Promise<Drift> {
  const ports = forOneReading(given);
  const owned = await ownedBy(entryPoint, ports.settings.region);
  const resources = await inBatches(owned, READS_AT_ONCE, each => driftOfOne(ports, each, owned));
  return { entryPoint: entryPoint.name, state: overall(resources), resources };
}

function overall(resources: readonly ResourceDrift[]): Drift['state'] {
  if (resources.some(({ state }) => state === 'DRIFTED' || state === 'MISSING')) return 'DRIFTED';
  return resources.some(({ state }) => state === 'UNKNOWN') ? 'UNKNOWN' : 'IN_SYNC';
}

async function driftOfOne(ports: CloudPorts, each: Owned, owned: readonly Owned[]): Promise<ResourceDrift> {
  const { step, kind, title, id } = each;
  const is = { step, kind, title, id };
  try {
    const resource = ports.resource(kind);
    const desired = resolved(each, owned);
    const observed = await resource.read(desired, id);
    if (observed === undefined) return { ...is, state: 'MISSING', differences: [] };
    const differences = changesOf({ desired }, observationOf(resource, desired, observed)).map(
      ({ member, from, to }) => ({
        member,
        ...(to === undefined ? {} : { expected: to }),
        ...(from === undefined ? {} : { found: from }),
      }),
    );
    return { ...is, state: differences.length > 0 ? 'DRIFTED' : 'IN_SYNC', differences };
  } catch (thrown) {
    return { ...is, state: 'UNKNOWN', differences: [], problem: problemOf(toStepError(thrown)) };
  }
}
