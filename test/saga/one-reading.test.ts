// A plan and a drift report are one reading of the clouds: what all rules of a listener, or all policies of a load balancer, ask
// about it is asked once. The next reading asks anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SetLoadBalancerPoliciesOfListenerCommand } from '@aws-sdk/client-elastic-load-balancing';
import { driftOf } from '@gatehouse/core/plan/drift';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { foreignElb } from '../clouds/foreign-clients.ts';
import { createWorld, type World } from '../world/world.ts';
import { planOf, provisioned, type Spec } from './bounds.ts';

const MANY = Array.from({ length: 30 }, (_, at) => at);

const RULES: Spec = {
  operation: 'provision',
  entryPoint: 'arcade',
  cloud: 'alicloud',
  listener: {
    acceleratorId: 'ga-bp1arcade5n8r2v6y3j0',
    protocol: 'HTTPS',
    portRanges: [{ fromPort: 443, toPort: 443 }],
    certificates: [{ id: '4490001-cn-hangzhou' }],
    additionalCertificates: MANY.slice(0, 5).map(at => ({
      domain: `d${at}.example.com`,
      id: '4490002-cn-hangzhou',
    })),
  },
  endpointGroups: [
    { region: 'cn-hangzhou', endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.1' }] },
    {
      region: 'cn-hangzhou',
      type: 'virtual',
      name: 'v0',
      endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.1' }],
    },
  ],
  forwardingRules: MANY.slice(0, 20).map(at => ({
    name: `rule-${at}`,
    priority: at + 1,
    ruleConditions: [{ type: 'Path', values: [`/p${at}/*`] }],
    ruleActions: [{ type: 'ForwardGroup', endpointGroup: 'v0' }],
  })),
};

const POLICIES: Spec = {
  operation: 'provision',
  entryPoint: 'cookies',
  stickinessPolicies: MANY.slice(0, 10).map(at => ({
    loadBalancerName: 'shop-classic',
    region: 'us-east-1',
    policyName: `policy-${at}`,
    ...(at === 0 ? { loadBalancerPorts: [80] } : {}),
  })),
};

/** How often each operation is called. */
async function counted(world: World, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = (await world.calls()).length;
  await work();
  const calls = (await world.calls()).slice(before);
  const named = Map.groupBy(calls, ({ operation }) => operation);
  return Object.fromEntries([...named].map(([operation, { length }]) => [operation, length]));
}

async function drift(world: World, { entryPoint }: Spec) {
  const found = await readEntryPoint(world.store, entryPoint);
  assert.ok(found);
  return driftOf(world.ports(), found);
}

for (const [spec, shared] of [
  [RULES, ['ListForwardingRules', 'DescribeAccelerator', 'DescribeListener']],
  [POLICIES, ['DescribeLoadBalancers']],
] as const)
  test(`${spec.entryPoint}: a plan and a drift report ask once what many resources ask`, async () => {
    const world = createWorld();
    await provisioned(world, spec);
    for (const work of [() => planOf(world, { ...spec, operation: 'update' }), () => drift(world, spec)]) {
      const calls = await counted(world, work);
      for (const operation of shared)
        assert.equal(calls[operation], 1, `${operation} of ${JSON.stringify(calls)}`);
    }
  });

test('the next reading sees what has changed since', async () => {
  const world = createWorld();
  await provisioned(world, POLICIES);
  const ports = world.ports();
  const found = await readEntryPoint(world.store, POLICIES.entryPoint);
  assert.ok(found);
  assert.equal((await driftOf(ports, found)).state, 'IN_SYNC');
  const unset = { LoadBalancerName: 'shop-classic', LoadBalancerPort: 80, PolicyNames: [] };
  await foreignElb(world, 'us-east-1').send(new SetLoadBalancerPoliciesOfListenerCommand(unset));
  assert.equal((await driftOf(ports, found)).state, 'DRIFTED');
});
