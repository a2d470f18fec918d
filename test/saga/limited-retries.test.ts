// Errors that are only probably transient: retried for a limited time, far below the deadline, and then permanent. And the
// refusals that follow from the lag of a cloud after our own change, which are waited out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EDGE } from '../clouds/fixtures.ts';
import { createWorld, type Fault, type World } from '../world/world.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

const FOR_EVER = 100_000;
const MISSING_ALB =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/provisioning-alb/8a3f09d27be16488';

const PORTAL = {
  operation: 'provision',
  entryPoint: 'portal',
  listener: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [{ fromPort: 7602, toPort: 7602 }] },
  endpointGroups: [{ region: 'us-east-1', endpoints: [{ endpointId: MISSING_ALB }] }],
};

function refusal(service: string, operation: string, code: string, message: string, times: number): Fault {
  const status = code === 'InvalidConfigurationRequest' ? 409 : 400;
  return { service, operation, fault: 'error', times, error: { code, status, message } };
}

async function end(world: World, request: unknown, key: string) {
  const began = world.now().getTime();
  const { id } = await world.submit(request, key);
  const jobRecord = await world.finish(id);
  return { ...jobRecord, seconds: (world.now().getTime() - began) / 1000 };
}

test('a name with a word of a transient error does not make a permanent one transient', async () => {
  const world = createWorld();
  const { job, seconds } = await end(world, PORTAL, 'portal');
  assert.deepEqual([job.status, job.problem?.code], ['ROLLED_BACK', 'InvalidRequest']);
  assert.ok(seconds < 60, `${seconds} s`);
  const creates = (await world.calls()).filter(call => call.operation === 'CreateEndpointGroup');
  assert.equal(creates.length, 1);
});

const NOT_ACTIVE = [
  `The load balancer ${MISSING_ALB} is not in active state`,
  'Load balancer is not in the active state.',
  'The resource "user-provisioning-nlb" is not active',
  'The load balancer is still provisioning',
];

for (const message of NOT_ACTIVE) {
  test(`an endpoint group is created after three refusals with "${message.replace(/arn:\S+/, 'ARN')}"`, async () => {
    const world = createWorld();
    const code = 'InvalidArgumentException';
    await world.faults([refusal('globalaccelerator', 'CreateEndpointGroup', code, message, 3)]);
    const { job } = await end(world, exampleNamed('voice-udp'), 'voice');
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  });
}

test('a load balancer that does not become active ends the job after ten minutes, and the error says so', async () => {
  const world = createWorld();
  const message = 'The load balancer is still provisioning';
  await world.faults([
    refusal('globalaccelerator', 'CreateEndpointGroup', 'InvalidArgumentException', message, FOR_EVER),
  ]);
  const { job, seconds } = await end(world, exampleNamed('voice-udp'), 'voice');
  assert.deepEqual([job.status, job.problem?.code], ['ROLLED_BACK', 'InvalidRequest']);
  assert.match(
    String(job.problem?.message),
    /still provisioning \(retried until \d{4}-\d\d-\d\dT[\d:.]+Z\)$/,
  );
  assert.ok(seconds >= 600 && seconds < 900, `${seconds} s`);
});

test('a bandwidth package that is not visible at once does not end the job', async () => {
  const world = createWorld();
  const code = 'NotExist.BasicBandwidthPackage';
  await world.faults([
    refusal('ga', 'CreateListener', code, 'The basic bandwidth package does not exist.', 3),
  ]);
  const { job } = await end(world, exampleNamed('shop-accelerator'), 'shop');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
});

test('a bandwidth package that stays away ends the job after five minutes', async () => {
  const world = createWorld();
  const code = 'NotExist.BasicBandwidthPackage';
  await world.faults([refusal('ga', 'CreateListener', code, 'It does not exist.', FOR_EVER)]);
  const { job, seconds } = await end(world, exampleNamed('shop-accelerator'), 'shop');
  assert.deepEqual([job.status, job.problem?.code], ['ROLLED_BACK', 'NotFound']);
  assert.ok(seconds >= 300 && seconds < 600, `${seconds} s`);
});

/**
 * Each removal of a resource that others use, with the refusal that says so although no user is left. The last column: a call
 * whose denial rolls the resource back.
 */
const IN_USE = [
  [
    'app-cookie',
    'elasticloadbalancing',
    'DeleteLoadBalancerPolicy',
    'InvalidConfigurationRequest',
    'SetLoadBalancerPoliciesOfListener',
  ],
  [
    'voice-udp',
    'globalaccelerator',
    'DeleteListener',
    'AssociatedEndpointGroupFoundException',
    'CreateEndpointGroup',
  ],
  ['metrics-lambda', 'vpc-lattice', 'DeleteTargetGroup', 'ConflictException', 'RegisterTargets'],
  ['shop-accelerator', 'ga', 'DeleteListener', 'Exist.EndpointGroup', 'CreateForwardingRules'],
  ['shop-accelerator', 'ga', 'DeleteListener', 'Exist.ForwardingRule', 'CreateForwardingRules'],
  ['shop-accelerator', 'ga', 'DeleteEndpointGroup', 'Exist.ForwardingRule', 'CreateForwardingRules'],
] as const;

for (const [example, service, operation, code, denied] of IN_USE) {
  test(`${operation} of ${service} is retried after ${code} if nothing uses the resource: in a removal and a rollback`, async () => {
    const world = createWorld();
    const { entryPoint } = exampleNamed(example) as { entryPoint: string };
    await end(world, exampleNamed(example), 'made');
    await world.faults([refusal(service, operation, code, 'It is still in use.', 1)]);
    const removed = await end(world, { operation: 'remove', entryPoint }, 'removed');
    assert.equal(removed.job.status, 'SUCCEEDED', JSON.stringify(removed.job.problem));

    world.pass(3600);
    const before = await world.picture();
    await world.faults([
      refusal(service, operation, code, 'It is still in use.', 1),
      { service, operation: denied, fault: 'error', times: 1, error: errorsOf(service).denied },
    ]);
    const rolledBack = await end(world, exampleNamed(example), 'rolled-back');
    assert.equal(rolledBack.job.status, 'ROLLED_BACK', JSON.stringify(rolledBack.job.leftovers));
    world.pass(3600);
    assert.equal(await world.picture(), before);
    assert.equal((await world.calls()).filter(call => call.error === code).length, 2);
  });
}

test('a job that runs out of time while a call is retried names the step and the last error', async () => {
  const world = createWorld();
  const throttled = refusal(
    'globalaccelerator',
    'CreateEndpointGroup',
    'ThrottlingException',
    'Rate exceeded',
    FOR_EVER,
  );
  await world.faults([throttled]);
  const { options, ...voice } = exampleNamed('voice-udp') as { options?: object };
  const { job } = await end(world, { ...voice, options: { ...options, deadlineSeconds: 300 } }, 'voice');
  assert.equal(job.problem?.code, 'DeadlineExceeded');
  assert.match(
    String(job.problem?.message),
    /endpoint-group-\S+: globalaccelerator CreateEndpointGroup: Rate exceeded/,
  );
});
