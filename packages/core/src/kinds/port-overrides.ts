// Port overrides of Global Accelerator endpoint groups that conflict with the new ports of their listener. AWS would refuse the
// update of the listener, so the overrides are cleared before it.
import { isDeepStrictEqual } from 'node:util';
import { type Owned, resolved } from '../record/owned.ts';
import type { Change, Step } from '../record/plan.ts';
import type { PortRange } from '../request/port-rules.ts';
import type { DesiredByKind } from '../request/request.ts';
import { type Beforehand, type Interruption, type ParentUpdate, preparationId } from './decision.ts';
import type { Observation } from './observation.ts';

/** One update per group that has such overrides. The port of an override that gets another one has none in between. */
export function clearedPortOverrides({
  parent,
  observed,
  dependents,
  wanted,
  inventory,
  observations,
}: ParentUpdate): Beforehand {
  if (parent.kind !== 'listener') return {};
  if (!observed.drift.some(member => member === 'portRanges' || member === 'protocol')) return {};
  const isListenerPort = isWithin(parent.desired.portRanges);
  const groups = dependents.filter(each => each.kind === 'endpointGroup');
  const cleared = groups.flatMap(group => {
    const overrides = group.desired.portOverrides;
    const portOverrides = overrides.filter(
      ({ listenerPort, endpointPort }) => isListenerPort(listenerPort) && !isListenerPort(endpointPort),
    );
    if (portOverrides.length === overrides.length) return [];
    // Changes only the overrides: the update names no endpoint, and other members keep their observed values.
    const { endpoints: _, ...existing } = observations.get(group.step)?.snapshot ?? {};
    const desired = { ...resolved(group, inventory), ...existing, endpoints: [], portOverrides };
    const step = clearing(group, desired, { member: 'portOverrides', from: overrides, to: portOverrides });
    const replaced = overrides.filter(
      each => !portOverrides.includes(each) && overridden(each, group, wanted),
    );
    return [{ step, interruptions: replaced.map(each => withoutOverride(each, group)) }];
  });
  return {
    preparations: cleared.map(({ step }) => step),
    interruptions: cleared.flatMap(({ interruptions }) => interruptions),
  };
}

type Override = DesiredByKind['endpointGroup']['portOverrides'][number];

/** Whether the group is to have another override of the same listener port. */
function overridden({ listenerPort }: Override, { step }: Owned, wanted: readonly Step[]): boolean {
  const group = wanted.find(({ id }) => id === step);
  if (group?.kind !== 'endpointGroup') return false;
  return group.desired.portOverrides.some(each => each.listenerPort === listenerPort);
}

function withoutOverride({ listenerPort, endpointPort }: Override, { title }: Owned): Interruption {
  const text = `${title}: port ${listenerPort} has no override while the listener gets port ${endpointPort}`;
  return { text, otherWay: 'change the override in a separate update first' };
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
