// The changes of a listener that its endpoint groups prevent: their mappings name its ports, and some of their members
// require its protocol.
import { illegal } from './errors.ts';
import { isHttp } from './listener-ports.ts';
import type { EndpointGroup, Listener } from './model.ts';

type Kind = Pick<Listener, 'Protocol' | 'PortRanges'>;

export function refuseForItsGroups(groups: EndpointGroup[], before: Kind, after: Kind): void {
  const overrides = groups.flatMap(group => group.PortOverrides);
  const { Protocol, PortRanges } = after;
  const isChanged = Protocol !== before.Protocol;
  if (isChanged && overrides.length > 0 && !(isHttp(before.Protocol) && isHttp(Protocol))) {
    throw illegal('Protocol', 'stay, or be HTTP and HTTPS in turn, while ports are mapped');
  }
  const unmapped = overrides.find(({ ListenerPort }) => !includes(PortRanges, ListenerPort));
  if (unmapped) throw illegal('PortRanges', `have ${unmapped.ListenerPort}, which is mapped`);
  if (!isChanged) return;

  if (groups.some(group => group.EndpointGroupType === 'virtual') && !isHttp(Protocol)) {
    throw illegal('Protocol', 'be HTTP or HTTPS while there are virtual endpoint groups');
  }
  if (Protocol === 'UDP' && groups.some(preservesPublicly)) {
    throw illegal('Protocol', 'not be UDP while client IPs are preserved for public addresses');
  }
  if (Protocol !== 'HTTPS' && groups.some(group => group.EndpointRequestProtocol === 'HTTPS')) {
    throw illegal('Protocol', 'be HTTPS while an endpoint group sends HTTPS requests');
  }
}

export function includes(ranges: { FromPort: number; ToPort: number }[], port: number): boolean {
  return ranges.some(({ FromPort, ToPort }) => FromPort <= port && port <= ToPort);
}

function preservesPublicly({ EndpointConfigurations }: EndpointGroup): boolean {
  return EndpointConfigurations.some(({ Type, EnableClientIPPreservation }) => {
    return EnableClientIPPreservation && ['PublicIp', 'Ip', 'Domain'].includes(Type);
  });
}
