// What only a look at the accelerator shows, before the first change: it exists; the ports are free; no override
// lands on a listener's port, theirs or ours; no fixed quota is passed. Quotas that can be raised are the cloud's
// to refuse, as only it knows them. Reads everything on the accelerator, as overrides tie all listeners together.
import type { EndpointGroup, GlobalAcceleratorClient, Listener } from '@aws-sdk/client-global-accelerator';
import type { Finding } from '@gatehouse/core/ports';
import type { Request } from '@gatehouse/core/request';
import { orAbsent, present } from '../aws-call.ts';
import { readAccelerator } from './accelerator.ts';
import { allEndpointGroups, allListeners } from './client.ts';

/** Endpoint groups per accelerator, over all its listeners; cannot be raised (service quotas page). */
const MAX_GROUPS_PER_ACCELERATOR = 42;

/** The part of a request that an accelerator bears on. */
export type Asked = { listener: NonNullable<Request['listener']>; endpointGroups: Request['endpointGroups'] };

export interface StandingListener {
  listener: Listener;
  groups: EndpointGroup[];
}

export async function preflight(client: GlobalAcceleratorClient, request: Request): Promise<Finding[]> {
  const { listener, endpointGroups } = request;
  if (!listener) return [];
  const arn = listener.acceleratorArn;
  if (!(await readAccelerator(client, arn))) {
    const detail = `there is no accelerator ${arn} in this account; list those there are and take one's ARN`;
    return [{ pointer: '/listener/acceleratorArn', code: 'NotFound', detail }];
  }
  const listeners = await allListeners(client, arn);
  const standing = await Promise.all(
    listeners.map(async listener => ({
      listener,
      groups: (await orAbsent(allEndpointGroups(client, present(listener.ListenerArn, 'ListenerArn')))) ?? [],
    })),
  );
  return findings({ listener, endpointGroups }, standing);
}

/** Pure: the request against everything that stands on its accelerator. */
export function findings(request: Asked, standing: StandingListener[]): Finding[] {
  return [
    ...takenPorts(request, standing),
    ...portsUnderOverrides(request, standing),
    ...overridesOntoListeners(request, standing),
    ...sharedOverridePorts(request, standing),
    ...groupQuota(request, standing),
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

function portsUnderOverrides({ listener }: Asked, standing: StandingListener[]): Finding[] {
  return listener.portRanges.flatMap((range, index) =>
    overridesOf(standing)
      .filter(({ port }) => range.fromPort <= port && port <= range.toPort)
      .map(({ port, group }) => ({
        pointer: `/listener/portRanges/${index}`,
        code: 'InvalidRequest' as const,
        detail: `endpoint group ${group} overrides a port to ${port}, which no listener of its accelerator may have`,
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
function sharedOverridePorts({ endpointGroups }: Asked, standing: StandingListener[]): Finding[] {
  return overridesIn(endpointGroups).flatMap(({ pointer, port, region }) =>
    overridesOf(standing)
      .filter(other => other.region === region && other.port === port)
      .map(other => ({
        pointer,
        code: 'AlreadyExists' as const,
        detail: `endpoint port ${port} is used by an override of ${other.group} in the same region; take another`,
      })),
  );
}

function groupQuota({ endpointGroups }: Asked, standing: StandingListener[]): Finding[] {
  const there = standing.reduce((sum, { groups }) => sum + groups.length, 0);
  if (there + endpointGroups.length <= MAX_GROUPS_PER_ACCELERATOR) return [];
  const detail = `the accelerator has ${there} endpoint groups and may have ${MAX_GROUPS_PER_ACCELERATOR} in all, a quota that cannot be raised`;
  return [{ pointer: '/endpointGroups', code: 'ServiceLimitExceeded', detail }];
}

function rangesOf({ listener }: StandingListener): { from: number; to: number }[] {
  return (listener.PortRanges ?? []).map(({ FromPort = 0, ToPort = FromPort }) => ({
    from: FromPort,
    to: ToPort,
  }));
}

function overridesOf(standing: StandingListener[]) {
  return standing.flatMap(({ groups }) =>
    groups.flatMap(group =>
      (group.PortOverrides ?? []).flatMap(({ EndpointPort }) =>
        EndpointPort === undefined
          ? []
          : [{ port: EndpointPort, region: group.EndpointGroupRegion, group: group.EndpointGroupArn }],
      ),
    ),
  );
}

function overridesIn(groups: Request['endpointGroups']) {
  return groups.flatMap((group, index) =>
    group.portOverrides.map((override, at) => ({
      pointer: `/endpointGroups/${index}/portOverrides/${at}/endpointPort`,
      port: override.endpointPort,
      region: group.region,
    })),
  );
}
