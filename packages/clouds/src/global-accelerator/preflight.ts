// What only a look at the accelerator shows, before the first change: it exists; the ports are free; no override
// lands on a listener's port, theirs or ours; no fixed quota is passed. Quotas that can be raised are the cloud's
// to refuse, as only it knows them. Reads everything on the accelerator, as overrides tie all listeners together. What
// the entry point owns already is in nobody's way: an update brings it in line in an order that the API allows.
import type { EndpointGroup, GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator';
import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { readAccelerator } from './accelerator.ts';
import {
  everythingOn,
  foreignGroups,
  groupsAtMost,
  groupsThere,
  isOurs,
  type Override,
  overridesOf,
  rangesOf,
  type StandingListener,
} from './standing.ts';

/** Endpoint groups per accelerator, over all its listeners; cannot be raised: docs/clouds/global-accelerator.md. */
export const MAX_GROUPS_PER_ACCELERATOR = 42;

/** The part of a request that an accelerator bears on. */
export type Asked = {
  listener: NonNullable<AwsRequest['listener']>;
  endpointGroups: AwsRequest['endpointGroups'];
};

/** `ours`: cloud ids of what the entry point owns already. */
export async function preflight(
  client: GlobalAcceleratorClient,
  request: AwsRequest,
  ours: readonly string[],
): Promise<Finding[]> {
  const { listener, endpointGroups } = request;
  if (!listener) return [];
  const arn = listener.acceleratorArn;
  if (!(await readAccelerator(client, arn))) {
    const detail = `there is no accelerator ${arn} in this account; list those there are and take one's ARN`;
    return [{ pointer: '/listener/acceleratorArn', code: 'NotFound', detail }];
  }
  return findings({ listener, endpointGroups }, await everythingOn(client, arn), ours);
}

/** Pure: the request against everything that stands on its accelerator. */
export function findings(
  request: Asked,
  standing: StandingListener[],
  ours: readonly string[] = [],
): Finding[] {
  const others = standing.filter(({ listener }) => !isOurs(listener, ours));
  const foreign = foreignGroups(standing, ours);
  const foreignOverrides = overridesOf([...others.flatMap(({ groups }) => groups), ...foreign]);
  return [
    ...takenPorts(request, others),
    ...portsUnderOverrides(request, foreignOverrides),
    ...portsDroppedUnderOverrides(request, overridesOf(foreign)),
    ...overridesOntoListeners(request, others),
    ...sharedOverridePorts(request, overridesOf(others.flatMap(({ groups }) => groups))),
    ...takenRegions(request, foreign),
    ...groupQuota(request, standing, ours),
  ];
}

function takenPorts({ listener }: Asked, standing: StandingListener[]): Finding[] {
  const sameProtocol = standing.filter(other => other.listener.Protocol === listener.protocol);
  return listener.portRanges.flatMap((range, index) =>
    sameProtocol.flatMap(other =>
      rangesOf(other)
        .filter(taken => taken.from <= range.toPort && range.fromPort <= taken.to)
        .map(taken => ({
          pointer: `/listener/portRanges/${index}`,
          code: 'AlreadyExists' as const,
          detail: `${listener.protocol} ports ${range.fromPort}-${range.toPort} overlap ${taken.from}-${taken.to} of listener ${other.listener.ListenerArn}; take ports that are free`,
        })),
    ),
  );
}

function portsUnderOverrides({ listener }: Asked, overrides: Override[]): Finding[] {
  return listener.portRanges.flatMap((range, index) =>
    overrides
      .filter(({ port }) => range.fromPort <= port && port <= range.toPort)
      .map(({ port, group }) => ({
        pointer: `/listener/portRanges/${index}`,
        code: 'InvalidRequest' as const,
        detail: `endpoint group ${group} overrides a port to ${port}, which no listener of its accelerator may have`,
      })),
  );
}

/** A listener keeps the ports that an override on it names: ours are stripped before, those of others are not. */
function portsDroppedUnderOverrides({ listener }: Asked, overrides: Override[]): Finding[] {
  const kept = (port: number) =>
    listener.portRanges.some(range => range.fromPort <= port && port <= range.toPort);
  return overrides
    .filter(({ listenerPort }) => !kept(listenerPort))
    .map(({ listenerPort, group }) => ({
      pointer: '/listener/portRanges',
      code: 'InvalidRequest' as const,
      detail: `endpoint group ${group}, which is not of this entry point, overrides port ${listenerPort}; keep that port, or have the override taken off`,
    }));
}

function takenRegions({ endpointGroups }: Asked, foreign: EndpointGroup[]): Finding[] {
  return endpointGroups.flatMap(({ region }, index) =>
    foreign
      .filter(group => group.EndpointGroupRegion === region)
      .map(group => ({
        pointer: `/endpointGroups/${index}/region`,
        code: 'AlreadyExists' as const,
        detail: `the listener has an endpoint group in ${region} that is not of this entry point, ${group.EndpointGroupArn}; it can have one per region`,
      })),
  );
}

function overridesOntoListeners({ endpointGroups }: Asked, standing: StandingListener[]): Finding[] {
  return overridesIn(endpointGroups).flatMap(({ pointer, port }) =>
    standing
      .filter(other => rangesOf(other).some(({ from, to }) => from <= port && port <= to))
      .map(other => ({
        pointer,
        code: 'InvalidRequest' as const,
        detail: `endpoint port ${port} is a port of listener ${other.listener.ListenerArn} on the same accelerator; take one that no listener has`,
      })),
  );
}

/** Per region, the endpoint port of an override is unique over the groups of different listeners. */
function sharedOverridePorts({ endpointGroups }: Asked, overrides: Override[]): Finding[] {
  return overridesIn(endpointGroups).flatMap(({ pointer, port, region }) =>
    overrides
      .filter(other => other.region === region && other.port === port)
      .map(other => ({
        pointer,
        code: 'AlreadyExists' as const,
        detail: `endpoint port ${port} is used by an override of ${other.group} in the same region; take another`,
      })),
  );
}

function groupQuota(request: Asked, standing: StandingListener[], ours: readonly string[]): Finding[] {
  const regions = request.endpointGroups.map(({ region }) => region);
  const [there, then] = [groupsThere(standing), groupsAtMost(regions, standing, ours)];
  if (then <= MAX_GROUPS_PER_ACCELERATOR) return [];
  const most = `it may have ${MAX_GROUPS_PER_ACCELERATOR} in all, a quota that cannot be raised`;
  const detail = `the accelerator has ${there} endpoint groups and would have ${then}, as new ones come before old ones go; ${most}`;
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
