// Warnings about unexpected results of a request on Global Accelerator: health checks that stay on a port that the listener
// loses, and groups without traffic.
import type { GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { withoutTraffic } from '../weights.ts';
import { type ExistingListener, everythingOn, isOurs } from './existing.ts';
import type { Requested } from './preflight.ts';

export async function acceleratorWarnings(
  client: GlobalAcceleratorClient,
  { listener, endpointGroups }: AwsRequest,
  ours: readonly string[],
): Promise<string[]> {
  if (!listener) return [];
  const existing = await everythingOn(client, listener.acceleratorArn);
  return warnings({ listener, endpointGroups }, existing, ours);
}

/** Pure: checks the request against everything on its accelerator. */
export function warnings(
  request: Requested,
  existing: ExistingListener[],
  ours: readonly string[],
): string[] {
  return [
    ...staleHealthCheckPorts(request, existing, ours),
    ...request.endpointGroups.flatMap(({ region, endpoints }) => withoutTraffic(region, endpoints)),
  ];
}

/** A group that is created without a health check port gets the listener's. It keeps that port when the listener changes. */
function staleHealthCheckPorts(
  { listener, endpointGroups }: Requested,
  existing: ExistingListener[],
  ours: readonly string[],
): string[] {
  const groups = existing.filter(each => isOurs(each.listener, ours)).flatMap(each => each.groups);
  return groups.flatMap(({ EndpointGroupRegion, HealthCheckPort: port }) => {
    const wanted = endpointGroups.find(({ region }) => region === EndpointGroupRegion);
    if (port === undefined || !wanted || wanted.healthCheckPort !== undefined) return [];
    if (listener.portRanges.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort)) return [];
    return [
      `the health checks of endpoint group ${EndpointGroupRegion} stay on port ${port}, which is no port of the listener; set healthCheckPort to check another port`,
    ];
  });
}
