// Foreign objects that a create displaces without deleting them, where the request allows it: a plan names them, and its job
// displaces no others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateLBCookieStickinessPolicyCommand,
  DescribeLoadBalancersCommand,
  SetLoadBalancerPoliciesOfListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import { foreignElb } from '../clouds/foreign-clients.ts';
import { createWorld, type World } from '../world/world.ts';
import { beforeItRuns, planOf, recordOf } from './foreign-records.ts';

const LB = 'checkout-classic';
const PORT = 8443;
const REQUEST = {
  operation: 'provision',
  entryPoint: 'sticky-edge',
  stickinessPolicies: [
    {
      loadBalancerName: LB,
      policyName: 'ours',
      cookieExpirationPeriod: 60,
      loadBalancerPorts: [PORT],
      replace: true,
    },
  ],
};

/** Somebody replaces the policy of the port. */
async function setTheirs(world: World, PolicyName = 'theirs') {
  const elb = foreignElb(world);
  await elb.send(new CreateLBCookieStickinessPolicyCommand({ LoadBalancerName: LB, PolicyName }));
  const PolicyNames = ['tls-2023', PolicyName];
  const on = { LoadBalancerName: LB, LoadBalancerPort: PORT };
  await elb.send(new SetLoadBalancerPoliciesOfListenerCommand({ ...on, PolicyNames }));
}

async function policiesOn(world: World) {
  const command = new DescribeLoadBalancersCommand({ LoadBalancerNames: [LB] });
  const { LoadBalancerDescriptions = [] } = await foreignElb(world).send(command);
  const ports = LoadBalancerDescriptions[0]?.ListenerDescriptions ?? [];
  return ports.find(({ Listener }) => Listener?.LoadBalancerPort === PORT)?.PolicyNames?.toSorted();
}

test('a plan warns of the policy that it displaces, by its id; its hash covers it, and the job keeps it on record', async () => {
  const world = createWorld();
  const before = await planOf(world, REQUEST);
  const id = `eu-west-1/${LB}/legacy-sticky`;
  assert.deepEqual(
    before.steps.flatMap(({ displaces = [] }) => displaces),
    [id],
  );
  assert.match(before.warnings.join(), new RegExp(`^ours on ${LB}:${PORT} displaces ${id}, `));
  await setTheirs(world);
  const after = await planOf(world, REQUEST);
  assert.notEqual(after.planHash, before.planHash);
  const old = await world.submit(REQUEST, 'old', before.planHash);
  assert.equal((await world.finish(old.id)).job.problem?.code, 'PlanChanged');
  const approved = await world.submit(REQUEST, 'approved', after.planHash);
  const done = await world.finish(approved.id);
  assert.equal(done.job.status, 'SUCCEEDED', JSON.stringify(done.job.problem));
  assert.deepEqual(recordOf(done).notices, [
    `replaced policy theirs on port ${PORT} of ${LB}; a removal does not set it again`,
  ]);
});

test('a policy that others set after the plan is fixed is not displaced: the job rolls back', async () => {
  const world = createWorld();
  beforeItRuns(world, () => setTheirs(world));
  const { id } = await world.submit(REQUEST);
  const { job } = await world.finish(id);
  assert.deepEqual([job.status, job.problem?.code], ['ROLLED_BACK', 'ResourceConflict']);
  assert.match(job.problem?.message ?? '', /has theirs, which was set after the plan was made/);
  assert.deepEqual(await policiesOn(world), ['theirs', 'tls-2023']);
});

test('a plan that displaces nothing warns of nothing', async () => {
  const [policy] = REQUEST.stickinessPolicies;
  const value = { ...REQUEST, stickinessPolicies: [{ ...policy, loadBalancerPorts: [443] }] };
  const { steps, warnings } = await planOf(createWorld(), value);
  assert.deepEqual([warnings, steps.flatMap(({ displaces = [] }) => displaces)], [[], []]);
});
