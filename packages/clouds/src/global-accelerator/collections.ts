// The bounded collections of Global Accelerator that a request takes part in: listeners and endpoint groups of its accelerator,
// endpoints of its groups. The numbers are the defaults of docs/clouds/global-accelerator.md.
import type { GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator';
import { type Collection, collectionOf } from '@gatehouse/core/kinds/collections';
import { MAX_ENDPOINTS } from '@gatehouse/core/request/aws/endpoint-group-members';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { orAbsent } from '../cloud-call.ts';
import { everythingOn, groupsThere, isOurs } from './existing.ts';
import { MAX_GROUPS_PER_ACCELERATOR } from './preflight.ts';

const LISTENERS_PER_ACCELERATOR = 10;

/** `ours`: cloud ids of the resources that the entry point owns. */
export async function acceleratorCollections(
  client: GlobalAcceleratorClient,
  { listener, endpointGroups }: AwsRequest,
  ours: readonly string[],
): Promise<Collection[]> {
  if (!listener) return [];
  const { acceleratorArn } = listener;
  const existing = (await orAbsent(everythingOn(client, acceleratorArn))) ?? [];
  const groups = existing.filter(each => isOurs(each.listener, ours)).flatMap(each => each.groups);
  const on = `on accelerator ${acceleratorArn}`;
  return [
    {
      key: collectionOf.listeners(acceleratorArn),
      of: `listeners ${on}`,
      now: existing.length,
      quota: LISTENERS_PER_ACCELERATOR,
      cloud: 'AWS',
    },
    {
      key: collectionOf.endpointGroups(acceleratorArn),
      of: `endpoint groups ${on}`,
      now: groupsThere(existing),
      most: MAX_GROUPS_PER_ACCELERATOR,
      cloud: 'AWS',
    },
    ...endpointGroups.map(({ region }) => ({
      key: collectionOf.endpoints(acceleratorArn, region),
      of: `endpoints in endpoint group ${region}`,
      now: groups.find(each => each.EndpointGroupRegion === region)?.EndpointDescriptions?.length ?? 0,
      quota: MAX_ENDPOINTS,
      cloud: 'AWS',
    })),
  ];
}
