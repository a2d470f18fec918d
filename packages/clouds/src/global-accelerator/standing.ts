// What stands on an accelerator: its listeners with their endpoint groups, and whose they are by the ids that the entry
// point's inventory holds. Overrides tie all listeners of an accelerator together, so everything on it is read.
import type { EndpointGroup, GlobalAcceleratorClient, Listener } from '@aws-sdk/client-global-accelerator';
import { orAbsent, present } from '../cloud-call.ts';
import { allEndpointGroups, allListeners } from './client.ts';

export interface StandingListener {
  listener: Listener;
  groups: EndpointGroup[];
}

/** All listeners of an accelerator with their groups; one that goes while we look has none. */
export async function everythingOn(
  client: GlobalAcceleratorClient,
  acceleratorArn: string,
): Promise<StandingListener[]> {
  const listeners = await allListeners(client, acceleratorArn);
  return Promise.all(
    listeners.map(async listener => ({
      listener,
      groups: (await orAbsent(allEndpointGroups(client, present(listener.ListenerArn, 'ListenerArn')))) ?? [],
    })),
  );
}

export function isOurs({ ListenerArn }: Listener, ours: readonly string[]): boolean {
  return ListenerArn !== undefined && ours.includes(ListenerArn);
}

/** What others hung on a listener that is ours. */
export function foreignGroups(standing: StandingListener[], ours: readonly string[]): EndpointGroup[] {
  return standing
    .filter(({ listener }) => isOurs(listener, ours))
    .flatMap(({ groups }) => groups.filter(group => !ours.includes(group.EndpointGroupArn ?? '')));
}

export function groupsThere(standing: StandingListener[]): number {
  return standing.reduce((sum, { groups }) => sum + groups.length, 0);
}

/** How many groups there will be at most: an update makes new ones before it drops what is not asked for any more. */
export function groupsAtMost(
  regions: string[],
  standing: StandingListener[],
  ours: readonly string[],
): number {
  const own = standing.filter(({ listener }) => isOurs(listener, ours)).flatMap(({ groups }) => groups);
  const taken = new Set(own.map(group => group.EndpointGroupRegion));
  return groupsThere(standing) + regions.filter(region => !taken.has(region)).length;
}

export function rangesOf({ listener }: StandingListener): { from: number; to: number }[] {
  return (listener.PortRanges ?? []).map(({ FromPort = 0, ToPort = FromPort }) => ({
    from: FromPort,
    to: ToPort,
  }));
}

export type Override = ReturnType<typeof overridesOf>[number];

export function overridesOf(groups: EndpointGroup[]) {
  return groups.flatMap(({ EndpointGroupArn: group, EndpointGroupRegion: region, PortOverrides = [] }) =>
    PortOverrides.flatMap(({ ListenerPort: listenerPort, EndpointPort: port }) =>
      port === undefined || listenerPort === undefined ? [] : [{ listenerPort, port, region, group }],
    ),
  );
}
