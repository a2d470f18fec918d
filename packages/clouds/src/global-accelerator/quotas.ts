// How near a request comes to the quotas of Global Accelerator. Listeners per accelerator can be raised, endpoint
// groups per accelerator cannot: docs/clouds/global-accelerator.md.
import type { GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { nearQuota } from '../quotas.ts';
import { type Asked, MAX_GROUPS_PER_ACCELERATOR } from './preflight.ts';
import { everythingOn, groupsAtMost, groupsThere, isOurs, type StandingListener } from './standing.ts';

const LISTENERS_PER_ACCELERATOR = 10;

export async function quotaWarnings(
  client: GlobalAcceleratorClient,
  { listener, endpointGroups }: AwsRequest,
  ours: readonly string[],
): Promise<string[]> {
  if (!listener) return [];
  const standing = await everythingOn(client, listener.acceleratorArn);
  return warnings({ listener, endpointGroups }, standing, ours);
}

/** Pure: the request against everything that stands on its accelerator. */
export function warnings(request: Asked, standing: StandingListener[], ours: readonly string[]): string[] {
  const { acceleratorArn } = request.listener;
  const regions = request.endpointGroups.map(({ region }) => region);
  const more = standing.some(({ listener }) => isOurs(listener, ours)) ? 0 : 1;
  return [
    ...nearQuota({
      of: `listeners on accelerator ${acceleratorArn}`,
      most: LISTENERS_PER_ACCELERATOR,
      now: standing.length,
      after: standing.length + more,
    }),
    ...nearQuota({
      of: `endpoint groups on accelerator ${acceleratorArn}`,
      most: MAX_GROUPS_PER_ACCELERATOR,
      now: groupsThere(standing),
      after: groupsAtMost(regions, standing, ours),
      fixed: true,
    }),
  ];
}
