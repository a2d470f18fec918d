// A stickiness policy on no port, as the API itself creates one: its whole life.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateLBCookieStickinessPolicyCommand } from '@aws-sdk/client-elastic-load-balancing';
import { driftSchema, planSchema } from '@gatehouse/core/api/answers';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { getDrift } from '@gatehouse/functions/api/get-drift';
import { foreignElb } from '../clouds/foreign-clients.ts';
import { createWorld, type World } from '../world/world.ts';
import { MUTATING } from './invariants.ts';
import { errorsOf } from './sweep.ts';

const policy = (more: object = {}) => ({
  loadBalancerName: 'checkout-classic',
  region: 'eu-west-1',
  policyName: 'alone-sticky',
  cookieExpirationPeriod: 60,
  ...more,
});

const request = (operation: string, ...stickinessPolicies: object[]) => ({
  operation,
  entryPoint: 'alone-edge',
  ...(stickinessPolicies.length > 0 ? { stickinessPolicies } : {}),
});

let keys = 0;

/** Runs the job and returns its mutating calls. */
async function calls(world: World, value: object, status = 'SUCCEEDED'): Promise<string[]> {
  const before = (await world.calls()).length;
  const { id } = await world.submit(value, `key-${++keys}`);
  assert.equal((await world.finish(id)).job.status, status);
  const made = (await world.calls()).slice(before).map(({ operation }) => operation);
  return made.filter(operation => MUTATING.test(operation));
}

async function acts(world: World, value: object): Promise<string[]> {
  const body = JSON.stringify(value);
  const headers = { 'content-type': 'application/json' };
  const answer = await createPlan(world.ports(), { body, headers, caller: '123456789012/user/alice' });
  return planSchema.parse(answer.body).steps.map(({ act, kind }) => `${act} ${kind}`);
}

async function drift(world: World): Promise<string> {
  const answer = await getDrift(world.ports(), { parameters: { name: 'alone-edge' } });
  return driftSchema.parse(answer.body).state;
}

test('a policy on no port is created by one call, has no drift, and is removed by one call', async () => {
  for (const ports of [{}, { loadBalancerPorts: [] }]) {
    const world = createWorld();
    assert.deepEqual(await acts(world, request('provision', policy(ports))), ['create stickinessPolicy']);
    assert.deepEqual(await calls(world, request('provision', policy(ports))), [
      'CreateLBCookieStickinessPolicy',
    ]);
    assert.equal(await drift(world), 'IN_SYNC');
    assert.deepEqual(await acts(world, request('update', policy(ports))), ['unchanged stickinessPolicy']);
    assert.deepEqual(await calls(world, request('remove')), ['DeleteLoadBalancerPolicy']);
    assert.deepEqual(await acts(world, request('provision', policy(ports))), ['create stickinessPolicy']);
  }
});

test('its period changes by a successor, and it gets and loses ports', async () => {
  const world = createWorld();
  await calls(world, request('provision', policy()));
  assert.deepEqual(await calls(world, request('update', policy({ cookieExpirationPeriod: 90 }))), [
    'CreateLBCookieStickinessPolicy',
    'DeleteLoadBalancerPolicy',
  ]);
  assert.equal(await drift(world), 'IN_SYNC');
  const onPort = policy({ cookieExpirationPeriod: 90, loadBalancerPorts: [80] });
  assert.deepEqual(await calls(world, request('update', onPort)), ['SetLoadBalancerPoliciesOfListener']);
  assert.equal(await drift(world), 'IN_SYNC');
  assert.deepEqual(await calls(world, request('update', policy({ cookieExpirationPeriod: 90 }))), [
    'SetLoadBalancerPoliciesOfListener',
  ]);
  assert.equal(await drift(world), 'IN_SYNC');
  assert.deepEqual(await calls(world, request('remove')), ['DeleteLoadBalancerPolicy']);
});

test('a rollback deletes it, and brings back the ports that an update took', async () => {
  const world = createWorld();
  const { denied } = errorsOf('elasticloadbalancing');
  const fault = { service: 'elasticloadbalancing', fault: 'error', times: 1, error: denied } as const;
  const second = policy({ policyName: 'second-sticky', loadBalancerPorts: [80] });
  await world.faults([{ ...fault, operation: 'SetLoadBalancerPoliciesOfListener' }]);
  const undone = await calls(world, request('provision', policy(), second), 'ROLLED_BACK');
  assert.equal(undone.filter(operation => operation === 'DeleteLoadBalancerPolicy').length, 2);
  await calls(world, request('provision', policy({ loadBalancerPorts: [80] })));
  await world.faults([{ ...fault, operation: 'CreateLBCookieStickinessPolicy' }]);
  const other = policy({ policyName: 'second-sticky' });
  await calls(world, request('update', policy(), other), 'ROLLED_BACK');
  assert.equal(await drift(world), 'IN_SYNC');
});

test('a port that is added to a policy with a successor gets the successor', async () => {
  const world = createWorld();
  await calls(world, request('provision', policy({ loadBalancerPorts: [443] })));
  await calls(world, request('update', policy({ cookieExpirationPeriod: 90, loadBalancerPorts: [443] })));
  const both = policy({ cookieExpirationPeriod: 90, loadBalancerPorts: [443, 80] });
  assert.deepEqual(await calls(world, request('update', both)), ['SetLoadBalancerPoliciesOfListener']);
  assert.equal(await drift(world), 'IN_SYNC');
});

test('somebody takes the first name of a policy that a successor has replaced: it still gets a port', async () => {
  const world = createWorld();
  await calls(world, request('provision', policy({ loadBalancerPorts: [443] })));
  await calls(world, request('update', policy({ cookieExpirationPeriod: 90, loadBalancerPorts: [443] })));
  await foreignElb(world).send(
    new CreateLBCookieStickinessPolicyCommand({
      LoadBalancerName: 'checkout-classic',
      PolicyName: 'alone-sticky',
    }),
  );
  const before = await world.picture();
  const { denied } = errorsOf('elasticloadbalancing');
  const fault = { service: 'elasticloadbalancing', fault: 'error', times: 1, error: denied } as const;
  await world.faults([{ ...fault, operation: 'SetLoadBalancerPoliciesOfListener', after: 1 }]);
  const both = policy({ cookieExpirationPeriod: 90, loadBalancerPorts: [443, 80] });
  const second = policy({ policyName: 'second-sticky', loadBalancerPorts: [8443], replace: true });
  assert.deepEqual(await calls(world, request('update', both, second), 'ROLLED_BACK'), [
    'CreateLBCookieStickinessPolicy',
    'SetLoadBalancerPoliciesOfListener',
    'SetLoadBalancerPoliciesOfListener',
    'SetLoadBalancerPoliciesOfListener',
    'DeleteLoadBalancerPolicy',
  ]);
  assert.equal(await world.picture(), before);
  assert.deepEqual(await calls(world, request('update', both)), ['SetLoadBalancerPoliciesOfListener']);
  assert.equal(await drift(world), 'IN_SYNC');
});
