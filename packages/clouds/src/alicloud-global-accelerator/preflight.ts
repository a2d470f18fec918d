// What only a look at the instance shows, before the first change: it exists, takes changes and can be paid for; the ports
// are free; what stands on a listener of ours allows what is asked of it. Quotas that can be raised are the cloud's to
// refuse, as only it knows them; and so is what it opens for an account on request.

import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AlicloudLimits } from '@gatehouse/core/request/alicloud/limits';
import { portCount } from '@gatehouse/core/request/alicloud/listener-rules';
import { shownPorts } from '@gatehouse/core/request/port-rules';
import type { AlicloudRequest } from '@gatehouse/core/request/request';
import { type Accelerator, type GaClient, stuck } from './client.ts';
import { allGroups } from './endpoint-group.ts';
import { allListeners } from './listener.ts';
import type { ListenerAnswer } from './listener-wire.ts';
import { overlaps, type PortRange } from './ports.ts';
import { protocolFindings, strandedOverrides } from './preflight-change.ts';
import { groupFindings } from './preflight-groups.ts';

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
  return [
    ...takenPorts(listener, others, limits),
    ...largeFindings(listener, others, limits),
    ...groupFindings(request, instance, { standing, ours, limits }),
    ...strandedOverrides(listener, standing),
    ...(own ? await protocolFindings(client, listener, { own, standing, ours }) : []),
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
  const reason = stuck(instance);
  if (reason) return found('ResourceConflict', `${id} ${reason}`);
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
        detail: `${listener.protocol} ports ${shownPorts(range)} overlap ${shownPorts(taken)} of ${other.Protocol} listener ${other.ListenerId}; take ports that are free`,
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
