// Checks for a change of our listener's ports or protocol against its existing groups and certificates. The plan changes or
// deletes groups of the entry point first if it has to; foreign ones stay as they are.
import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AlicloudRequest } from '@gatehouse/core/request/request';
import { allCertificates, certificateKey } from './additional-certificate.ts';
import type { GaClient } from './client.ts';
import type { GroupAnswer } from './endpoint-group-wire.ts';
import type { ListenerAnswer } from './listener-wire.ts';

type Requested = NonNullable<AlicloudRequest['listener']>;

interface Existing {
  own: ListenerAnswer;
  /** Without those that the plan deletes first. */
  existing: GroupAnswer[];
  /** Cloud ids of the resources that the entry point owns. */
  ours: readonly string[];
}

const PUBLIC = ['PublicIp', 'Ip', 'Domain'];

/** A listener must keep the ports of its overrides, and no call removes the last override. */
export function strandedOverrides({ portRanges }: Requested, existing: GroupAnswer[]): Finding[] {
  const kept = (port: number) =>
    portRanges.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort);
  return existing.flatMap(({ EndpointGroupId, PortOverrides }) =>
    PortOverrides.filter(({ ListenerPort }) => !kept(ListenerPort)).map(({ ListenerPort }) => ({
      pointer: '/listener/portRanges',
      code: 'InvalidRequest' as const,
      detail: `endpoint group ${EndpointGroupId} overrides port ${ListenerPort}; keep that port, or remove the group first`,
    })),
  );
}

export async function protocolFindings(
  client: GaClient,
  { protocol, acceleratorId }: Requested,
  { own, existing, ours }: Existing,
): Promise<Finding[]> {
  const { ListenerId, Protocol: now } = own;
  if (protocol === now) return [];
  const certificates = now === 'HTTPS' ? await allCertificates(client, acceleratorId, ListenerId) : [];
  const foreign = certificates.filter(
    ({ Domain }) => Domain !== undefined && !ours.includes(certificateKey(ListenerId, Domain)),
  );
  const change = `${now} to ${protocol}`;
  const details = [
    ...foreign.map(
      ({ Domain }) =>
        `${ListenerId} has a foreign certificate for ${Domain}, which the change from ${change} would remove; dissociate it first`,
    ),
    ...existing.flatMap(group => forbids(group, { now, protocol, ours })).map(each => `${each}: ${change}`),
  ];
  return details.map(detail => ({ pointer: '/listener/protocol', code: 'ResourceConflict', detail }));
}

function forbids(
  { EndpointGroupId: id, ...group }: GroupAnswer,
  { now, protocol, ours }: { now: string; protocol: Requested['protocol']; ours: readonly string[] },
): string[] {
  const both = [now, protocol].every(each => each.startsWith('HTTP'));
  const preserving = group.EndpointConfigurations.some(
    each => each['EnableClientIPPreservation'] === true && PUBLIC.includes(String(each['Type'])),
  );
  const overriding =
    !both && group.PortOverrides.length > 0
      ? [`endpoint group ${id} overrides ports, so the listener can change between HTTP and HTTPS only`]
      : [];
  if (ours.includes(id)) return overriding;
  return [
    ...overriding,
    // It is not documented whether a TCP listener may keep the virtual groups of an HTTP listener.
    ...(group.EndpointGroupType === 'virtual' && !protocol.startsWith('HTTP')
      ? [`foreign virtual group ${id} requires an HTTP or HTTPS listener; remove it first`]
      : []),
    ...(group.EndpointRequestProtocol?.toUpperCase() === 'HTTPS' && now === 'HTTPS'
      ? [`foreign endpoint group ${id} uses HTTPS to its endpoints; change that first`]
      : []),
    ...(protocol === 'UDP' && preserving
      ? [
          `foreign endpoint group ${id} preserves clients' addresses for a public endpoint; disable that first`,
        ]
      : []),
  ];
}
