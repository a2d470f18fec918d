// What stands on a listener of ours, and forbids it other ports or another protocol. A listener changes before its groups
// do, so what stands counts, also where the request wants it otherwise.
import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AlicloudRequest } from '@gatehouse/core/request/request';
import { allCertificates, certificateKey } from './additional-certificate.ts';
import type { GaClient } from './client.ts';
import type { GroupAnswer } from './endpoint-group-wire.ts';
import type { ListenerAnswer } from './listener-wire.ts';

type Asked = NonNullable<AlicloudRequest['listener']>;

interface Standing {
  own: ListenerAnswer;
  standing: GroupAnswer[];
  /** Cloud ids of what the entry point owns. */
  ours: readonly string[];
}

const PUBLIC = ['PublicIp', 'Ip', 'Domain'];
const FIRST = 'in an update of its own first';

/** A listener keeps the ports that overrides on it name, and no call takes the last override away. */
export function strandedOverrides({ portRanges }: Asked, standing: GroupAnswer[]): Finding[] {
  const kept = (port: number) =>
    portRanges.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort);
  return standing.flatMap(({ EndpointGroupId, PortOverrides }) =>
    PortOverrides.filter(({ ListenerPort }) => !kept(ListenerPort)).map(({ ListenerPort }) => ({
      pointer: '/listener/portRanges',
      code: 'InvalidRequest' as const,
      detail: `endpoint group ${EndpointGroupId} overrides port ${ListenerPort}; keep that port, or remove the group first`,
    })),
  );
}

export async function protocolFindings(
  client: GaClient,
  { protocol, acceleratorId }: Asked,
  { own, standing, ours }: Standing,
): Promise<Finding[]> {
  const { ListenerId, Protocol: now } = own;
  if (protocol === now) return [];
  const certificates = now === 'HTTPS' ? await allCertificates(client, acceleratorId, ListenerId) : [];
  const theirs = certificates.filter(
    ({ Domain }) => Domain !== undefined && !ours.includes(certificateKey(ListenerId, Domain)),
  );
  const change = `${now} to ${protocol}`;
  const details = [
    ...theirs.map(
      ({ Domain }) =>
        `a certificate of ${Domain} is on ${ListenerId} and not of this entry point: from ${change} it would be lost; dissociate it first`,
    ),
    ...standing.flatMap(group => forbids(group, now, protocol)).map(each => `${each}: ${change}`),
  ];
  return details.map(detail => ({ pointer: '/listener/protocol', code: 'ResourceConflict', detail }));
}

function forbids(
  { EndpointGroupId: id, ...group }: GroupAnswer,
  now: string,
  protocol: Asked['protocol'],
): string[] {
  const both = [now, protocol].every(each => each.startsWith('HTTP'));
  const preserving = group.EndpointConfigurations.some(
    each => each['EnableClientIPPreservation'] === true && PUBLIC.includes(String(each['Type'])),
  );
  return [
    ...(!both && group.PortOverrides.length > 0
      ? [`endpoint group ${id} overrides ports, with which a listener changes between HTTP and HTTPS only`]
      : []),
    // Whether one over TCP may keep those of one over HTTP is not documented.
    ...(group.EndpointGroupType === 'virtual' && !protocol.startsWith('HTTP')
      ? [`virtual group ${id} is of a listener of HTTP or HTTPS; drop it ${FIRST}`]
      : []),
    ...(group.EndpointRequestProtocol?.toUpperCase() === 'HTTPS' && now === 'HTTPS'
      ? [`endpoint group ${id} speaks HTTPS to its endpoints; say endpointRequestProtocol: HTTP ${FIRST}`]
      : []),
    ...(protocol === 'UDP' && preserving
      ? [`endpoint group ${id} preserves clients' addresses for a public endpoint; turn that off ${FIRST}`]
      : []),
  ];
}
