// What only a look at the instance shows, before the first change: it exists, takes changes and can be paid for; the ports
// are free; what stands on a listener of ours allows what is asked of it. Quotas that can be raised are the cloud's to
// refuse, as only it knows them; and so is what it opens for an account on request.
import type { AlicloudLimits } from '@gatehouse/core/alicloud-limits';
import { portCount } from '@gatehouse/core/alicloud-listener-rules';
import type { Finding } from '@gatehouse/core/ports';
import type { AlicloudRequest } from '@gatehouse/core/request';
import { type Accelerator, type GaClient, stuck } from './client.ts';
import { allGroups } from './endpoint-group.ts';
import type { GroupAnswer } from './endpoint-group-wire.ts';
import { allListeners } from './listener.ts';
import type { ListenerAnswer } from './listener-wire.ts';
import { overlaps, type PortRange } from './ports.ts';
import { protocolFindings, strandedOverrides } from './preflight-change.ts';

type Asked = NonNullable<AlicloudRequest['listener']>;

/** `ours`: cloud ids of what the entry point owns already, which is in nobody's way. */
export async function preflight(
  client: GaClient,
  request: AlicloudRequest,
  { limits, ours }: { limits: AlicloudLimits; ours: readonly string[] },
): Promise<Finding[]> {
  const { listener } = request;
  if (!listener) return [];
  const instance = await client.accelerator(listener.acceleratorId);
  const unusable = instanceFindings(instance, listener.acceleratorId);
  if (!instance || unusable.length > 0) return unusable;
  const listeners = await allListeners(client, listener.acceleratorId);
  const others = listeners.filter(({ ListenerId }) => !ours.includes(ListenerId));
  const [own] = listeners.filter(({ ListenerId }) => ours.includes(ListenerId));
  const standing = own ? await allGroups(client, listener.acceleratorId, own.ListenerId) : [];
  const foreign = standing.filter(({ EndpointGroupId }) => !ours.includes(EndpointGroupId));
  return [
    ...takenPorts(listener, others, limits),
    ...largeFindings(listener, others, limits),
    ...groupFindings(request, instance, foreign),
    ...strandedOverrides(listener, standing),
    ...(own ? await protocolFindings(client, listener, { own, standing, ours, limits }) : []),
  ];
}

function instanceFindings(instance: Accelerator | undefined, id: string): Finding[] {
  const found = (code: Finding['code'], detail: string) => [
    { pointer: '/listener/acceleratorId', code, detail },
  ];
  if (!instance)
    return found(
      'NotFound',
      `there is no instance ${id} in this account; list those there are and take one's id`,
    );
  const because = stuck(instance);
  if (because) return found('ResourceConflict', `${id} ${because}`);
  const { BandwidthBillingType, BasicBandwidthPackage, ServiceManagedInfos = [] } = instance;
  if (ServiceManagedInfos.some(({ Action, IsManaged }) => Action === 'CreateChild' && IsManaged === true))
    return found(
      'ResourceConflict',
      `${id} belongs to another product of the vendor, which lets nobody add to it`,
    );
  if (BandwidthBillingType === 'BandwidthPackage' && !BasicBandwidthPackage?.InstanceId)
    return found('ResourceConflict', `${id} has no basic bandwidth plan; bind one to it first`);
  return [];
}

function takenPorts(listener: Asked, others: ListenerAnswer[], limits: AlicloudLimits): Finding[] {
  const spaces = spacesOf(listener.protocol, listener.httpVersion, limits);
  const besides = others.filter(({ Protocol, HttpVersion }) =>
    spacesOf(Protocol, HttpVersion, limits).some(space => spaces.includes(space)),
  );
  return listener.portRanges.flatMap((range, index) =>
    besides.flatMap(other =>
      other.PortRanges.filter(taken => overlaps(range, taken)).map(taken => ({
        pointer: `/listener/portRanges/${index}`,
        code: 'AlreadyExists' as const,
        detail: `${listener.protocol} ports ${said(range)} overlap ${said(taken)} of ${other.Protocol} listener ${other.ListenerId}; take ports that are free`,
      })),
    ),
  );
}

/** HTTP/3 is spoken over UDP, beside the others over TCP. */
function spacesOf(
  protocol: string,
  httpVersion: string | undefined,
  { portSpace }: AlicloudLimits,
): string[] {
  const own = Object.entries(portSpace).find(([name]) => name === protocol)?.[1];
  return [...(own === undefined ? [] : [own]), ...(httpVersion === 'http3' ? ['UDP'] : [])];
}

/** An instance has one listener of many ports, and few ports on all others beside it. */
function largeFindings(listener: Asked, others: ListenerAnswer[], limits: AlicloudLimits): Finding[] {
  const { largeListener, portsBesideLargeListener: most } = limits;
  const isLarge = (ranges: readonly PortRange[]) => portCount(ranges) >= largeListener.from;
  const large = others.find(({ PortRanges }) => isLarge(PortRanges));
  const beside = others.filter(other => other !== large);
  const ports = portCount(beside.flatMap(({ PortRanges }) => PortRanges));
  const found = (detail: string) => [
    { pointer: '/listener/portRanges', code: 'ServiceLimitExceeded' as const, detail },
  ];
  if (isLarge(listener.portRanges)) {
    if (large)
      return found(
        `the instance has a listener of more than 300 ports already, ${large.ListenerId}; it can have one`,
      );
    if (ports > most)
      return found(
        `the other listeners have ${ports} ports; beside one of more than 300 they may have ${most} together`,
      );
    return [];
  }
  const total = ports + portCount(listener.portRanges);
  if (!large || total <= most) return [];
  return found(
    `with these there would be ${total} ports beside ${large.ListenerId}, which has more than 300; together they may be ${most}`,
  );
}

/** What others have hung on a listener of ours, and what the kind of instance forbids. */
function groupFindings(
  { listener, endpointGroups }: AlicloudRequest,
  { InstanceChargeType }: Accelerator,
  foreign: GroupAnswer[],
): Finding[] {
  const taken = endpointGroups.flatMap(({ type, region, name }, index) =>
    foreign
      .filter(group => (group.EndpointGroupType ?? 'default') === type)
      .filter(group => (type === 'default' ? group.EndpointGroupRegion === region : group.Name === name))
      .map(group => ({
        pointer: `/endpointGroups/${index}/${type === 'default' ? 'region' : 'name'}`,
        code: 'AlreadyExists' as const,
        detail: `the listener has such a ${type} group that is not of this entry point, ${group.EndpointGroupId}; it can have one`,
      })),
  );
  const http = listener?.protocol === 'HTTP' || listener?.protocol === 'HTTPS';
  if (InstanceChargeType !== 'PREPAY' || !http) return taken;
  return [...taken, ...subscriptionFindings(endpointGroups)];
}

/** What a subscription instance has behind HTTP and HTTPS. */
function subscriptionFindings(groups: AlicloudRequest['endpointGroups']): Finding[] {
  const defaults = groups.filter(({ type }) => type === 'default');
  const regions = defaults.map(({ region }) => region);
  const elsewhere = groups.flatMap(({ type, region }, index) =>
    type === 'virtual' && !regions.includes(region) ? [index] : [],
  );
  const many = `have ${defaults.length} default groups; a subscription instance has one behind HTTP and HTTPS`;
  return [
    ...(defaults.length > 1
      ? [{ pointer: '/endpointGroups', code: 'ServiceLimitExceeded' as const, detail: many }]
      : []),
    ...elsewhere.map(index => ({
      pointer: `/endpointGroups/${index}/region`,
      code: 'InvalidRequest' as const,
      detail: `must be ${regions.join(' or ')}: on a subscription instance a virtual group is in the region of the default one`,
    })),
  ];
}

function said({ fromPort, toPort }: PortRange): string {
  return fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
}
