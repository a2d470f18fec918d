// Warnings about unexpected results of a request on Global Accelerator: quotas that it comes close to, health checks that stay on
// a port that the listener loses, and groups without traffic. The quota of listeners per accelerator can be raised, that of
// endpoint groups cannot: docs/clouds/global-accelerator.md.
import type { GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { nearQuota } from '../quotas.ts';
import { withoutTraffic } from '../weights.ts';
import { type ExistingListener, everythingOn, groupsAtMost, groupsThere, isOurs } from './existing.ts';
import { MAX_GROUPS_PER_ACCELERATOR, type Requested } from './preflight.ts';

const LISTENERS_PER_ACCELERATOR = 10;

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
  const { acceleratorArn } = request.listener;
  const regions = request.endpointGroups.map(({ region }) => region);
  const more = existing.some(({ listener }) => isOurs(listener, ours)) ? 0 : 1;
  return [
    ...nearQuota({
      of: `listeners on accelerator ${acceleratorArn}`,
      most: LISTENERS_PER_ACCELERATOR,
      now: existing.length,
      after: existing.length + more,
    }),
    ...nearQuota({
      of: `endpoint groups on accelerator ${acceleratorArn}`,
      most: MAX_GROUPS_PER_ACCELERATOR,
      now: groupsThere(existing),
      after: groupsAtMost(regions, existing, ours),
      fixed: true,
    }),
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
