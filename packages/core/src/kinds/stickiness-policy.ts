// A cookie stickiness policy of a Classic Load Balancer. Others can set it on ports of their own.
import type { Members } from '../json/plain-members.ts';
import { keyOf } from './natural-key.ts';
import type { KindTraits } from './traits.ts';

const loadBalancerOf = (desired: Members) => `load-balancer/${keyOf(desired, 'region', 'loadBalancerName')}`;

export const stickinessPolicy: KindTraits = {
  cloud: 'aws',
  part: 'stickinessPolicies',
  functionName: 'stickiness-policy',
  naturalKey: desired => keyOf(desired, 'region', 'loadBalancerName', 'policyName'),
  queue: loadBalancerOf,
  // A port's list of policies is read, merged and set as a whole: no two changes of a load balancer run side by side.
  lane: loadBalancerOf,
  carriedOver: (_step, owned) => ({ policyName: owned.desired['policyName'] }),
  foreignDependents: true,
  usualSeconds: 5,
};
