// A stickiness policy set on a port of a Classic Load Balancer. A port has at most one cookie policy.
import { keyOf } from './natural-key.ts';
import type { KindTraits } from './traits.ts';

export const policyAttachment: KindTraits = {
  cloud: 'aws',
  part: 'stickinessPolicies',
  functionName: 'policy-attachment',
  parents: { policyId: 'stickinessPolicy' },
  naturalKey: desired => keyOf(desired, 'region', 'loadBalancerName', 'loadBalancerPort'),
  lane: desired => `load-balancer/${keyOf(desired, 'region', 'loadBalancerName')}`,
  carriedOver: ({ needs }, _owned, byStep) => {
    const policy = byStep.get(needs['policyId'] ?? '');
    return policy ? { policyName: policy.desired['policyName'] } : {};
  },
  namesInParent: ({ desired }) => [`port ${desired['loadBalancerPort']} of ${desired['loadBalancerName']}`],
  instructions: ['inPlaceOf'],
  usualSeconds: 5,
};
