// What only target groups and their targets do, beyond the contract.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DeleteTargetGroupCommand,
  GetTargetGroupCommand,
  ListTargetsCommand,
  RegisterTargetsCommand,
  TagResourceCommand,
  UpdateTargetGroupCommand,
} from '@aws-sdk/client-vpc-lattice';
import { vpcLatticeClients } from '@gatehouse/clouds/vpc-lattice';
import { targetGroupResource } from '@gatehouse/clouds/vpc-lattice/target-group';
import type { ObservedGroup } from '@gatehouse/clouds/vpc-lattice/target-group-image';
import { type ObservedTargets, targetsResource } from '@gatehouse/clouds/vpc-lattice/targets';
import { createWorld, type World } from '../world/world.ts';
import { foreignLattice, wireOf } from './foreign-clients.ts';
import {
  addresses,
  desiredTargetGroup,
  desiredTargets,
  JOB,
  LATTICE_SETTLES_SECONDS,
  standingGroup,
  VPC,
} from './lattice-fixtures.ts';

const TOKEN = 'a'.repeat(64);
const OTHER_TOKEN = 'b'.repeat(64);
const ALB =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/backoffice-alb/50dc6c495c0c9189';
/** Somebody else's service. */
const BILLING = 'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0c9b8a7f6e5d40312';
const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:checkout';

const groupsOf = (world: World) => targetGroupResource(vpcLatticeClients(wireOf(world)));
const targetsOf = (world: World) => targetsResource(vpcLatticeClients(wireOf(world)));

/** The calls of one operation. */
async function callsOf(world: World, operation: string) {
  return (await world.calls()).filter(call => call.operation === operation);
}

async function groupBench(changes: object = {}) {
  const world = createWorld();
  const groups = groupsOf(world);
  const desired = desiredTargetGroup(changes);
  const made = await groups.create?.(desired, TOKEN);
  assert.ok(made);
  world.pass(LATTICE_SETTLES_SECONDS);
  return { world, groups, desired, made, stranger: foreignLattice(world) };
}

test('a target group is ours by the tags of its job alone, however equal it is', async () => {
  const { groups, desired, made } = await groupBench();
  assert.equal(groups.owns?.(desired, made), true);
  assert.equal(groups.owns?.(desired, { ...made, tags: {} }), false, 'a group without tags');
  assert.equal(groups.owns?.(desired, { ...made, tags: { team: 'checkout' } }), false, 'with tags of others');
  assert.equal(groups.owns?.(desiredTargetGroup({}, 'job-2'), made), false, 'of another job of ours');
  assert.equal(
    groups.owns?.(desired, { ...made, config: {}, tags: { 'gatehouse:job': JOB } }),
    true,
    'its tags prove it, although it differs',
  );
});

test('a target group of the same name that another job made is found and is not ours', async () => {
  const { groups, desired } = await groupBench();
  const ours = desiredTargetGroup({}, 'job-2');
  const found = await groups.read(ours, undefined);
  assert.ok(found);
  assert.equal(groups.owns?.(ours, found), false);
  assert.equal(groups.owns?.(desired, found), true);
  await assert.rejects(async () => groups.create?.(ours, OTHER_TOKEN), { code: 'AlreadyExists' });
});

test('a target group beyond the first page of the list is found', async () => {
  const world = createWorld();
  const groups = groupsOf(world);
  for (let at = 0; at < 101; at++) {
    await groups.create?.(desiredTargetGroup({ name: `aa-${at}` }), `${at}`);
  }
  const made = await groups.create?.(desiredTargetGroup(), TOKEN);
  const lists = (await callsOf(world, 'ListTargetGroups')).length;
  assert.equal((await groups.read(desiredTargetGroup(), undefined))?.arn, made?.arn);
  assert.equal((await callsOf(world, 'ListTargetGroups')).length - lists, 2, 'it was on the second page');
});

for (const updateOmittedMember of ['keep', 'reset'] as const) {
  test(`a health check set right keeps its other members, where the API would ${updateOmittedMember} what is left out`, async () => {
    const { world, groups, desired, made, stranger } = await groupBench();
    const targetGroupIdentifier = made.arn;
    // What the request leaves to the cloud, somebody has set: that is theirs to decide.
    const theirs = { port: 9000 };
    const healthCheck = { ...made.config.healthCheck, ...theirs, path: '/' };
    await stranger.send(new UpdateTargetGroupCommand({ targetGroupIdentifier, healthCheck }));
    await world.switches({ 'vpc-lattice': { updateOmittedMember } });

    const changed = await groups.read(desired, made.arn);
    assert.ok(changed);
    assert.deepEqual(groups.drift(desired, changed), ['config.healthCheck']);
    await groups.update?.(desired, changed);
    const { config } = await stranger.send(new GetTargetGroupCommand({ targetGroupIdentifier }));
    assert.deepEqual(config?.healthCheck, { ...made.config.healthCheck, ...theirs });
  });
}

test('values that the API fills in are no drift of a target group', async () => {
  for (const changes of [
    { config: { protocol: 'HTTP', vpcIdentifier: VPC } },
    { config: { protocol: 'HTTPS', vpcIdentifier: VPC, protocolVersion: 'GRPC' } },
    { config: { protocol: 'TCP', port: 5000, vpcIdentifier: VPC } },
    { type: 'INSTANCE', config: { protocol: 'HTTP', vpcIdentifier: VPC } },
    { type: 'ALB', config: { protocol: 'HTTPS', vpcIdentifier: VPC } },
    { type: 'LAMBDA', config: undefined },
    { type: 'LAMBDA', config: { lambdaEventStructureVersion: 'V2' } },
    {
      config: {
        protocol: 'HTTP',
        vpcIdentifier: VPC,
        ipAddressType: 'IPV6',
        healthCheck: { enabled: false },
      },
    },
  ]) {
    const { groups, desired, made } = await groupBench(changes);
    const read = await groups.read(desired, made.arn);
    assert.ok(read);
    assert.deepEqual(groups.drift(desired, read), [], JSON.stringify(changes));
  }
});

test('a target group whose immutable members differ is not changed: ResourceConflict, and no call', async () => {
  const { world, groups, made } = await groupBench();
  const other = { protocol: 'HTTP', port: 9090, vpcIdentifier: VPC };
  const before = (await world.calls()).length;
  for (const [desired, drift] of [
    [desiredTargetGroup({ config: other }), 'config.port'],
    [desiredTargetGroup({ type: 'INSTANCE', config: { ...other, port: 8080 } }), 'type'],
  ] as const) {
    assert.ok(groups.drift(desired, made).includes(drift));
    await assert.rejects(async () => groups.update?.(desired, made), {
      name: 'TerminalError',
      code: 'ResourceConflict',
    });
  }
  assert.equal((await world.calls()).length, before);
});

test('a tag that others put on our target group stays when ours are set right', async () => {
  const { groups, desired, made, stranger } = await groupBench({ tags: { team: 'checkout' } });
  const tags = { theirs: 'kept', team: 'billing' };
  await stranger.send(new TagResourceCommand({ resourceArn: made.arn, tags }));
  const changed = await groups.read(desired, made.arn);
  assert.ok(changed);
  const updated = await groups.update?.(desired, changed);
  assert.deepEqual(updated?.tags, { ...desired.tags, theirs: 'kept', team: 'checkout' });
});

test('a target group that was changed and cannot be looked at right after is of unknown outcome', async () => {
  const { world, groups, desired, made } = await groupBench();
  const tagged = { ...desired, tags: { ...desired.tags, team: 'billing' } };
  const error = { code: 'ThrottlingException', status: 429, message: 'not now' };
  await world.faults([
    { service: 'vpc-lattice', operation: 'GetTargetGroup', fault: 'error', times: 1, error },
  ]);
  await assert.rejects(async () => groups.update?.(tagged, made), { outcome: 'unknown' });
  assert.equal((await groups.read(desired, made.arn))?.tags['team'], 'billing');
});

test('a target group is pending while it is made or deleted, and only ACTIVE is ready', () => {
  const { ready } = groupsOf(createWorld());
  const group = (status: string | undefined): ObservedGroup => ({
    arn: 'arn',
    name: 'checkout',
    type: 'IP',
    config: {},
    status,
    failure: 'no room',
    serviceArns: [],
    tags: {},
  });
  assert.deepEqual(ready(group('ACTIVE')), { ready: true });
  for (const status of ['CREATE_IN_PROGRESS', 'DELETE_IN_PROGRESS', 'PAUSED', undefined]) {
    const readiness = ready(group(status));
    assert.ok(!readiness.ready && !readiness.failed, `${status} is pending`);
    assert.match(readiness.reason, new RegExp(status ?? 'unknown'), 'it is shown as it is');
  }
  for (const status of ['CREATE_FAILED', 'DELETE_FAILED']) {
    const readiness = ready(group(status));
    assert.ok(!readiness.ready && readiness.failed, `${status} is of no use`);
    assert.match(readiness.reason, /no room/, 'the reason is told');
  }
});

test('a target group that failed to be created has a reason, and is deleted like any other', async () => {
  const world = createWorld();
  const groups = groupsOf(world);
  await world.faults([{ service: 'vpc-lattice', operation: 'CreateTargetGroup', fault: 'failed', times: 1 }]);
  const made = await groups.create?.(desiredTargetGroup(), TOKEN);
  assert.ok(made);
  world.pass(LATTICE_SETTLES_SECONDS);
  const failed = await groups.read(desiredTargetGroup(), made.arn);
  assert.ok(failed);
  const readiness = groups.ready(failed);
  assert.ok(!readiness.ready && readiness.failed);
  assert.match(readiness.reason, /CREATE_FAILED: .*could not be created/);
  await groups.remove?.(made.arn, desiredTargetGroup(), null);
  world.pass(LATTICE_SETTLES_SECONDS);
  assert.equal(await groups.read(desiredTargetGroup(), made.arn), undefined);
});

test('a target group that cannot be deleted yet is busy, which heals by asking again', async () => {
  const { world, groups, desired, made, stranger } = await groupBench();
  const target = { targetGroupIdentifier: made.arn, targets: [{ id: '10.0.1.5' }] };
  await stranger.send(new RegisterTargetsCommand(target));
  const remove = async () => groups.remove?.(made.arn, desired, null);
  await assert.rejects(remove, { name: 'RetryableError', code: 'Busy', outcome: 'none' });
  await targetsOf(world).remove?.(
    '',
    { ...desiredTargets([{ id: '10.0.1.5' }]), targetGroupArn: made.arn },
    null,
  );
  await assert.rejects(remove, { code: 'Busy' }, 'while it drains');
  world.pass(LATTICE_SETTLES_SECONDS);
  await remove();
});

test('a blank id never becomes a call on the collection of all target groups', async () => {
  const world = createWorld();
  const [groups, targets] = [groupsOf(world), targetsOf(world)];
  const blank = { ...desiredTargets([{ id: '10.0.1.5' }]), targetGroupArn: '' };
  for (const call of [
    () => groups.remove?.('', desiredTargetGroup(), null),
    () => targets.read(blank, undefined),
    () => targets.create?.(blank, TOKEN),
  ]) {
    await assert.rejects(async () => call(), { code: 'InternalFailure' });
  }
  assert.deepEqual(await world.calls(), []);
});

test('a target group in another region is made, found and removed there', async () => {
  const vpcIdentifier = 'vpc-0f1e2d3c4b5a69788';
  const config = { protocol: 'HTTP', vpcIdentifier };
  const { world, groups, desired, made } = await groupBench({ region: 'us-east-1', config });
  assert.match(made.arn, /:us-east-1:/);
  assert.equal((await groups.read(desired, undefined))?.arn, made.arn);
  await groups.remove?.(made.arn, desired, null);
  assert.deepEqual([...new Set((await world.calls()).map(call => call.region))], ['us-east-1']);
});

async function targetsBench(wanted: object[], changes: object = {}) {
  const world = createWorld();
  const targetGroupArn = await standingGroup(world, changes);
  const desired = { ...desiredTargets(wanted, changes), targetGroupArn };
  return { world, targets: targetsOf(world), desired, targetGroupArn, stranger: foreignLattice(world) };
}

test('250 targets are registered in three calls, and drift names them until all are there', async () => {
  const { world, targets, desired } = await targetsBench(addresses(250));
  let observed = await targets.create?.(desired, TOKEN);
  for (const standing of [100, 200]) {
    assert.ok(observed);
    assert.equal(observed.ours.length, standing);
    assert.deepEqual(targets.drift(desired, observed), ['targets']);
    observed = await targets.update?.(desired, observed);
  }
  assert.ok(observed);
  assert.equal(observed.ours.length, 250);
  assert.deepEqual(targets.drift(desired, observed), []);
  const sent = (await callsOf(world, 'RegisterTargets')).map(call => call.request['targets']);
  assert.deepEqual(
    sent.map(list => Array.isArray(list) && list.length),
    [100, 100, 50],
  );

  world.pass(LATTICE_SETTLES_SECONDS);
  for (let calls = 0; calls < 3; calls++) await targets.remove?.('', desired, null);
  assert.equal((await callsOf(world, 'DeregisterTargets')).length, 3, 'and taken out in three');
  world.pass(LATTICE_SETTLES_SECONDS);
  assert.equal(await targets.read(desired, undefined), undefined);
});

test('a target without a port is registered on the port of its group, and found again', async () => {
  const { world, targets, desired } = await targetsBench([{ id: '10.0.1.5' }]);
  const made = await targets.create?.(desired, TOKEN);
  assert.deepEqual(
    made?.ours.map(({ id, port }) => [id, port]),
    [['10.0.1.5', 8080]],
  );
  world.pass(LATTICE_SETTLES_SECONDS);
  const read = await targets.read(desired, undefined);
  assert.ok(read);
  assert.deepEqual(targets.drift(desired, read), []);
});

for (const invalidTarget of ['unsuccessful', 'refuse']) {
  test(`targets that a call at the same time has registered stand as asked, though the cloud refuses them again (${invalidTarget})`, async () => {
    const { world, targets, desired } = await targetsBench(addresses(2));
    await world.switches({ 'vpc-lattice': { registerPresentTarget: 'unsuccessful', invalidTarget } });
    const [one, other] = await Promise.all([
      targets.create?.(desired, TOKEN),
      targets.create?.(desired, TOKEN),
    ]);
    for (const made of [one, other]) {
      assert.ok(made);
      assert.deepEqual(targets.drift(desired, made), []);
    }
    assert.equal((await callsOf(world, 'RegisterTargets')).length, 2);
  });
}

test('a function and a load balancer are targets like any other', async () => {
  for (const [wanted, changes] of [
    [[{ id: FUNCTION }], { name: 'functions', type: 'LAMBDA', config: undefined }],
    [[{ id: ALB }], { name: 'balancers', type: 'ALB', config: { protocol: 'HTTPS', vpcIdentifier: VPC } }],
  ] as const) {
    const { world, targets, desired } = await targetsBench([...wanted], changes);
    const made = await targets.create?.(desired, TOKEN);
    assert.ok(made);
    assert.deepEqual(targets.drift(desired, made), []);
    await targets.remove?.('', desired, null);
    world.pass(LATTICE_SETTLES_SECONDS);
    assert.equal(await targets.read(desired, undefined), undefined);
  }
});

test('targets of an unused group are ready as UNUSED, those without health checks as UNAVAILABLE', async () => {
  const unchecked = { protocol: 'TCP', port: 8080, vpcIdentifier: VPC };
  for (const [changes, settled] of [
    [{}, 'UNUSED'],
    [{ config: unchecked }, 'UNAVAILABLE'],
  ] as const) {
    const { world, targets, desired } = await targetsBench([{ id: '10.0.1.5' }], changes);
    const made = await targets.create?.(desired, TOKEN);
    assert.ok(made);
    assert.deepEqual(targets.ready(made), { ready: false, reason: 'target 10.0.1.5 is INITIAL' });
    world.pass(LATTICE_SETTLES_SECONDS);
    const read = await targets.read(desired, undefined);
    assert.ok(read);
    assert.equal(read.ours[0]?.status, settled);
    assert.deepEqual(targets.ready(read), { ready: true });
    await targets.remove?.('', desired, null);
    const leaving = await targets.read(desired, undefined);
    assert.ok(leaving);
    assert.deepEqual(targets.ready(leaving), {
      ready: false,
      reason: 'target 10.0.1.5 is DRAINING',
      leaving: true,
    });
  }
});

test('targets are settled in every result of a health check, and pending in an unknown status', () => {
  const { ready } = targetsOf(createWorld());
  const of = (...statuses: (string | undefined)[]): ObservedTargets =>
    JSON.parse(
      JSON.stringify({ targetGroupArn: 'arn', ours: statuses.map(status => ({ id: 'a', status })) }),
    );
  for (const settled of ['HEALTHY', 'UNHEALTHY', 'UNUSED', 'UNAVAILABLE']) {
    assert.deepEqual(ready(of(settled)), { ready: true }, settled);
  }
  for (const pending of ['INITIAL', 'DRAINING', 'PAUSED', undefined]) {
    assert.equal(ready(of('HEALTHY', pending)).ready, false, `one ${pending} among healthy ones`);
  }
});

test('a 200 that refuses some of the targets fails the create, with an outcome to be looked up', async () => {
  const { targets, desired } = await targetsBench([{ id: '10.0.1.5' }, { id: '10.1.0.1' }]);
  await assert.rejects(async () => targets.create?.(desired, TOKEN), {
    name: 'TerminalError',
    code: 'InvalidRequest',
    outcome: 'unknown',
    message: /10\.1\.0\.1:8080/,
  });
  const found = await targets.read(desired, undefined);
  assert.deepEqual(
    found?.ours.map(target => target.id),
    ['10.0.1.5'],
    'the others are registered, and found to be taken out again',
  );
});

test('targets that are registered and cannot be listed right after are of unknown outcome', async () => {
  for (const [code, status] of [
    ['ThrottlingException', 429],
    ['AccessDeniedException', 403],
  ] as const) {
    const { world, targets, desired } = await targetsBench([{ id: '10.0.1.5' }]);
    const error = { code, status, message: 'not now' };
    await world.faults([
      { service: 'vpc-lattice', operation: 'ListTargets', fault: 'error', times: 1, error },
    ]);
    await assert.rejects(async () => targets.create?.(desired, TOKEN), { outcome: 'unknown' }, code);
    assert.equal((await targets.read(desired, undefined))?.ours.length, 1);
  }
});

test('targets of others are neither counted nor deregistered, and ours are named alone on the wire', async () => {
  const { world, targets, desired, targetGroupArn, stranger } = await targetsBench([{ id: '10.0.1.5' }]);
  const theirs = [
    { id: '10.0.1.5', port: 9999 },
    { id: '10.0.3.3', port: 8080 },
  ];
  await stranger.send(new RegisterTargetsCommand({ targetGroupIdentifier: targetGroupArn, targets: theirs }));
  await targets.create?.(desired, TOKEN);
  await targets.remove?.('', desired, null);
  world.pass(LATTICE_SETTLES_SECONDS);
  const [taken] = await callsOf(world, 'DeregisterTargets');
  assert.deepEqual(taken?.request['targets'], [{ id: '10.0.1.5', port: 8080 }]);
  const { items = [] } = await stranger.send(
    new ListTargetsCommand({ targetGroupIdentifier: targetGroupArn }),
  );
  assert.deepEqual(
    items.map(({ id, port }) => ({ id, port })),
    theirs,
  );
});

test('targets whose group is gone are absent, and their removal is done', async () => {
  const { world, targets, desired, targetGroupArn, stranger } = await targetsBench([{ id: '10.0.1.5' }]);
  await stranger.send(new DeleteTargetGroupCommand({ targetGroupIdentifier: targetGroupArn }));
  world.pass(LATTICE_SETTLES_SECONDS);
  assert.equal(await targets.read(desired, undefined), undefined);
  await targets.remove?.('', desired, null);
  assert.deepEqual(await callsOf(world, 'DeregisterTargets'), []);
});

test('a service that uses a target group cannot be taken off it: ResourceConflict, naming it, and no call', async () => {
  const world = createWorld();
  const groups = groupsOf(world);
  const desired = desiredTargetGroup({ name: 'billing' });
  const standing = await groups.read(desired, undefined);
  assert.ok(standing);
  assert.deepEqual(await groups.foreignDependents?.(desired, standing), [BILLING, 'target 10.0.7.21:8080']);
  await assert.rejects(async () => groups.deleteForeign?.(desired, standing, ['target 10.0.7.21:8080']), {
    name: 'TerminalError',
    code: 'ResourceConflict',
    outcome: 'none',
    message: new RegExp(`is used by ${BILLING}`),
  });
  assert.ok((await world.calls()).every(call => !call.changed));
});

test('a service that uses our target group is a foreign user, until it stops using it', async () => {
  const { groups, desired, made, stranger } = await groupBench();
  const forward = { targetGroups: [{ targetGroupIdentifier: made.arn }] };
  const { id: listenerIdentifier } = await stranger.send(
    new CreateListenerCommand({
      serviceIdentifier: BILLING,
      name: 'checkout',
      protocol: 'HTTP',
      port: 8080,
      defaultAction: { forward },
    }),
  );
  const used = await groups.read(desired, made.arn);
  assert.ok(used);
  assert.deepEqual(groups.drift(desired, used), []);
  assert.deepEqual(await groups.foreignDependents?.(desired, used), [BILLING]);
  await assert.rejects(async () => groups.remove?.(made.arn, desired, null), { code: 'Busy' });
  await stranger.send(new DeleteListenerCommand({ serviceIdentifier: BILLING, listenerIdentifier }));
  const free = await groups.read(desired, made.arn);
  assert.ok(free);
  assert.deepEqual(await groups.foreignDependents?.(desired, free), []);
  await groups.remove?.(made.arn, desired, null);
});

test('foreign targets are deregistered by their names, a hundred in one call, and no others', async () => {
  const { world, groups, desired, made, stranger } = await groupBench();
  const theirs = addresses(150);
  for (const at of [0, 100]) {
    const targets = theirs.slice(at, at + 100);
    await stranger.send(new RegisterTargetsCommand({ targetGroupIdentifier: made.arn, targets }));
  }
  const names = (await groups.foreignDependents?.(desired, made)) ?? [];
  await groups.deleteForeign?.(desired, made, names.slice(0, 100));
  assert.deepEqual(await groups.foreignDependents?.(desired, made), names.slice(100));
  await groups.deleteForeign?.(desired, made, names.slice(0, 1));
  assert.equal((await callsOf(world, 'DeregisterTargets')).length, 1, 'what is gone needs no call');
});

test('tags are set before those that are dropped go, each in a call that names only what differs', async () => {
  const { world, groups, desired, made } = await groupBench({ tags: { team: 'checkout', old: 'x' } });
  const { old: _, ...kept } = desired.tags;
  const asked = { ...desired, tags: { ...kept, team: 'billing' }, droppedTags: ['old', 'never'] };
  const tagged = await groups.update?.(asked, made);
  assert.ok(tagged);
  assert.deepEqual(groups.drift(asked, tagged), ['tags']);
  const untagged = await groups.update?.(asked, tagged);
  assert.ok(untagged);
  assert.deepEqual(groups.drift(asked, untagged), []);
  const [set] = await callsOf(world, 'TagResource');
  const [taken] = await callsOf(world, 'UntagResource');
  assert.deepEqual(set?.request['tags'], { team: 'billing' });
  assert.deepEqual(taken?.request['tagKeys'], ['old']);
});

test('some of the targets of a group are taken out of it for good, and the others stay', async () => {
  const { world, targets, desired } = await targetsBench([{ id: '10.0.1.5' }, { id: '10.0.1.6' }]);
  await targets.create?.(desired, TOKEN);
  const dropped = { ...desired, targets: desired.targets.slice(0, 1) };
  await targets.remove?.('', dropped, null);
  const draining = await targets.read(dropped, undefined);
  assert.ok(draining, 'it is there until it has drained');
  assert.deepEqual(targets.snapshot?.(draining), { targets: {} });
  world.pass(LATTICE_SETTLES_SECONDS);
  assert.equal(await targets.read(dropped, undefined), undefined);
  const left = await targets.read(desired, undefined);
  assert.ok(left);
  assert.deepEqual(targets.snapshot?.(left), { targets: { '10.0.1.6:8080': 'registered' } });
});
