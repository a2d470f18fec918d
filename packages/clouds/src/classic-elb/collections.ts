// The bounded collection of Classic ELB that a request takes part in: the policies of a load balancer. AWS limits them and
// publishes no number (docs/clouds/classic-elb.md), so a smaller bound shows only when a job is refused.
import { type Collection, collectionOf } from '@gatehouse/core/kinds/collections';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { type ElbClients, loadBalancer, policyNames } from './client.ts';

/** Assumed. */
const POLICIES_PER_LOAD_BALANCER = 100;

/** `region`: the default of policies that name none. */
export async function elbCollections(
  clients: ElbClients,
  { stickinessPolicies }: AwsRequest,
  region: string,
): Promise<Collection[]> {
  const balancers = Map.groupBy(stickinessPolicies, policy =>
    collectionOf.policies({ ...policy, region: policy.region ?? region }),
  );
  return Promise.all(
    [...balancers].map(async ([key, [policy]]) => {
      const { loadBalancerName = '', region: where = region } = policy ?? {};
      const balancer = await loadBalancer(clients(where), loadBalancerName);
      return {
        key,
        of: `policies of load balancer ${loadBalancerName}`,
        now: balancer ? policyNames(balancer).length : 0,
        quota: POLICIES_PER_LOAD_BALANCER,
        cloud: 'AWS',
      };
    }),
  );
}
