// What an update of a Global Accelerator endpoint group does to its endpoints: which go, which traffic notices, and
// what gives way to the listener's new ports. Pure.
import { isDeepStrictEqual } from 'node:util';
import { listOf, type Members, membersOf } from '../json/plain-members.ts';
import { type Owned, resolved } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { Sighting } from './observation.ts';

/** Endpoints that are asked for no more and still stand. */
export function endpointsLeaving({ desired }: Step, owned: Owned, { image }: Sighting): Members[] {
  const wanted = new Set(listOf(desired['endpoints']).map(endpoint => endpoint['endpointId']));
  const standing = membersOf(image['endpoints']);
  return listOf(owned.desired['endpoints']).filter(
    ({ endpointId }) => !wanted.has(endpointId) && String(endpointId) in standing,
  );
}

/** Switching an endpoint's client address preservation takes it out and in again. */
export function interruptionOf({ kind, desired, title }: Step, { image }: Sighting): string | undefined {
  if (kind !== 'endpointGroup') return undefined;
  const standing = membersOf(image['endpoints']);
  const switched = listOf(desired['endpoints'])
    .filter(({ endpointId, clientIPPreservationEnabled: wanted }) => {
      const found = standing[String(endpointId)];
      return (
        found !== undefined &&
        wanted !== undefined &&
        membersOf(found)['clientIPPreservationEnabled'] !== wanted
      );
    })
    .map(endpoint => endpoint['endpointId']);
  if (switched.length === 0) return undefined;
  return `${title}: ${switched.join(', ')} is taken out and put in again, as client IP preservation is switched`;
}

/** Endpoints that are asked for no more: they go when all else stands. */
export function endpointsDropped(step: Step, owned: Owned, { image }: Sighting, leaving: Members[]): Step {
  const standing = membersOf(image['endpoints']);
  const dropped = leaving.map(endpoint => String(endpoint['endpointId']));
  return {
    ...step,
    id: `drop-${step.id}`,
    act: 'update',
    title: `${dropped.length} endpoint${dropped.length === 1 ? '' : 's'} dropped from ${step.title}`,
    desired: { ...step.desired, dropped },
    standing: owned.id,
    of: owned.step,
    changes: dropped.map(id => ({ member: `endpoints.${id}`, from: standing[id] })),
  };
}

/** A group as it stands once its port overrides have given way; `first`: what goes, or gives way, before the rest. */
export function afterGivingWay(step: Step, seen: Sighting, first: readonly Step[]): Sighting {
  const portOverrides = first.find(({ id }) => id === prepareId(step.id))?.desired['portOverrides'];
  if (portOverrides === undefined) return seen;
  const others = seen.drift.filter(member => member !== 'portOverrides');
  const same = isDeepStrictEqual(byPort(portOverrides), byPort(step.desired['portOverrides']));
  const image = { ...seen.image, portOverrides };
  return { ...seen, image, drift: same ? others : [...others, 'portOverrides'] };
}

function byPort(overrides: unknown): Members[] {
  return listOf(overrides).toSorted((a, b) => Number(a['listenerPort']) - Number(b['listenerPort']));
}

const prepareId = (step: string) => `prepare-${step}`;

/** Port overrides that the listener's new ports would refuse give way before it changes. */
export function overridesGivingWay(
  listener: Step,
  seen: Sighting,
  owned: readonly Owned[],
  sightings: ReadonlyMap<string, Sighting>,
): Step[] {
  if (!seen.drift.some(member => member === 'portRanges' || member === 'protocol')) return [];
  const ranges = listOf(listener.desired['portRanges']);
  const within = (port: unknown) =>
    ranges.some(
      range => Number(range['fromPort']) <= Number(port) && Number(port) <= Number(range['toPort']),
    );
  return owned
    .filter(({ needs }) => needs['listenerArn'] === listener.id)
    .flatMap((group): Step[] => {
      const overrides = listOf(group.desired['portOverrides']);
      const portOverrides = overrides.filter(
        ({ listenerPort, endpointPort }) => within(listenerPort) && !within(endpointPort),
      );
      if (portOverrides.length === overrides.length) return [];
      // It changes the overrides alone: endpoints left out are none of its business, other members stay as they stand.
      const { endpoints: _, ...standing } = sightings.get(group.step)?.image ?? {};
      const desired = { ...resolved(group, owned), ...standing, endpoints: [], portOverrides };
      return [
        {
          id: prepareId(group.step),
          kind: group.kind,
          act: 'update',
          title: `port overrides of ${group.title}`,
          mayBeGone: true,
          desired,
          needs: {},
          standing: group.id,
          of: group.step,
          changes: [{ member: 'portOverrides', from: overrides, to: portOverrides }],
          because: 'the ports that the listener gets rule them out',
        },
      ];
    });
}
