// What was changed behind our back: everything that an entry point owns, as it was last set and as it stands. Changes
// nothing, and calls nothing drifted that could not be read.
import type { DriftView } from './answers.ts';
import { problemOf, toStepError } from './errors.ts';
import { type Owned, ownedBy, resolved } from './owned.ts';
import type { CloudPorts } from './ports.ts';
import type { EntryPoint } from './records.ts';
import { changesOf } from './sighting.ts';
import { READS_AT_ONCE, sightingOf } from './survey.ts';
import { inWaves } from './waves.ts';

type ResourceDrift = DriftView['resources'][number];

export async function driftOf(ports: CloudPorts, entryPoint: EntryPoint): Promise<DriftView> {
  const owned = ownedBy(entryPoint, ports.settings.region);
  const resources = await inWaves(owned, READS_AT_ONCE, each => driftOfOne(ports, each, owned));
  return { entryPoint: entryPoint.name, state: overall(resources), resources };
}

function overall(resources: readonly ResourceDrift[]): DriftView['state'] {
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
    const differences = changesOf({ desired }, sightingOf(resource, desired, observed)).map(
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
