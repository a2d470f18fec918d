// Names that differ by case only: whether a cloud distinguishes them is not documented, so two entry points cannot own both.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS } from '@gatehouse/core/kinds/kinds';
import type { KindTraits } from '@gatehouse/core/kinds/traits';
import { planSteps, queuesOf } from '@gatehouse/core/plan/plan-steps';
import { parseRequest } from '@gatehouse/core/request/request';
import { policy, request, stickinessPolicies } from './requests.ts';

const ARN = 'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-12ab-34cd-56ef-1234567890ab';

function ownedBy(value: object) {
  const parsed = parseRequest(value, 'eu-west-1');
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const steps = planSteps(parsed.request, { jobId: 'job-1', region: 'eu-west-1' });
  const kinds: Record<string, KindTraits> = KINDS;
  const keys = steps.flatMap(({ kind, desired }) => kinds[kind]?.naturalKey?.(desired) ?? []);
  return {
    keys,
    queues: queuesOf(steps),
    lanes: steps.flatMap(({ kind, desired }) => kinds[kind]?.lane?.(desired) ?? []),
  };
}

const accelerated = (acceleratorArn: string) =>
  request({ listener: { ...request().listener, acceleratorArn } });

for (const [what, one, other] of [
  ['the ARN of an accelerator', accelerated(ARN), accelerated(ARN.replace('1234abcd', '1234ABCD'))],
  [
    'a load balancer and a policy',
    stickinessPolicies(policy()),
    stickinessPolicies(policy({ loadBalancerName: 'Checkout-Classic', policyName: 'Checkout-Sticky' })),
  ],
] as const)
  test(`${what}, in another case, has the same claims, queues and lanes`, () => {
    assert.deepEqual(ownedBy(other), ownedBy(one));
  });

test('one port of a load balancer is given once in a request, whatever the case of the name', () => {
  const twice = stickinessPolicies(
    policy(),
    policy({ loadBalancerName: 'Checkout-Classic', policyName: 'other' }),
  );
  const parsed = parseRequest(twice, 'eu-west-1');
  assert.deepEqual(parsed.ok ? [] : parsed.issues.map(({ pointer }) => pointer), [
    '/stickinessPolicies/1/loadBalancerPorts/0',
  ]);
});
