// Port overrides of Global Accelerator endpoint groups that conflict with the new ports of their listener. AWS would refuse the
// update of the listener, so the overrides are cleared before it.
import { isDeepStrictEqual } from 'node:util';
import { type Owned, resolved } from '../record/owned.ts';
import type { Change, Step } from '../record/plan.ts';
import type { PortRange } from '../request/port-rules.ts';
import type { DesiredByKind } from '../request/request.ts';
import { type ParentUpdate, preparationId } from './decision.ts';
import type { Observation } from './observation.ts';

/** One update per group that has such overrides. */
export function clearedPortOverrides({
  parent,
  observed,
  dependents,
  inventory,
  observations,
}: ParentUpdate): Step<'endpointGroup'>[] {
  if (parent.kind !== 'listener') return [];
  if (!observed.drift.some(member => member === 'portRanges' || member === 'protocol')) return [];
  const isListenerPort = isWithin(parent.desired.portRanges);
  const groups = dependents.filter(each => each.kind === 'endpointGroup');
  return groups.flatMap(group => {
    const overrides = group.desired.portOverrides;
    const portOverrides = overrides.filter(
      ({ listenerPort, endpointPort }) => isListenerPort(listenerPort) && !isListenerPort(endpointPort),
    );
    if (portOverrides.length === overrides.length) return [];
    // Changes only the overrides: the update names no endpoint, and other members keep their observed values.
    const { endpoints: _, ...existing } = observations.get(group.step)?.snapshot ?? {};
    const desired = { ...resolved(group, inventory), ...existing, endpoints: [], portOverrides };
    return [clearing(group, desired, { member: 'portOverrides', from: overrides, to: portOverrides })];
  });
}

function isWithin(ranges: readonly PortRange[]): (port: number) => boolean {
  return port => ranges.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort);
}

function clearing(
  group: Owned<'endpointGroup'>,
  desired: DesiredByKind['endpointGroup'],
  change: Change,
): Step<'endpointGroup'> {
  return {
    id: preparationId(group.step),
    kind: group.kind,
    act: 'update',
    title: `port overrides of ${group.title}`,
    mayBeGone: true,
    desired,
    needs: {},
    existingId: group.id,
    of: group.step,
    changes: [change],
    reason: 'they conflict with the new ports of the listener',
  };
}

/** The observation of the group after its overrides have been cleared. */
export function afterPortOverrides(
  step: Step<'endpointGroup'>,
  observed: Observation,
  { desired }: Step<'endpointGroup'>,
): Observation {
  const { portOverrides } = desired;
  const others = observed.drift.filter(member => member !== 'portOverrides');
  const isSame = isDeepStrictEqual(byPort(portOverrides), byPort(step.desired.portOverrides));
  return {
    ...observed,
    snapshot: { ...observed.snapshot, portOverrides },
    drift: isSame ? others : [...others, 'portOverrides'],
  };
}

function byPort(overrides: DesiredByKind['endpointGroup']['portOverrides']) {
  return overrides.toSorted((one, other) => one.listenerPort - other.listenerPort);
}
