// A cookie stickiness policy of a Classic Load Balancer. Others can set it on ports of their own. No call changes a policy.
import type { Members } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
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
  replacement: 'successor',
  successorOf,
  usualSeconds: 5,
};

const SUFFIX = /-[0-9a-f]{8}$/;
/** Of a name, so that the suffix has room. */
const MAX_BASE_LENGTH = 100;

function successorOf({ desired }: Step, owned: Owned, suffix: string) {
  const base = String(owned.desired['policyName']).slice(0, MAX_BASE_LENGTH).replace(SUFFIX, '');
  return {
    desired: { ...desired, policyName: `${base}-${suffix}` },
    because: 'a policy cannot be changed: another one takes its place',
  };
}
