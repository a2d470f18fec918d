// Checks that need a read of the accelerator, before the first change: it exists; the ports are free; no override maps to a
// port of any listener; no fixed quota is exceeded. The cloud enforces quotas that can be raised. Everything on the
// accelerator is read, as overrides concern all of its listeners. Resources that the entry point owns are no obstacle: an
// update changes them in an order that the API allows.
import type { EndpointGroup, GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator';
import { portsKey } from '@gatehouse/core/kinds/natural-key';
import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { orAdopt } from '../or-adopt.ts';
import { readAccelerator } from './accelerator.ts';
import {
  type ExistingListener,
  everythingOn,
  foreignGroups,
  isOurs,
  type Override,
  overridesOf,
  rangesOf,
} from './existing.ts';

/** Endpoint groups per accelerator, over all its listeners; cannot be raised: docs/clouds/global-accelerator.md. */
export const MAX_GROUPS_PER_ACCELERATOR = 42;

/** The parts of a request that depend on the accelerator. */
export type Requested = {
  listener: NonNullable<AwsRequest['listener']>;
  endpointGroups: AwsRequest['endpointGroups'];
  options?: AwsRequest['options'];
};

/** `ours`: cloud ids of the resources that the entry point owns. */
export async function preflight(
  client: GlobalAcceleratorClient,
  request: AwsRequest,
  ours: readonly string[],
): Promise<Finding[]> {
  const { listener, endpointGroups, options } = request;
  if (!listener) return [];
  const arn = listener.acceleratorArn;
  if (!(await readAccelerator(client, arn))) {
    const detail = `accelerator ${arn} does not exist in this account; list the accelerators to find the ARN`;
    return [{ pointer: '/listener/acceleratorArn', code: 'NotFound', detail }];
  }
  return findings({ listener, endpointGroups, options }, await everythingOn(client, arn), ours);
}

/** Pure: checks the request against everything on its accelerator. */
export function findings(
  request: Requested,
  existing: ExistingListener[],
  ours: readonly string[] = [],
): Finding[] {
  const others = existing.filter(({ listener }) => !isOurs(listener, ours));
  const foreign = foreignGroups(existing, ours);
  const foreignOverrides = overridesOf([...others.flatMap(({ groups }) => groups), ...foreign]);
  return [
    ...takenPorts(request, others),
    ...portsUnderOverrides(request, foreignOverrides),
    ...portsDroppedUnderOverrides(request, overridesOf(foreign)),
    ...overridesOntoListeners(request, others),
    ...sharedOverridePorts(request, overridesOf(others.flatMap(({ groups }) => groups))),
    ...takenRegions(request, foreign),
    ...groupQuota(request, existing, ours),
  ];
}

function takenPorts({ listener, options }: Requested, existing: ExistingListener[]): Finding[] {
  const ports = portsKey(listener.portRanges);
  const sameProtocol = existing.filter(other => other.listener.Protocol === listener.protocol);
  return listener.portRanges.flatMap((range, index) =>
    sameProtocol.flatMap(other =>
      rangesOf(other)
        .filter(taken => taken.from <= range.toPort && range.fromPort <= taken.to)
        .map(taken => ({
          pointer: `/listener/portRanges/${index}`,
          code: 'AlreadyExists' as const,
          detail: `${listener.protocol} ports ${range.fromPort}-${range.toPort} overlap ${taken.from}-${taken.to} of listener ${other.listener.ListenerArn}; choose free ports${portsKeyOf(other) === ports ? orAdopt(options) : ''}`,
        })),
    ),
  );
}

function portsKeyOf(other: ExistingListener): string {
  return portsKey(rangesOf(other).map(({ from, to }) => ({ fromPort: from, toPort: to })));
}

function portsUnderOverrides({ listener }: Requested, overrides: Override[]): Finding[] {
  return listener.portRanges.flatMap((range, index) =>
    overrides
      .filter(({ port }) => range.fromPort <= port && port <= range.toPort)
      .map(({ port, group }) => ({
        pointer: `/listener/portRanges/${index}`,
        code: 'InvalidRequest' as const,
        detail: `endpoint group ${group} overrides a port to ${port}, so no listener of its accelerator may use that port`,
      })),
  );
}

/** A listener must keep the ports of its overrides. Ours are removed before the change, foreign ones are not. */
function portsDroppedUnderOverrides({ listener }: Requested, overrides: Override[]): Finding[] {
  const kept = (port: number) =>
    listener.portRanges.some(range => range.fromPort <= port && port <= range.toPort);
  return overrides
    .filter(({ listenerPort }) => !kept(listenerPort))
    .map(({ listenerPort, group }) => ({
      pointer: '/listener/portRanges',
      code: 'InvalidRequest' as const,
      detail: `the foreign endpoint group ${group} overrides port ${listenerPort}; keep that port, or remove the override first`,
    }));
}

function takenRegions({ endpointGroups }: Requested, foreign: EndpointGroup[]): Finding[] {
  return endpointGroups.flatMap(({ region }, index) =>
    foreign
      .filter(group => group.EndpointGroupRegion === region)
      .map(group => ({
        pointer: `/endpointGroups/${index}/region`,
        code: 'AlreadyExists' as const,
        detail: `the listener already has a foreign endpoint group in ${region}, ${group.EndpointGroupArn}; it can have one per region`,
      })),
  );
}

function overridesOntoListeners({ endpointGroups }: Requested, existing: ExistingListener[]): Finding[] {
  return overridesIn(endpointGroups).flatMap(({ pointer, port }) =>
    existing
      .filter(other => rangesOf(other).some(({ from, to }) => from <= port && port <= to))
      .map(other => ({
        pointer,
        code: 'InvalidRequest' as const,
        detail: `endpoint port ${port} is a port of listener ${other.listener.ListenerArn} on the same accelerator; choose a port that no listener uses`,
      })),
  );
}

/** In a region, the endpoint port of an override is unique across the groups of all listeners. */
function sharedOverridePorts({ endpointGroups }: Requested, overrides: Override[]): Finding[] {
  return overridesIn(endpointGroups).flatMap(({ pointer, port, region }) =>
    overrides
      .filter(other => other.region === region && other.port === port)
      .map(other => ({
        pointer,
        code: 'AlreadyExists' as const,
        detail: `endpoint port ${port} is used by an override of ${other.group} in the same region; choose another port`,
      })),
  );
}

/** Whether the groups fit beside foreign ones. The planner makes room for the update that leads there. */
function groupQuota(request: Requested, existing: ExistingListener[], ours: readonly string[]): Finding[] {
  const foreign = existing
    .flatMap(({ groups }) => groups)
    .filter(({ EndpointGroupArn: arn = '' }) => !ours.includes(arn));
  const then = foreign.length + request.endpointGroups.length;
  if (then <= MAX_GROUPS_PER_ACCELERATOR) return [];
  const detail = `the accelerator would have ${then} endpoint groups, ${foreign.length} foreign ones included; the quota is ${MAX_GROUPS_PER_ACCELERATOR} and cannot be raised`;
  return [{ pointer: '/endpointGroups', code: 'ServiceLimitExceeded', detail }];
}

function overridesIn(groups: AwsRequest['endpointGroups']) {
  return groups.flatMap((group, index) =>
    group.portOverrides.map((override, at) => ({
      pointer: `/endpointGroups/${index}/portOverrides/${at}/endpointPort`,
      port: override.endpointPort,
      region: group.region,
    })),
  );
}
