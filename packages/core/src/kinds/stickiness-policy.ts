// A cookie stickiness policy of a Classic Load Balancer. Others can set it on ports of their own. No call changes a policy.

import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { StickinessPolicySpec } from '../request/aws/classic-elb.ts';
import type { Use } from '../request/permission.ts';
import { collectionOf } from './collections.ts';
import { foldedKeyOf, spellingsOf } from './natural-key.ts';
import type { KindTraits } from './traits.ts';
import { inRegion, named } from './uses.ts';
import { wanted } from './wanted.ts';

export const stickinessPolicy: KindTraits<'stickinessPolicy'> = {
  cloud: 'aws',
  part: 'stickinessPolicies',
  steps: ({ stickinessPolicies }, { region }) =>
    stickinessPolicies.map((spec, index) => stepOf(spec, index, region)),
  uses: ({ stickinessPolicies }) => stickinessPolicies.flatMap(usesOf),
  naturalKey: desired => spellingsOf(desired, 'region', 'loadBalancerName', 'policyName'),
  queue: desired => spellingsOf(desired, 'region', 'loadBalancerName').map(name => `load-balancer/${name}`),
  // A port's list of policies is read, merged and set as a whole, so changes of one load balancer cannot run in parallel.
  lane: desired => `load-balancer/${foldedKeyOf(desired, 'region', 'loadBalancerName')}`,
  carriedOver: (_step, owned) => ({ policyName: owned.desired.policyName }),
  countsIn: desired => ({ [collectionOf.policies(desired)]: 1 }),
  foreignDependents: true,
  replacement: 'successor',
  successorOf,
  usualSeconds: 5,
};

const SUFFIX = /-[0-9a-f]{8}$/;
/** The length of a name that leaves room for the suffix. */
const MAX_BASE_LENGTH = 100;

function successorOf(step: Step<'stickinessPolicy'>, owned: Owned<'stickinessPolicy'>, suffix: string) {
  const base = owned.desired.policyName.slice(0, MAX_BASE_LENGTH).replace(SUFFIX, '');
  return {
    ...step,
    desired: { ...step.desired, policyName: `${base}-${suffix}` },
    reason: 'a policy cannot be changed, so a new one replaces it',
  };
}

function usesOf(spec: StickinessPolicySpec, index: number): Use[] {
  const path = ['stickinessPolicies', index];
  return [
    ...inRegion(spec, path),
    named('loadBalancers', spec.loadBalancerName, [...path, 'loadBalancerName']),
  ];
}

/** Unique among the policies of an account. */
export function policyKey(spec: StickinessPolicySpec, home: string): string {
  return `${spec.region ?? home}-${spec.loadBalancerName}-${spec.policyName}`;
}

export const policyStep = (key: string) => `policy-${key}`;

function stepOf(spec: StickinessPolicySpec, index: number, home: string): Step<'stickinessPolicy'> {
  const { loadBalancerPorts: _, replace: __, ...policy } = spec;
  return wanted('stickinessPolicy', {
    id: policyStep(policyKey(spec, home)),
    title: `stickiness policy ${policy.policyName}`,
    desired: { ...policy, region: spec.region ?? home },
    part: `/stickinessPolicies/${index}`,
  });
}
