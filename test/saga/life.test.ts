// The purpose of the inventory: the owner of each resource, its allowed changes, and foreign changes in the meantime.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateLBCookieStickinessPolicyCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  AddEndpointsCommand,
  CreateEndpointGroupCommand,
  CreateListenerCommand,
  DeleteEndpointGroupCommand,
  DescribeEndpointGroupCommand,
  UpdateEndpointGroupCommand,
  UpdateListenerCommand,
} from '@aws-sdk/client-global-accelerator';
import { performAction } from '@gatehouse/core/api/act';
import type { PlanView } from '@gatehouse/core/api/answers';
import { driftSchema, planSchema } from '@gatehouse/core/api/answers';
import { type EntryPoint, type JobRecord, readEntryPoint } from '@gatehouse/core/record/records';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { getDrift } from '@gatehouse/functions/api/get-drift';
import { createWorld, type World } from '../world/world.ts';
import { CHANGES } from './changes.ts';
import { MUTATING } from './invariants.ts';
import { exampleNamed } from './sweep.ts';

const EDGE = 'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';
const THEIRS =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/ingest-nlb/50dc6c495c0c918a';

type Spec = Record<string, unknown>;

let keys = 0;

async function done(world: World, value: unknown, planHash?: string): Promise<JobRecord> {
  const job = await world.submit(value, `key-${++keys}`, planHash);
  return world.finish(job.id);
}

async function standing(world: World, name = 'checkout-edge'): Promise<EntryPoint> {
  const found = await readEntryPoint(world.store, name);
  assert.ok(found, `${name} stands`);
  return found;
}

async function idOf(world: World, step: string): Promise<string> {
  const found = (await standing(world)).resources.find(each => each.step === step);
  assert.ok(found, step);
  return found.id;
}

async function changed(world: World): Promise<number> {
  return (await world.calls()).filter(({ operation }) => MUTATING.test(operation)).length;
}

async function planned(world: World, value: unknown): Promise<PlanView> {
  const answer = await createPlan(world.ports(), {
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json' },
    caller: '123456789012/user/alice',
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return planSchema.parse(answer.body);
}

async function refused(world: World, value: unknown): Promise<{ code: string; errors: Spec[] }> {
  const answer = await createPlan(world.ports(), {
    body: JSON.stringify(value),
    headers: { 'content-type': 'application/json' },
    caller: '123456789012/user/alice',
  });
  assert.ok(answer.status >= 400, JSON.stringify(answer.body));
  return answer.body as unknown as { code: string; errors: Spec[] };
}

async function drift(world: World) {
  const answer = await getDrift(world.ports(), { parameters: { name: 'checkout-edge' } });
  assert.equal(answer.status, 200);
  return driftSchema.parse(answer.body);
}

async function edge(): Promise<World> {
  const world = createWorld();
  const { job } = await done(world, exampleNamed('checkout-edge'));
  assert.equal(job.status, 'SUCCEEDED');
  return world;
}

const small = (more: Spec = {}): Spec => ({
  operation: 'provision',
  entryPoint: 'small-edge',
  listener: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [{ fromPort: 9443, toPort: 9443 }] },
  endpointGroups: [{ region: 'eu-west-1' }],
  ...more,
});

test('a plan equals the steps of its job, changes nothing, and its hash admits the job', async () => {
  for (const { name, from, to } of CHANGES) {
    const world = createWorld();
    await done(world, from);
    const [calls, writes] = [await changed(world), world.writes()];
    const { planHash, steps } = await planned(world, to);
    // The write is that of the caller's place among those who plan.
    assert.deepEqual(
      [await changed(world), world.writes()],
      [calls, writes + 1],
      `${name}: nothing has changed`,
    );
    assert.equal((await planned(world, to)).planHash, planHash, `${name}: the same again is the same plan`);
    const { job, plan } = await done(world, to, planHash);
    assert.equal(job.status, 'SUCCEEDED', `${name}: ${JSON.stringify(job.problem)}`);
    assert.deepEqual(
      steps.map(({ id, act }) => [id, act]),
      plan?.steps.filter(({ restores }) => !restores).map(({ id, act }) => [id, act]),
      name,
    );
    const made = (await changed(world)) - calls;
    const said = steps.reduce((sum, step) => sum + step.calls, 0);
    assert.ok(made >= said, `${name}: ${made} calls, and ${said} were said`);
  }
});

test('a job whose plan has moved ends before any change', async () => {
  const world = await edge();
  const update = CHANGES.find(({ name }) => name === 'every member in place')?.to;
  const { planHash } = await planned(world, update);
  await world
    .stranger()
    .send(new UpdateListenerCommand({ ListenerArn: await idOf(world, 'listener'), ClientAffinity: 'NONE' }));
  const before = await world.picture();
  const { job } = await done(world, update, planHash);
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'PlanChanged']);
  assert.equal(await world.picture(), before);
  assert.notEqual((await planned(world, update)).planHash, planHash);
});

test('an interruption of traffic must be allowed, and the plan names it', async () => {
  const world = await edge();
  const gap = CHANGES.find(({ name }) => name === 'a target group that has to go first')?.to as Spec;
  const { code, errors } = await refused(world, { ...gap, options: {} });
  assert.equal(code, 'PlanRefused');
  assert.deepEqual(
    errors.map(({ pointer }) => pointer),
    ['/targetGroups/0'],
  );
  assert.match(String(errors[0]?.['detail']), /allowInterruption: true/);
  const before = await world.picture();
  const { job } = await done(world, { ...gap, options: {} });
  assert.deepEqual([job.status, await world.picture()], ['FAILED', before]);
  const { interruptions } = await planned(world, gap);
  assert.match(interruptions.join(), /is removed before the new one is created/);
});

test('a plan names the reasons for which a job would fail, also if a cloud denies a read', async () => {
  const world = createWorld();
  const acceleratorArn = EDGE.replace('1234abcd', '0000abcd');
  const [absent] = (
    await refused(world, small({ listener: { ...Object(small()['listener']), acceleratorArn } }))
  ).errors;
  assert.equal(absent?.['pointer'], '/listener/acceleratorArn');
  assert.match(String(absent?.['detail']), /accelerator .* does not exist/);

  const denied = { code: 'AccessDeniedException', status: 403, message: 'planned' };
  const service = 'globalaccelerator';
  for (const operation of ['DescribeAccelerator', 'ListListeners', 'ListEndpointGroups']) {
    await world.faults([{ service, operation, fault: 'error', times: 1, error: denied }]);
    const { code, errors } = await refused(world, small());
    assert.equal(code, 'PlanRefused');
    const detail = `${service} ${operation}: planned`;
    assert.deepEqual(errors, [{ pointer: '', detail }]);
  }
});

test('a function that takes the place of another is a gap, as its group takes one', async () => {
  const change = CHANGES.find(({ name }) => name === 'another function');
  const world = createWorld();
  await done(world, change?.from);
  const { errors } = await refused(world, { ...change?.to, options: {} });
  assert.match(String(errors[0]?.['detail']), /the group takes one target; set options.allowInterruption/);
  const { interruptions } = await planned(world, change?.to);
  assert.match(interruptions.join(), /removed before the new one is added/);
});

test('a resource that has to make room for new ports may already be gone', async () => {
  const world = await edge();
  const [group] = (await standing(world)).resources.filter(({ kind }) => kind === 'endpointGroup');
  await world.stranger().send(new DeleteEndpointGroupCommand({ EndpointGroupArn: group?.id }));
  const { to } = CHANGES.find(({ name }) => name === 'ports that rule out an override') ?? {};
  const { job } = await done(world, to);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
});

test('drift is reported member by member; what cannot be read is not reported as drift', async () => {
  const world = await edge();
  assert.deepEqual((await drift(world)).state, 'IN_SYNC');
  const them = world.stranger();
  const [listener, group] = [await idOf(world, 'listener'), await idOf(world, 'endpoint-group-us-east-1')];
  await them.send(new UpdateListenerCommand({ ListenerArn: listener, ClientAffinity: 'NONE' }));
  await them.send(new DeleteEndpointGroupCommand({ EndpointGroupArn: group }));
  const told = await drift(world);
  assert.equal(told.state, 'DRIFTED');
  assert.deepEqual(
    told.resources
      .filter(({ state }) => state !== 'IN_SYNC')
      .map(({ step, state, differences }) => ({ step, state, differences })),
    [
      {
        step: 'listener',
        state: 'DRIFTED',
        differences: [{ member: 'clientAffinity', expected: 'SOURCE_IP', found: 'NONE' }],
      },
      { step: 'endpoint-group-us-east-1', state: 'MISSING', differences: [] },
    ],
  );
  const error = { code: 'InternalServiceErrorException', status: 500, message: 'planned' };
  await world.faults([
    { service: 'globalaccelerator', operation: 'DescribeListener', fault: 'error', times: 1, error },
    { service: 'globalaccelerator', operation: 'DescribeEndpointGroup', fault: 'error', times: 2, error },
  ]);
  const blind = await drift(world);
  assert.deepEqual([blind.state, blind.resources[0]?.state], ['UNKNOWN', 'UNKNOWN']);
  assert.match(blind.resources[0]?.problem?.message ?? '', /planned/);
});

test('the next update recreates what others have deleted', async () => {
  const world = await edge();
  const group = await idOf(world, 'endpoint-group-us-east-1');
  await world.stranger().send(new DeleteEndpointGroupCommand({ EndpointGroupArn: group }));
  const { job, plan } = await done(world, {
    ...(exampleNamed('checkout-edge') as Spec),
    operation: 'update',
  });
  assert.equal(job.status, 'SUCCEEDED');
  const step = plan?.steps.find(({ id }) => id === 'endpoint-group-us-east-1');
  assert.deepEqual([step?.act, step?.reason], ['create', 'it was deleted outside Gatehouse']);
  assert.equal((await drift(world)).state, 'IN_SYNC');
});

test('endpoints of others stay through updates, their undo, and are named by a removal', async () => {
  const world = await edge();
  const them = world.stranger();
  const EndpointGroupArn = await idOf(world, 'endpoint-group-eu-west-1');
  await them.send(
    new AddEndpointsCommand({
      EndpointGroupArn,
      EndpointConfigurations: [{ EndpointId: THEIRS, Weight: 9 }],
    }),
  );
  const update = CHANGES.find(({ name }) => name === 'every member in place')?.to;
  assert.equal((await done(world, update)).job.status, 'SUCCEEDED');
  const { EndpointGroup } = await them.send(new DescribeEndpointGroupCommand({ EndpointGroupArn }));
  assert.ok(
    EndpointGroup?.EndpointDescriptions?.some(each => each.EndpointId === THEIRS && each.Weight === 9),
  );

  const before = await world.picture();
  const remove = { operation: 'remove', entryPoint: 'checkout-edge' };
  const { job } = await done(world, remove);
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'ResourceConflict']);
  assert.match(job.problem?.message ?? '', /ingest-nlb.*options\.force/s);
  assert.equal(await world.picture(), before, 'nothing was removed');
  const forced = await done(world, { ...remove, options: { force: true } });
  assert.equal(forced.job.status, 'SUCCEEDED', JSON.stringify(forced.job.problem));
});

test('a failed update leaves what others changed meanwhile', async () => {
  const world = await edge();
  const them = world.stranger();
  const EndpointGroupArn = await idOf(world, 'endpoint-group-eu-west-1');
  const denied = { code: 'AccessDeniedException', status: 403, message: 'planned' };
  // The last look at the accelerator turns it back, when all of it is done.
  await world.faults([
    {
      service: 'globalaccelerator',
      operation: 'DescribeAccelerator',
      fault: 'error',
      times: 1,
      after: 3,
      error: denied,
    },
  ]);
  const update = CHANGES.find(({ name }) => name === 'every member in place')?.to;
  const job = await world.submit(update, `key-${++keys}`);
  const meddle = async () => {
    const { EndpointGroup } = await them.send(new DescribeEndpointGroupCommand({ EndpointGroupArn }));
    if (EndpointGroup?.TrafficDialPercentage !== 0) return false;
    await them.send(new UpdateEndpointGroupCommand({ EndpointGroupArn, TrafficDialPercentage: 33 }));
    return true;
  };
  let meddled = false;
  for (let turn = 0; turn < 10_000 && !meddled; turn++) {
    await new Promise(resolve => setImmediate(resolve));
    meddled = await meddle();
  }
  assert.ok(meddled, 'somebody set the dial in between');
  const { job: ended } = await world.finish(job.id);
  assert.equal(ended.status, 'ROLLED_BACK', JSON.stringify(ended.problem));
  const { EndpointGroup: now } = await them.send(new DescribeEndpointGroupCommand({ EndpointGroupArn }));
  assert.deepEqual(
    [now?.TrafficDialPercentage, now?.ThresholdCount, now?.HealthCheckPath],
    [33, 2, '/health'],
  );
});

test('an existing resource is adopted only if it matches; an undo leaves it', async () => {
  const world = createWorld();
  const them = world.stranger();
  const ours = {
    AcceleratorArn: EDGE,
    PortRanges: [{ FromPort: 9443, ToPort: 9443 }],
    Protocol: 'TCP' as const,
  };
  const { Listener } = await them.send(new CreateListenerCommand({ ...ours, IdempotencyToken: 'theirs' }));
  const before = await world.picture();

  const without = await done(world, small());
  assert.deepEqual([without.job.status, without.job.problem?.code], ['FAILED', 'AlreadyExists']);
  const differs = small({
    options: { adopt: true },
    listener: { ...(small()['listener'] as Spec), clientAffinity: 'SOURCE_IP' },
  });
  const refusal = await done(world, differs);
  assert.deepEqual([refusal.job.status, refusal.job.problem?.code], ['FAILED', 'AlreadyExists']);
  assert.match(refusal.job.problem?.message ?? '', /clientAffinity is "NONE", not "SOURCE_IP"/);
  assert.equal(await world.picture(), before);

  await world.faults([
    {
      service: 'globalaccelerator',
      operation: 'CreateEndpointGroup',
      fault: 'error',
      times: 1,
      error: { code: 'AccessDeniedException', status: 403, message: 'planned' },
    },
  ]);
  const undone = await done(world, small({ options: { adopt: true } }));
  assert.deepEqual([undone.job.status, await world.picture()], ['ROLLED_BACK', before]);

  const adopted = await done(world, small({ options: { adopt: true } }));
  assert.equal(adopted.job.status, 'SUCCEEDED', JSON.stringify(adopted.job.problem));
  const { resources } = await standing(world, 'small-edge');
  assert.equal(resources[0]?.id, Listener?.ListenerArn);
  assert.deepEqual(
    adopted.plan?.steps.map(({ act }) => act),
    ['adopt', 'create', 'wait'],
  );

  const other = await done(world, small({ entryPoint: 'other-edge', options: { adopt: true } }));
  assert.deepEqual([other.job.status, other.job.problem?.code], ['FAILED', 'AlreadyExists']);
  assert.match(other.job.problem?.message ?? '', /belongs to entry point small-edge/);
});

test('no two entry points own one resource, and a removed one releases its claims', async () => {
  const world = createWorld();
  const group = { name: 'till', region: 'eu-west-1', type: 'LAMBDA' };
  const asked = (entryPoint: string) => ({ operation: 'provision', entryPoint, targetGroups: [group] });
  assert.equal((await done(world, asked('first-till'))).job.status, 'SUCCEEDED');
  const { job } = await done(world, { ...asked('second-till'), options: { adopt: true } });
  assert.equal(job.status, 'FAILED');
  assert.match(job.problem?.message ?? '', /belongs to entry point first-till/);
  assert.equal(
    (await done(world, { operation: 'remove', entryPoint: 'first-till' })).job.status,
    'SUCCEEDED',
  );
  assert.equal((await done(world, asked('second-till'))).job.status, 'SUCCEEDED');
});

test('leftovers of a forgotten job are adopted by its own entry point, and by no other', async () => {
  const world = createWorld();
  const denied = { code: 'AccessDeniedException', status: 403, message: 'planned' };
  const refusing = (operation: string) => {
    return { service: 'vpc-lattice', operation, fault: 'error', times: 1, error: denied };
  };
  await world.faults([refusing('RegisterTargets'), refusing('DeleteTargetGroup')]);
  const target = { id: 'arn:aws:lambda:eu-west-1:123456789012:function:checkout' };
  const group = { name: 'till', region: 'eu-west-1', type: 'LAMBDA', targets: [target] };
  const asked = (entryPoint: string, options = {}) => {
    return { operation: 'provision', entryPoint, options, targetGroups: [group] };
  };
  const { job } = await done(world, asked('first-till'));
  assert.equal(job.status, 'ROLLBACK_FAILED');
  const by = '123456789012/user/alice';
  await performAction(world.ports(), job.id, { action: 'forget', by, reason: 'it is wanted after all' });

  const other = await done(world, asked('second-till', { adopt: true }));
  assert.equal(other.job.status, 'FAILED');
  assert.match(other.job.problem?.message ?? '', /belongs to entry point first-till; remove its tag .* if/);
  const again = await done(world, asked('first-till', { adopt: true }));
  assert.equal(again.job.status, 'SUCCEEDED', JSON.stringify(again.job.problem));
  assert.equal(again.plan?.steps[0]?.act, 'adopt');
});

test('a protected entry point refuses to be removed until an update takes that off', async () => {
  const world = createWorld();
  assert.equal((await done(world, small({ options: { protected: true } }))).job.status, 'SUCCEEDED');
  const remove = { operation: 'remove', entryPoint: 'small-edge' };
  assert.equal((await refused(world, remove)).code, 'EntryPointProtected');
  await assert.rejects(done(world, remove), /EntryPointProtected/);
  assert.equal((await done(world, small({ operation: 'update' }))).job.status, 'SUCCEEDED');
  assert.equal((await done(world, remove)).job.status, 'SUCCEEDED');
});

test('an operation that the inventory forbids is refused with the way out', async () => {
  const world = createWorld();
  for (const [value, code] of [
    [small({ operation: 'update' }), 'EntryPointNotFound'],
    [{ operation: 'remove', entryPoint: 'small-edge' }, 'EntryPointNotFound'],
  ] as const) {
    assert.equal((await refused(world, value)).code, code);
    await assert.rejects(done(world, value), new RegExp(code));
  }
  await done(world, small());
  assert.equal((await refused(world, small())).code, 'EntryPointExists');
});

test('a request that comes while another job is open is judged when it begins', async () => {
  const world = createWorld();
  const first = await world.submit(small(), 'first');
  const second = await world.submit({ operation: 'remove', entryPoint: 'small-edge' }, 'second');
  assert.equal((await world.finish(first.id)).job.status, 'SUCCEEDED');
  assert.equal((await world.finish(second.id)).job.status, 'SUCCEEDED');
  const third = await world.submit(small(), 'third');
  const fourth = await world.submit(small(), 'fourth');
  assert.equal((await world.finish(third.id)).job.status, 'SUCCEEDED');
  const { job } = await world.finish(fourth.id);
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'EntryPointExists']);
});

test('a removal that is refused stops there, and names its leftovers', async () => {
  const world = await edge();
  const denied = { code: 'AccessDeniedException', status: 403, message: 'planned' };
  await world.faults([
    { service: 'globalaccelerator', operation: 'DeleteListener', fault: 'error', times: 1, error: denied },
  ]);
  const { job } = await done(world, { operation: 'remove', entryPoint: 'checkout-edge' });
  assert.equal(job.status, 'REMOVE_FAILED');
  assert.ok(
    job.leftovers?.some(({ step, problem }) => step === 'remove-listener' && problem.code === 'AccessDenied'),
  );
  const { resources } = await standing(world);
  assert.deepEqual(
    resources.filter(({ kind }) => kind === 'endpointGroup'),
    [],
    'what is gone is owned no more',
  );
  assert.ok(resources.some(({ kind }) => kind === 'listener'));
});

test('a listener with a foreign group is removed only with force, together with the group', async () => {
  const world = await edge();
  const ListenerArn = await idOf(world, 'listener');
  await world.stranger().send(
    new CreateEndpointGroupCommand({
      ListenerArn,
      EndpointGroupRegion: 'ap-southeast-2',
      IdempotencyToken: 't',
    }),
  );
  const remove = { operation: 'remove', entryPoint: 'checkout-edge' };
  assert.equal((await refused(world, remove)).code, 'PlanRefused');
  const { job } = await done(world, { ...remove, options: { force: true } });
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
});

test("who takes the name of a policy whose successor has another one is in nobody's way", async () => {
  const world = createWorld();
  const cookie = exampleNamed('app-cookie') as Spec & { stickinessPolicies: Spec[] };
  const [policy] = cookie.stickinessPolicies;
  const update = (more: Spec) => ({
    ...cookie,
    operation: 'update',
    stickinessPolicies: [{ ...policy, ...more }],
  });
  assert.equal((await done(world, cookie)).job.status, 'SUCCEEDED');
  assert.equal((await done(world, update({ cookieName: 'OTHER' }))).job.status, 'SUCCEEDED');
  const { credentials, requestHandler } = world.stranger().config;
  const them = new ElasticLoadBalancingClient({ region: 'us-east-1', credentials, requestHandler });
  await them.send(
    new CreateLBCookieStickinessPolicyCommand({
      LoadBalancerName: String(policy?.['loadBalancerName']),
      PolicyName: String(policy?.['policyName']),
    }),
  );
  const { job, plan } = await done(world, update({ cookieName: 'OTHER' }));
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  assert.deepEqual(
    plan?.steps.map(({ act }) => act),
    ['unchanged', 'unchanged'],
  );
});

test('successors of policies whose names differ only at their end do not get one name', async () => {
  const world = createWorld();
  const policy = (policyName: string, port: number, cookieName: string) => {
    return { loadBalancerName: 'checkout-classic', policyName, cookieName, loadBalancerPorts: [port] };
  };
  const asked = (operation: string, [one, other]: [string, string], cookie: string) => ({
    operation,
    entryPoint: 'dated-cookies',
    stickinessPolicies: [policy(one, 80, `${cookie}-A`), policy(other, 443, `${cookie}-B`)],
  });
  for (const names of [
    ['sticky-20240101', 'sticky-20240201'],
    [`${'a'.repeat(120)}1`, `${'a'.repeat(120)}2`],
  ] satisfies [string, string][]) {
    assert.equal((await done(world, asked('provision', names, 'OLD'))).job.status, 'SUCCEEDED');
    const { job } = await done(world, asked('update', names, 'NEW'));
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
    const remove = { operation: 'remove', entryPoint: 'dated-cookies' };
    assert.equal((await done(world, remove)).job.status, 'SUCCEEDED');
  }
});

test('a target whose address is spelled differently is the same target', async () => {
  const world = createWorld();
  const asked = (operation: string, id: string) => {
    const vpc = { vpcIdentifier: 'vpc-0a1b2c3d4e5f60718', ipAddressType: 'IPV6' };
    const config = { protocol: 'TCP', port: 5432, ...vpc };
    const group = { name: 'till', type: 'IP', config, targets: [{ id }] };
    return { operation, entryPoint: 'till-edge', targetGroups: [group] };
  };
  assert.equal((await done(world, asked('provision', '2001:DB8:0:1:0:0:0:5'))).job.status, 'SUCCEEDED');
  const calls = await changed(world);
  const { job } = await done(world, asked('update', '2001:db8:0:1::5'));
  assert.deepEqual([job.status, await changed(world)], ['SUCCEEDED', calls]);
});

test('overrides that give way take nothing along that others have set on their group', async () => {
  const world = await edge();
  const them = world.stranger();
  const EndpointGroupArn = await idOf(world, 'endpoint-group-eu-west-1');
  await them.send(new UpdateEndpointGroupCommand({ EndpointGroupArn, TrafficDialPercentage: 33 }));
  const update = CHANGES.find(({ name }) => name === 'ports that rule out an override')?.to;
  const { plan } = await done(world, update);
  assert.equal(plan?.steps[0]?.id, 'prepare-endpoint-group-eu-west-1');
  const dials = (await world.calls())
    .filter(({ operation, request }) => {
      return operation === 'UpdateEndpointGroup' && request['EndpointGroupArn'] === EndpointGroupArn;
    })
    .map(({ request }) => request['TrafficDialPercentage']);
  assert.deepEqual(dials, [33, 33, 100], 'theirs, the overrides, then the spec');
});

test('cleared overrides are restored, even if only a retry reverts a later change of their group', async () => {
  const world = await edge();
  const before = await world.picture();
  const update = CHANGES.find(({ name }) => name === 'ports that rule out an override')?.to;
  const denied = { code: 'AccessDeniedException', status: 403, message: 'planned' };
  // The overrides go, the group gets others, the next group is refused, and then nothing takes those others back.
  await world.faults([
    {
      service: 'globalaccelerator',
      operation: 'UpdateEndpointGroup',
      after: 2,
      fault: 'error',
      times: 2,
      error: denied,
    },
  ]);
  const { job } = await done(world, update);
  assert.equal(job.status, 'ROLLBACK_FAILED', JSON.stringify(job.problem));
  assert.deepEqual(
    job.leftovers?.map(({ step }) => step),
    ['prepare-endpoint-group-eu-west-1', 'listener', 'endpoint-group-eu-west-1'],
  );
  await world.clearFaults();
  await performAction(world.ports(), job.id, { action: 'retry', by: '123456789012/user/alice' });
  const retried = await world.finish(job.id);
  assert.equal(retried.job.status, 'ROLLED_BACK', JSON.stringify(retried.job.leftovers));
  assert.equal(await world.picture(), before);
});

test('a failed removal continues when it is retried, and removed resources stay removed', async () => {
  const world = createWorld();
  const initial = await world.picture();
  await done(world, exampleNamed('checkout-edge'));
  const denied = { code: 'AccessDeniedException', status: 403, message: 'planned' };
  await world.faults([
    { service: 'vpc-lattice', operation: 'DeleteTargetGroup', fault: 'error', times: 1, error: denied },
  ]);
  const { job } = await done(world, { operation: 'remove', entryPoint: 'checkout-edge' });
  assert.equal(job.status, 'REMOVE_FAILED');
  const asked = await performAction(world.ports(), job.id, {
    action: 'retry',
    by: '123456789012/user/alice',
  });
  assert.equal(asked.outcome, 'done', JSON.stringify(asked));
  const retried = await world.finish(job.id);
  assert.equal(retried.job.status, 'SUCCEEDED', JSON.stringify(retried.job.problem));
  assert.equal(await world.picture(), initial);
  assert.equal(await readEntryPoint(world.store, 'checkout-edge'), undefined);
});

test('a removal whose deadline has passed ends, and names its leftovers', async () => {
  const world = await edge();
  const stuck = { service: 'vpc-lattice', operation: 'DeleteTargetGroup', fault: 'stuck', times: 1 };
  await world.faults([stuck]);
  const remove = { operation: 'remove', entryPoint: 'checkout-edge', options: { deadlineSeconds: 60 } };
  const { job } = await done(world, remove);
  assert.deepEqual([job.status, job.problem?.code], ['REMOVE_FAILED', 'DeadlineExceeded']);
  assert.ok(job.leftovers?.some(({ step }) => step === 'remove-target-group-eu-west-1-checkout'));
});
