// A stickiness policy set on a port of a Classic Load Balancer. A port has at most one cookie policy: a call that sets one
// replaces the earlier one.

import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { StickinessPolicySpec } from '../request/aws/classic-elb.ts';
import { MAX_LOAD_BALANCER_PORTS } from '../request/aws/stickiness-policy-members.ts';
import type { DesiredByKind } from '../request/request.ts';
import { creation, type Decision, type Situation } from './decision.ts';
import { foldedKeyOf, spellingsOf } from './natural-key.ts';
import { policyKey, policyStep } from './stickiness-policy.ts';
import type { KindTraits } from './traits.ts';
import { clientPort } from './uses.ts';
import { wanted } from './wanted.ts';

export const policyAttachment: KindTraits<'policyAttachment'> = {
  cloud: 'aws',
  part: 'stickinessPolicies',
  steps: ({ stickinessPolicies }, { region }) =>
    stickinessPolicies.flatMap((spec, index) => stepsOf(spec, index, region)),
  // The policy names the load balancer.
  uses: ({ stickinessPolicies }) =>
    stickinessPolicies.flatMap(({ loadBalancerPorts }, index) =>
      loadBalancerPorts.map((port, at) =>
        clientPort(port, ['stickinessPolicies', index, 'loadBalancerPorts', at]),
      ),
    ),
  parents: { policyId: 'stickinessPolicy' },
  naturalKey: desired => spellingsOf(desired, 'region', 'loadBalancerName', 'loadBalancerPort'),
  lane: desired => `load-balancer/${foldedKeyOf(desired, 'region', 'loadBalancerName')}`,
  // The policy can have the name of a successor.
  inherited: ({ needs }, byStep) => {
    const policy = byStep.get(needs['policyId'] ?? '');
    return policy?.kind === 'stickinessPolicy' ? { policyName: policy.desired.policyName } : {};
  },
  namesInParent: ({ loadBalancerName, loadBalancerPort }) => [
    `port ${loadBalancerPort} of ${loadBalancerName}`,
  ],
  replacement: 'in place',
  decide,
  bounds: { loadBalancerPorts: MAX_LOAD_BALANCER_PORTS },
  // Of its load balancer.
  outputs: ['dnsName', 'hostedZoneId'],
  usualSeconds: 5,
};

function portOf(desired: DesiredByKind['policyAttachment']): string {
  return foldedKeyOf(desired, 'region', 'loadBalancerName', 'loadBalancerPort');
}

/** Sets the successor of its policy, if there is one, and replaces the policy of ours that the port has now. */
function decide(situation: Situation<'policyAttachment'>): Decision<'policyAttachment'> | undefined {
  const { step, owned, observed, successors, inventory, isMadeAnew } = situation;
  const successor = successors.get(step.needs['policyId'] ?? '');
  if (observed && !successor && !isMadeAnew)
    return owned ? { step: { ...step, act: 'unchanged', existingId: owned.id } } : undefined;
  const { policyName } = successor?.kind === 'stickinessPolicy' ? successor.desired : step.desired;
  const desired = { ...step.desired, policyName };
  const holder = inventory
    .filter(each => each.kind === 'policyAttachment')
    .find(each => portOf(each.desired) === portOf(desired));
  if (!holder) return { step: creation({ ...situation, step: { ...step, desired } }) };
  return { step: inPlaceOf(holder, { ...situation, step: { ...step, desired } }), supersedes: holder };
}

function inPlaceOf({ desired }: Owned<'policyAttachment'>, situation: Situation<'policyAttachment'>) {
  const { step } = situation;
  const { policyName } = desired;
  if (policyName === step.desired.policyName) return creation(situation);
  const reason = `replaces ${policyName}`;
  return { ...step, instructions: { inPlaceOf: policyName }, reason };
}

/** One for each port. */
function stepsOf(spec: StickinessPolicySpec, index: number, home: string): Step<'policyAttachment'>[] {
  const { loadBalancerName, policyName, loadBalancerPorts, replace } = spec;
  const key = policyKey(spec, home);
  const region = spec.region ?? home;
  return loadBalancerPorts.map(loadBalancerPort =>
    wanted('policyAttachment', {
      id: `attachment-${key}-${loadBalancerPort}`,
      title: `${policyName} on ${loadBalancerName}:${loadBalancerPort}`,
      desired: { region, loadBalancerName, policyName, loadBalancerPort, replace },
      part: `/stickinessPolicies/${index}`,
      needs: { policyId: policyStep(key) },
    }),
  );
}
