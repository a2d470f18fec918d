// Port overrides connect the listeners of an accelerator: an override's endpoint port cannot be a port of any listener,
// nor be shared, per region, by groups of different listeners. Both changes are checked: of overrides, and of a
// listener.
import { invalidArgument } from './errors.ts';
import { isWithin } from './port-ranges.ts';
import {
  acceleratorArnOf,
  groupsOf,
  type Listener,
  listenerArnOf,
  listenersOf,
  type PortOverride,
  type PortRange,
  type State,
} from './state.ts';

export function refuseOverrides(
  state: State,
  overrides: PortOverride[],
  group: { listener: Listener; region: string },
): void {
  const { ListenerArn, PortRanges } = group.listener;
  const acceleratorArn = acceleratorArnOf(ListenerArn);
  const listenerRanges = listenersOf(state, acceleratorArn).flatMap(listener => listener.PortRanges);
  const takenByOthers = groupsOf(state, acceleratorArn)
    .filter(({ EndpointGroupArn }) => listenerArnOf(EndpointGroupArn) !== ListenerArn)
    .filter(({ EndpointGroupRegion }) => EndpointGroupRegion === group.region)
    .flatMap(({ PortOverrides }) => PortOverrides.map(({ EndpointPort }) => EndpointPort));

  refuseTwice(overrides, 'ListenerPort');
  refuseTwice(overrides, 'EndpointPort');
  for (const { ListenerPort, EndpointPort } of overrides) {
    if (!isWithin(ListenerPort, PortRanges)) {
      throw invalidArgument(`The listener has no port ${ListenerPort} to override`);
    }
    if (isWithin(EndpointPort, listenerRanges)) {
      throw invalidArgument(`Endpoint port ${EndpointPort} is a port of a listener of this accelerator`);
    }
    if (takenByOthers.includes(EndpointPort)) {
      throw invalidArgument(`Endpoint port ${EndpointPort} is used by a port override of another listener`);
    }
  }
}

/** `listenerArn`: the existing listener that gets the ranges, if any. */
export function refuseRangesAgainstOverrides(
  state: State,
  ranges: PortRange[],
  of: { acceleratorArn: string; listenerArn?: string },
): void {
  for (const group of groupsOf(state, of.acceleratorArn)) {
    const isOwn = listenerArnOf(group.EndpointGroupArn) === of.listenerArn;
    for (const { ListenerPort, EndpointPort } of group.PortOverrides) {
      if (isOwn && !isWithin(ListenerPort, ranges)) {
        throw invalidArgument(`Port ${ListenerPort} is overridden by ${group.EndpointGroupArn}`);
      }
      if (isWithin(EndpointPort, ranges)) {
        throw invalidArgument(`Port ${EndpointPort} is an endpoint port of ${group.EndpointGroupArn}`);
      }
    }
  }
}

function refuseTwice(overrides: PortOverride[], member: keyof PortOverride): void {
  if (new Set(overrides.map(override => override[member])).size < overrides.length) {
    throw invalidArgument(`Two port overrides have the same ${member}`);
  }
}
