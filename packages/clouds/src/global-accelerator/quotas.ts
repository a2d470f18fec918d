// Warnings about the quotas of Global Accelerator. Listeners per accelerator can be raised, endpoint
// groups per accelerator cannot: docs/clouds/global-accelerator.md.
import type { GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { nearQuota } from '../quotas.ts';
import { type ExistingListener, everythingOn, groupsAtMost, groupsThere, isOurs } from './existing.ts';
import { MAX_GROUPS_PER_ACCELERATOR, type Requested } from './preflight.ts';

const LISTENERS_PER_ACCELERATOR = 10;

export async function quotaWarnings(
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
  ];
}
