// What a plan shows before its job: the members of what it creates, the order of its steps, what becomes of each resource, and
// changes of the entry point itself. Also beside a refusal, and in bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlanView } from '@gatehouse/core/api/answers';
import { MAX_BODY_BYTES } from '@gatehouse/core/json/body';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { told } from '../functions/api-cases.ts';
import { createWorld, type World } from '../world/world.ts';
import { CHANGES, standsOf } from './changes.ts';
import { exampleNamed } from './sweep.ts';

const EDGE = 'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';

async function answerTo(world: World, value: unknown) {
  const headers = { 'content-type': 'application/json' };
  return createPlan(world.ports(), {
    body: JSON.stringify(value),
    headers,
    caller: '123456789012/user/alice',
  });
}

async function planOf(world: World, value: unknown): Promise<PlanView> {
  const { status, body } = await answerTo(world, value);
  assert.equal(status, 200, JSON.stringify(body));
  return body as PlanView;
}

function changesOf({ steps }: PlanView, id: string): Record<string, unknown> {
  const changes = steps.find(step => step.id === id)?.changes ?? [];
  return Object.fromEntries(changes.map(({ member, ...value }) => [member, value]));
}

test('a plan of a create shows every member with its value, and which values are defaults', async () => {
  const plan = await planOf(createWorld(), {
    operation: 'provision',
    entryPoint: 'small-edge',
    listener: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [{ fromPort: 80, toPort: 81 }] },
    endpointGroups: [{ region: 'eu-west-1', trafficDialPercentage: 10 }],
    targetGroups: [
      {
        name: 'small',
        type: 'IP',
        config: { protocol: 'HTTP', vpcIdentifier: 'vpc-0a1b2c3d4e5f60718', healthCheck: { path: '/up' } },
        targets: [{ id: '10.0.1.5' }],
      },
    ],
  });
  const byDefault = (to: unknown) => ({ to, isDefault: true });
  assert.deepEqual(changesOf(plan, 'listener'), {
    acceleratorArn: { to: EDGE },
    protocol: { to: 'TCP' },
    portRanges: { to: [{ fromPort: 80, toPort: 81 }] },
    clientAffinity: byDefault('NONE'),
  });
  assert.deepEqual(changesOf(plan, 'endpoint-group-eu-west-1'), {
    region: { to: 'eu-west-1' },
    trafficDialPercentage: { to: 10 },
    healthCheckProtocol: byDefault('TCP'),
    healthCheckPath: byDefault('/'),
    healthCheckIntervalSeconds: byDefault(30),
    thresholdCount: byDefault(3),
    endpoints: byDefault([]),
    portOverrides: byDefault([]),
    healthCheckPort: byDefault(80),
    listenerArn: { idOf: 'listener' },
  });
  assert.deepEqual(changesOf(plan, 'target-group-eu-west-1-small'), {
    name: { to: 'small' },
    region: byDefault('eu-west-1'),
    tags: byDefault({}),
    type: { to: 'IP' },
    'config.protocol': { to: 'HTTP' },
    'config.port': byDefault(80),
    'config.protocolVersion': byDefault('HTTP1'),
    'config.vpcIdentifier': { to: 'vpc-0a1b2c3d4e5f60718' },
    'config.ipAddressType': byDefault('IPV4'),
    'config.healthCheck.enabled': byDefault(true),
    'config.healthCheck.protocol': byDefault('HTTP'),
    'config.healthCheck.protocolVersion': byDefault('HTTP1'),
    'config.healthCheck.port': byDefault(80),
    'config.healthCheck.path': { to: '/up' },
    'config.healthCheck.healthCheckIntervalSeconds': byDefault(30),
    'config.healthCheck.healthCheckTimeoutSeconds': byDefault(5),
    'config.healthCheck.healthyThresholdCount': byDefault(5),
    'config.healthCheck.unhealthyThresholdCount': byDefault(2),
    'config.healthCheck.matcher': byDefault({ httpCode: '200' }),
  });
  assert.deepEqual(changesOf(plan, 'targets-eu-west-1-small'), {
    region: byDefault('eu-west-1'),
    targets: { to: [{ id: '10.0.1.5', port: 80 }] },
    targetGroupArn: { idOf: 'target-group-eu-west-1-small' },
  });
});

test('a plan of a create on Alibaba Cloud shows the defaults of its API, which depend on the protocol', async () => {
  const plan = await planOf(createWorld(), {
    operation: 'provision',
    entryPoint: 'small-shop',
    cloud: 'alicloud',
    listener: {
      acceleratorId: 'ga-bp1shopw7k2m9q4x1z8t',
      protocol: 'HTTP',
      portRanges: [{ fromPort: 80, toPort: 80 }],
    },
    endpointGroups: [{ region: 'cn-hangzhou', endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.11' }] }],
  });
  const listener = changesOf(plan, 'listener');
  assert.deepEqual(listener['idleTimeout'], { to: 15, isDefault: true });
  assert.deepEqual(listener['requestTimeout'], { to: 60, isDefault: true });
  assert.equal(listener['httpVersion'], undefined, 'of HTTPS');
  const group = changesOf(plan, 'endpoint-group-cn-hangzhou');
  assert.deepEqual(group['endpointRequestProtocol'], { to: 'HTTP', isDefault: true });
  assert.deepEqual(group['acceleratorId'], { to: 'ga-bp1shopw7k2m9q4x1z8t' });
  assert.deepEqual(group['listenerId'], { idOf: 'listener' });
});

test('a change of the protection is a change that the plan shows', async () => {
  const world = createWorld();
  const small = exampleNamed('metrics-lambda') as object;
  const asked = (operation: string, isProtected: boolean) => ({
    ...small,
    operation,
    options: { protected: isProtected },
  });
  const on = { member: 'protected', from: false, to: true };
  assert.deepEqual((await planOf(world, asked('provision', false))).changes, []);
  assert.deepEqual((await planOf(world, asked('provision', true))).changes, [on]);
  const { id } = await world.submit(asked('provision', false), 'first');
  assert.equal((await world.finish(id)).job.status, 'SUCCEEDED');
  const plan = await planOf(world, asked('update', true));
  assert.deepEqual([plan.changes, plan.summary.update], [[on], 0]);
  const second = await world.submit(asked('update', true), 'second', plan.planHash);
  assert.equal((await world.finish(second.id)).job.status, 'SUCCEEDED');
  assert.deepEqual((await planOf(world, asked('update', true))).changes, []);
  assert.deepEqual((await planOf(world, asked('update', false))).changes, [{ ...on, from: true, to: false }]);
});

/** What becomes of the resources of checkout-edge: listener, two groups, a target group, its targets, a policy, its port. */
const SUMMARIES: Record<string, Partial<PlanView['summary']>> = {
  nothing: { unchanged: 7 },
  'every member in place': { update: 4, unchanged: 3 },
  'ports that rule out an override': { update: 3, unchanged: 4 },
  'groups and endpoints that come and go': { create: 1, update: 1, delete: 1, unchanged: 5 },
  'another accelerator': { replace: 3, unchanged: 4 },
  'targets that come and go': { update: 1, unchanged: 6 },
  'a target group that has to go first': { replace: 2, unchanged: 5 },
  'another target group': { create: 2, delete: 2, unchanged: 5 },
  'a policy that gets a successor': { replace: 2, unchanged: 5 },
};

for (const change of CHANGES) {
  test(`the plan of ${change.name} is in the order of execution, and counts each resource once`, async () => {
    const world = createWorld();
    await standsOf(world, change);
    const plan = await planOf(world, change.to);
    const { id } = await world.submit(change.to, 'second');
    const { plan: stored, job } = await world.finish(id);
    assert.equal(job.status, 'SUCCEEDED');
    const { prepare = [], forward = [], cleanup = [] } = stored?.lanes ?? {};
    const shown = plan.steps.map(step => step.id);
    const walked = [prepare, forward, cleanup].flat(3);
    assert.deepEqual(shown.slice(0, walked.length), walked);
    assert.deepEqual(stored?.steps.map(step => step.id).slice(0, shown.length), shown);
    const wanted = SUMMARIES[change.name];
    const none = { create: 0, update: 0, replace: 0, adopt: 0, delete: 0, unchanged: 0 };
    if (wanted) assert.deepEqual(plan.summary, { ...none, ...wanted });
  });
}

test('a replacement names the step of what it replaces, and the members that differ', async () => {
  const world = createWorld();
  const change = CHANGES.find(({ name }) => name === 'a target group that has to go first');
  assert.ok(change);
  await standsOf(world, change);
  const { steps } = await planOf(world, change.to);
  const made = steps.find(({ replaces }) => replaces?.startsWith('target-group-'));
  const gone = steps.find(({ replacedBy }) => replacedBy === made?.id);
  assert.deepEqual([made?.act, gone?.act], ['create', 'delete']);
  assert.ok(made && gone && steps.indexOf(gone) < steps.indexOf(made));
  const { from, to } = made.changes.find(({ member }) => member === 'config.protocol') ?? {};
  assert.deepEqual([from, to], ['HTTP', 'HTTPS']);
});

test('a refused plan shows the rest of the plan beside its refusals', async () => {
  const world = createWorld();
  const change = CHANGES.find(({ name }) => name === 'a target group that has to go first');
  assert.ok(change);
  await standsOf(world, change);
  const allowed = await planOf(world, change.to);
  const answer = await answerTo(world, { ...change.to, options: {} });
  assert.equal(answer.status, 409);
  assert.match(String(told(answer, 'errors', 0, 'detail')), /options\.allowInterruption: true/);
  const { planHash: _, ...plan } = told(answer, 'plan') as PlanView;
  const { planHash: __, ...same } = allowed;
  assert.deepEqual(plan, same);
});

test('the plan of the largest request is at most a few times as large', async () => {
  const name = (at: number) => `large-group-${at}`;
  const targetGroups = Array.from({ length: 20 }, (_, at) => ({
    name: name(at),
    type: 'IP',
    config: { protocol: 'HTTP', vpcIdentifier: 'vpc-0a1b2c3d4e5f60718' },
    tags: Object.fromEntries(
      Array.from({ length: 36 }, (_, tag) => [`t${tag}`.padEnd(20, 'é'), 'ü'.repeat(104)]),
    ),
    targets: Array.from({ length: 50 }, (_, target) => ({ id: `10.0.${at}.${target}` })),
  }));
  const request = { operation: 'provision', entryPoint: 'large-lattice', targetGroups };
  const size = Buffer.byteLength(JSON.stringify(request));
  assert.ok(size <= MAX_BODY_BYTES && size > MAX_BODY_BYTES * 0.95, `${size} bytes`);
  const { status, body } = await answerTo(createWorld(), request);
  assert.equal(status, 200);
  const answered = Buffer.byteLength(JSON.stringify(body));
  assert.ok(answered < 2 * MAX_BODY_BYTES, `${answered} bytes`);
});

/** Of an answer of Lambda. */
const MAX_ANSWER_BYTES = 6 * 1024 * 1024;

test('the plan of the most steps with the longest names fits into an answer', async () => {
  const stickinessPolicies = Array.from({ length: 20 }, (_, at) => ({
    loadBalancerName: 'checkout-classic',
    region: 'eu-west-1',
    policyName: `${at}`.padStart(100, 'p'),
    cookieName: 'session',
    loadBalancerPorts: Array.from({ length: 100 }, (__, port) => 10_000 + 100 * at + port),
  }));
  const answer = await answerTo(createWorld(), {
    operation: 'provision',
    entryPoint: 'many-ports',
    stickinessPolicies,
  });
  // The load balancer has none of these ports.
  assert.equal(answer.status, 409);
  const { steps } = told(answer, 'plan') as PlanView;
  assert.equal(steps.length, 2020);
  const answered = Buffer.byteLength(JSON.stringify(answer.body));
  assert.ok(answered < MAX_ANSWER_BYTES / 2, `${answered} bytes`);
});
