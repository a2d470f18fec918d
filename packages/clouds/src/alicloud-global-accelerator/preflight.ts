// Checks that need a read of the instance, before the first change: it exists, is not locked and has bandwidth; the ports are
// free; the existing state of our listener allows the change. The cloud enforces quotas that can be raised, and features that
// it enables per account.

import { portsKey } from '@gatehouse/core/kinds/natural-key';
import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AlicloudLimits } from '@gatehouse/core/request/alicloud/limits';
import { portCount } from '@gatehouse/core/request/alicloud/listener-rules';
import { shownPorts } from '@gatehouse/core/request/port-rules';
import type { AlicloudRequest } from '@gatehouse/core/request/request';
import { orAdopt } from '../or-adopt.ts';
import { type Accelerator, type GaClient, stuck } from './client.ts';
import { allGroups } from './endpoint-group.ts';
import { allListeners } from './listener.ts';
import type { ListenerAnswer } from './listener-wire.ts';
import { overlaps, type PortRange } from './ports.ts';
import { protocolFindings, strandedOverrides } from './preflight-change.ts';
import { groupFindings } from './preflight-groups.ts';

type Requested = NonNullable<AlicloudRequest['listener']>;

/** `ours`: cloud ids of the resources that the entry point owns; they are no obstacle. `leaving`: those that are deleted first. */
export async function preflight(
  client: GaClient,
  request: AlicloudRequest,
  { limits, ours, leaving }: { limits: AlicloudLimits; ours: readonly string[]; leaving: readonly string[] },
): Promise<Finding[]> {
  const { listener } = request;
  if (!listener) return [];
  const instance = await client.accelerator(listener.acceleratorId);
  const unusable = instanceFindings(instance, listener.acceleratorId);
  if (!instance || unusable.length > 0) return unusable;
  const listeners = await allListeners(client, listener.acceleratorId);
  const others = listeners.filter(({ ListenerId }) => !ours.includes(ListenerId));
  const [own] = listeners.filter(({ ListenerId }) => ours.includes(ListenerId));
  const groups = own ? await allGroups(client, listener.acceleratorId, own.ListenerId) : [];
  const existing = groups.filter(({ EndpointGroupId }) => !leaving.includes(EndpointGroupId));
  return [
    ...takenPorts({ ...request, listener }, others, limits),
    ...largeFindings(listener, others, limits),
    ...groupFindings(request, instance, { existing, ours }),
    ...strandedOverrides(listener, existing),
    ...(own ? await protocolFindings(client, listener, { own, existing, ours }) : []),
  ];
}

function instanceFindings(instance: Accelerator | undefined, id: string): Finding[] {
  const found = (code: Finding['code'], detail: string) => [
    { pointer: '/listener/acceleratorId', code, detail },
  ];
  if (!instance)
    return found(
      'NotFound',
      `instance ${id} does not exist in this account; list the instances to find the id`,
    );
  const reason = stuck(instance);
  if (reason) return found('ResourceConflict', `${id} ${reason}`);
  const { BandwidthBillingType, BasicBandwidthPackage, ServiceManagedInfos = [] } = instance;
  if (ServiceManagedInfos.some(({ Action, IsManaged }) => Action === 'CreateChild' && IsManaged === true))
    return found(
      'ResourceConflict',
      `${id} is managed by another product of the vendor and does not allow additions`,
    );
  if (BandwidthBillingType === 'BandwidthPackage' && !BasicBandwidthPackage?.InstanceId)
    return found('ResourceConflict', `${id} has no basic bandwidth plan; associate one first`);
  return [];
}

function takenPorts(
  { listener, options }: Pick<AlicloudRequest, 'options'> & { listener: Requested },
  others: ListenerAnswer[],
  limits: AlicloudLimits,
): Finding[] {
  const isSame = ({ Protocol, PortRanges }: ListenerAnswer) =>
    Protocol === listener.protocol && portsKey(PortRanges) === portsKey(listener.portRanges);
  const spaces = spacesOf(listener.protocol, listener.httpVersion, limits);
  const besides = others.filter(({ Protocol, HttpVersion }) =>
    spacesOf(Protocol, HttpVersion, limits).some(space => spaces.includes(space)),
  );
  return listener.portRanges.flatMap((range, index) =>
    besides.flatMap(other =>
      other.PortRanges.filter(taken => overlaps(range, taken)).map(taken => ({
        pointer: `/listener/portRanges/${index}`,
        code: 'AlreadyExists' as const,
        detail: `${listener.protocol} ports ${shownPorts(range)} overlap ${shownPorts(taken)} of ${other.Protocol} listener ${other.ListenerId}; choose free ports${isSame(other) ? orAdopt(options) : ''}`,
      })),
    ),
  );
}

/** HTTP/3 uses UDP, in addition to the other versions on TCP. */
function spacesOf(
  protocol: string,
  httpVersion: string | undefined,
  { portSpace }: AlicloudLimits,
): string[] {
  const own = Object.entries(portSpace).find(([name]) => name === protocol)?.[1];
  return [...(own === undefined ? [] : [own]), ...(httpVersion === 'http3' ? ['UDP'] : [])];
}

/** An instance can have one large listener, which limits the number of ports of all others. */
function largeFindings(listener: Requested, others: ListenerAnswer[], limits: AlicloudLimits): Finding[] {
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
        `the instance already has a listener with more than 300 ports, ${large.ListenerId}; it can have one`,
      );
    if (ports > most)
      return found(
        `the other listeners have ${ports} ports in all; with a listener of more than 300 ports they may have ${most}`,
      );
    return [];
  }
  const total = ports + portCount(listener.portRanges);
  if (!large || total <= most) return [];
  return found(
    `the listeners other than ${large.ListenerId}, which has more than 300 ports, would have ${total} ports in all; they may have ${most}`,
  );
}
