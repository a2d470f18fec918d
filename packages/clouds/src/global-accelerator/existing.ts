// The existing listeners and endpoint groups of an accelerator. The ids in the entry point's inventory determine which of them
// are ours. Everything on the accelerator is read, as overrides concern all of its listeners.
import type { EndpointGroup, GlobalAcceleratorClient, Listener } from '@aws-sdk/client-global-accelerator';
import { orAbsent, present } from '../cloud-call.ts';
import { allEndpointGroups, allListeners } from './client.ts';

export interface ExistingListener {
  listener: Listener;
  groups: EndpointGroup[];
}

/** All listeners of an accelerator with their groups. A listener that is deleted meanwhile has none. */
export async function everythingOn(
  client: GlobalAcceleratorClient,
  acceleratorArn: string,
): Promise<ExistingListener[]> {
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

/** Foreign groups on our listener. */
export function foreignGroups(existing: ExistingListener[], ours: readonly string[]): EndpointGroup[] {
  return existing
    .filter(({ listener }) => isOurs(listener, ours))
    .flatMap(({ groups }) => groups.filter(group => !ours.includes(group.EndpointGroupArn ?? '')));
}

export function groupsThere(existing: ExistingListener[]): number {
  return existing.reduce((sum, { groups }) => sum + groups.length, 0);
}

export function rangesOf({ listener }: ExistingListener): { from: number; to: number }[] {
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
