// A stickiness policy set on a port of a Classic Load Balancer. A port has at most one cookie policy: a call that sets one takes
// the earlier one off.
import type { Members } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import { creation, type Decision, type Situation } from './decision.ts';
import { keyOf } from './natural-key.ts';
import type { KindTraits } from './traits.ts';

export const policyAttachment: KindTraits = {
  cloud: 'aws',
  part: 'stickinessPolicies',
  functionName: 'policy-attachment',
  parents: { policyId: 'stickinessPolicy' },
  naturalKey: portOf,
  lane: desired => `load-balancer/${keyOf(desired, 'region', 'loadBalancerName')}`,
  carriedOver: ({ needs }, _owned, byStep) => {
    const policy = byStep.get(needs['policyId'] ?? '');
    return policy ? { policyName: policy.desired['policyName'] } : {};
  },
  namesInParent: ({ desired }) => [`port ${desired['loadBalancerPort']} of ${desired['loadBalancerName']}`],
  instructions: ['inPlaceOf'],
  replacement: 'in place',
  decide,
  usualSeconds: 5,
};

function portOf(desired: Members): string {
  return keyOf(desired, 'region', 'loadBalancerName', 'loadBalancerPort');
}

/** With the successor of its policy, if there is one; and in place of the policy of ours that the port has so far. */
function decide(situation: Situation): Decision | undefined {
  const { step, owned, observed, successors, inventory } = situation;
  const successor = successors.get(step.needs['policyId'] ?? '');
  if (observed && !successor)
    return owned ? { step: { ...step, act: 'leave', standing: owned.id } } : undefined;
  const { policyName } = (successor ?? step).desired;
  const desired = { ...step.desired, policyName };
  const holder = inventory.find(each => each.kind === step.kind && portOf(each.desired) === portOf(desired));
  if (!holder) return { step: creation({ ...situation, step: { ...step, desired } }) };
  return { step: inPlaceOf(holder, { ...situation, step: { ...step, desired } }), supersedes: holder };
}

function inPlaceOf({ desired }: Owned, situation: Situation) {
  const { step } = situation;
  const { policyName } = desired;
  if (policyName === undefined || policyName === step.desired['policyName']) return creation(situation);
  const because = `takes the place of ${policyName}`;
  return { ...step, desired: { ...step.desired, inPlaceOf: policyName }, because };
}
