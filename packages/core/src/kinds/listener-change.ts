// What AWS refuses while a listener changes: port overrides that conflict with its new ports, and Application Load Balancers
// behind UDP. The groups of the entry point give both up before the update of the listener.
import { isDeepStrictEqual } from 'node:util';
import { membersOf } from '../json/plain-members.ts';
import { type Owned, resolved } from '../record/owned.ts';
import type { Change, Step } from '../record/plan.ts';
import { readEndpointId } from '../request/aws/endpoint-id.ts';
import type { PortRange } from '../request/port-rules.ts';
import type { DesiredByKind } from '../request/request.ts';
import { type Beforehand, type Interruption, type ParentUpdate, preparationId } from './decision.ts';
import type { Observation } from './observation.ts';

type Group = Owned<'endpointGroup'>;
type Listener = DesiredByKind['listener'];

/** One update per group that is in the way. The port of an override that gets another one has none in between. */
export function beforeListenerChange({
  parent,
  observed,
  dependents,
  wanted,
  inventory,
  observations,
}: ParentUpdate): Beforehand {
  if (parent.kind !== 'listener') return {};
  if (!observed.drift.some(member => member === 'portRanges' || member === 'protocol')) return {};
  const groups = dependents.filter(each => each.kind === 'endpointGroup');
  const given = groups.map(group => givenUp(group, parent.desired, observations.get(group.step)));
  return {
    preparations: given.flatMap(each => preparationOf(each, inventory, observations)),
    interruptions: given.flatMap(each => [
      ...interruptionOf(each, parent.title),
      ...replacedOverrides(each, wanted).map(override => withoutOverride(override, each.group)),
    ]),
  };
}

interface GivenUp {
  group: Group;
  /** The overrides that stay. */
  portOverrides: Group['desired']['portOverrides'];
  /** Our endpoints that have to leave. */
  leaving: Group['desired']['endpoints'];
}

function givenUp(group: Group, listener: Listener, observation: Observation | undefined): GivenUp {
  const isListenerPort = isWithin(listener.portRanges);
  const { portOverrides, endpoints } = group.desired;
  const existing = observation && membersOf(observation.snapshot['endpoints']);
  return {
    group,
    portOverrides: portOverrides.filter(
      ({ listenerPort, endpointPort }) => isListenerPort(listenerPort) && !isListenerPort(endpointPort),
    ),
    leaving: endpoints.filter(
      ({ endpointId }) =>
        listener.protocol === 'UDP' &&
        readEndpointId(endpointId).kind === 'applicationLoadBalancer' &&
        (!existing || endpointId in existing),
    ),
  };
}

function isWithin(ranges: readonly PortRange[]): (port: number) => boolean {
  return port => ranges.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort);
}

function preparationOf(
  { group, portOverrides, leaving }: GivenUp,
  inventory: ParentUpdate['inventory'],
  observations: ParentUpdate['observations'],
): Step<'endpointGroup'>[] {
  const before = group.desired.portOverrides;
  const dropped = leaving.map(({ endpointId }) => endpointId);
  const clears = portOverrides.length < before.length;
  if (!clears && dropped.length === 0) return [];
  // Changes nothing else: the update names no other endpoint, and other members keep their observed values.
  const { endpoints, ...existing } = observations.get(group.step)?.snapshot ?? {};
  const desired = { ...resolved(group, inventory), ...existing, endpoints: [], portOverrides };
  const changes: Change[] = [
    ...(clears ? [{ member: 'portOverrides', from: before, to: portOverrides }] : []),
    ...leaving.map(endpoint => ({
      member: `endpoints.${endpoint.endpointId}`,
      from: membersOf(endpoints)[endpoint.endpointId] ?? endpoint,
    })),
  ];
  const titles = [...(clears ? ['port overrides'] : []), ...(dropped.length > 0 ? ['load balancers'] : [])];
  return [
    {
      id: preparationId(group.step),
      kind: group.kind,
      act: 'update',
      title: `${titles.join(' and ')} of ${group.title}`,
      mayBeGone: true,
      desired,
      ...(dropped.length > 0 ? { instructions: { dropped, leaving } } : {}),
      needs: {},
      existingId: group.id,
      of: group.step,
      changes,
      reason: `${clears ? 'they conflict with the new ports of the listener' : 'they cannot serve UDP'}`,
    },
  ];
}

function interruptionOf({ group, leaving }: GivenUp, listener: string): Interruption[] {
  if (leaving.length === 0) return [];
  const ids = leaving.map(({ endpointId }) => endpointId).join(', ');
  const verb = leaving.length === 1 ? 'is' : 'are';
  return [{ text: `${group.title}: ${ids} ${verb} removed before ${listener} leaves TCP` }];
}

type Override = GivenUp['portOverrides'][number];

/** Those that are given up although the group is to have another override of the same listener port. */
function replacedOverrides({ group, portOverrides }: GivenUp, wanted: readonly Step[]): Override[] {
  const next = wanted.find(({ id }) => id === group.step);
  if (next?.kind !== 'endpointGroup') return [];
  const ports = next.desired.portOverrides.map(({ listenerPort }) => listenerPort);
  return group.desired.portOverrides.filter(
    each => !portOverrides.includes(each) && ports.includes(each.listenerPort),
  );
}

function withoutOverride({ listenerPort, endpointPort }: Override, { title }: Group): Interruption {
  const text = `${title}: port ${listenerPort} has no override while the listener gets port ${endpointPort}`;
  return { text, otherWay: 'change the override in a separate update first' };
}

/** The observation of the group after its preparation. */
export function afterListenerChange(
  step: Step<'endpointGroup'>,
  observed: Observation,
  { desired, instructions }: Step<'endpointGroup'>,
): Observation {
  const { portOverrides } = desired;
  const { dropped = [] } = instructions ?? {};
  const gone = new Set([dropped].flat());
  const endpoints = Object.entries(membersOf(observed.snapshot['endpoints'])).filter(([id]) => !gone.has(id));
  const others = observed.drift.filter(member => member !== 'portOverrides');
  const isSame = isDeepStrictEqual(byPort(portOverrides), byPort(step.desired.portOverrides));
  return {
    ...observed,
    snapshot: { ...observed.snapshot, portOverrides, endpoints: Object.fromEntries(endpoints) },
    drift: isSame ? others : [...others, 'portOverrides'],
  };
}

function byPort(overrides: DesiredByKind['endpointGroup']['portOverrides']) {
  return overrides.toSorted((one, other) => one.listenerPort - other.listenerPort);
}
