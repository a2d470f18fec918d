// What only the resources of Global Accelerator do, beyond the contract.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AddEndpointsCommand,
  CreateEndpointGroupCommand,
  CreateListenerCommand,
  DescribeEndpointGroupCommand,
  type EndpointDescription,
  RemoveEndpointsCommand,
  UpdateEndpointGroupCommand,
} from '@aws-sdk/client-global-accelerator';
import { acceleratorResource } from '@gatehouse/clouds/global-accelerator/accelerator';
import { endpointGroupResource } from '@gatehouse/clouds/global-accelerator/endpoint-group';
import type { DesiredGroup } from '@gatehouse/clouds/global-accelerator/group-endpoints';
import { listenerResource } from '@gatehouse/clouds/global-accelerator/listener';
import { endpointTargets } from '@gatehouse/twins/global-accelerator/seed';
import { createWorld } from '../world/world.ts';
import {
  ALB,
  ATTACHMENT,
  BACKOFFICE_ALB,
  CROSS_ACCOUNT,
  desiredGroup,
  desiredListener,
  EDGE,
  GONE_ACCELERATOR,
  INTERNAL,
  LEGACY_NLB,
  NLB,
  standingListener,
} from './fixtures.ts';

const TOKEN = 'a'.repeat(64);

test('an accelerator is only waited for: it has no create, no update and no remove', () => {
  const { create, update, remove } = acceleratorResource(createWorld().stranger());
  assert.deepEqual([create, update, remove], [undefined, undefined, undefined]);
});

test('an accelerator is read by its ARN, never drifts, and one that is not there reads as absent', async () => {
  const accelerators = acceleratorResource(createWorld().stranger());
  const edge = await accelerators.read({ acceleratorArn: EDGE }, undefined);
  assert.ok(edge);
  assert.equal(accelerators.idOf(edge), EDGE);
  assert.deepEqual(accelerators.drift({ acceleratorArn: EDGE }, edge), []);
  assert.equal(await accelerators.read({ acceleratorArn: GONE_ACCELERATOR }, undefined), undefined);
});

test('an accelerator is pending after a change on it and ready once that has settled', async () => {
  const world = createWorld();
  const accelerators = acceleratorResource(world.stranger());
  const readiness = async (acceleratorArn: string) => {
    const read = await accelerators.read({ acceleratorArn }, undefined);
    assert.ok(read);
    return accelerators.ready(read);
  };
  assert.deepEqual(await readiness(EDGE), { ready: true });
  await standingListener(world);
  assert.deepEqual(await readiness(EDGE), { ready: false, reason: 'the accelerator is IN_PROGRESS' });
  assert.deepEqual(await readiness(INTERNAL), { ready: true }, 'the other one is not touched by it');
  world.pass(600);
  assert.deepEqual(await readiness(EDGE), { ready: true });
});

test('an accelerator in an unknown status stays pending', () => {
  const { ready } = acceleratorResource(createWorld().stranger());
  assert.equal(ready({}).ready, false);
  assert.equal(ready(JSON.parse('{"Status":"PAUSED"}')).ready, false);
});

test('a listener beyond the first page is found', async () => {
  const world = createWorld();
  await world.switches({ globalaccelerator: { listenersPerAccelerator: 200 } });
  const stranger = world.stranger();
  for (let port = 10_000; port < 10_100; port++) {
    const PortRanges = [{ FromPort: port, ToPort: port }];
    await stranger.send(new CreateListenerCommand({ AcceleratorArn: EDGE, Protocol: 'TCP', PortRanges }));
  }
  const listeners = listenerResource(stranger);
  const made = await listeners.create?.(desiredListener(), TOKEN);
  const found = await listeners.read(desiredListener(), undefined);
  assert.equal(found?.ListenerArn, made?.ListenerArn);
  const pages = (await world.calls()).filter(call => call.operation === 'ListListeners');
  assert.equal(pages.length, 2, 'it was on the second page');
});

test('a listener whose port ranges come in another order does not drift', async () => {
  const listeners = listenerResource(createWorld().stranger());
  const desired = desiredListener();
  const made = await listeners.create?.(desired, TOKEN);
  assert.ok(made);
  const turned = { ...desired, portRanges: desired.portRanges.toReversed() };
  assert.deepEqual(listeners.drift(turned, made), []);
  assert.equal((await listeners.read(turned, undefined))?.ListenerArn, made.ListenerArn);
});

test('a listener that still has an endpoint group is not removed: ResourceConflict', async () => {
  const world = createWorld();
  const listeners = listenerResource(world.stranger());
  const made = await listeners.create?.(desiredListener(), TOKEN);
  const ListenerArn = String(made?.ListenerArn);
  await world
    .stranger()
    .send(new CreateEndpointGroupCommand({ ListenerArn, EndpointGroupRegion: 'us-east-1' }));
  await assert.rejects(async () => listeners.remove?.(ListenerArn, desiredListener(), null), {
    name: 'TerminalError',
    code: 'ResourceConflict',
  });
});

test('a listener refused for groups that are no longer listed is busy, which heals by asking again', async () => {
  const world = createWorld();
  const listeners = listenerResource(world.stranger());
  const made = await listeners.create?.(desiredListener(), TOKEN);
  const ListenerArn = String(made?.ListenerArn);
  await world.faults([
    {
      service: 'globalaccelerator',
      operation: 'DeleteListener',
      fault: 'error',
      times: 1,
      error: { code: 'AssociatedEndpointGroupFoundException', status: 400, message: 'still there' },
    },
  ]);
  await assert.rejects(async () => listeners.remove?.(ListenerArn, desiredListener(), null), {
    name: 'RetryableError',
    code: 'Busy',
  });
  await listeners.remove?.(ListenerArn, desiredListener(), null);
});

async function groupBench(changes: object = {}) {
  const world = createWorld();
  const listenerArn = await standingListener(world);
  const groups = endpointGroupResource(world.stranger());
  const desired = { ...desiredGroup(changes), listenerArn };
  const made = await groups.create?.(desired, TOKEN);
  assert.ok(made);
  return { world, groups, desired, made, arn: groups.idOf(made) };
}

function weights(endpoints: EndpointDescription[] | undefined) {
  return Object.fromEntries((endpoints ?? []).map(({ EndpointId, Weight }) => [EndpointId, Weight]));
}

test('a weight of 0 and a traffic dial of 0 survive create, read and update', async () => {
  const { world, groups, desired, made, arn } = await groupBench({ trafficDialPercentage: 0 });
  await endpointGroupMeddling(world).dials(arn, 50);
  const wanted = { [ALB]: 0, [NLB]: 255 };
  assert.deepEqual(weights(made.EndpointDescriptions), wanted);
  assert.equal(made.TrafficDialPercentage, 0);
  const read = await groups.read(desired, arn);
  assert.ok(read);
  assert.deepEqual(weights(read.EndpointDescriptions), wanted);
  const other = {
    ...desired,
    endpoints: [
      { endpointId: ALB, weight: 0 },
      { endpointId: NLB, weight: 0 },
    ],
  };
  const updated = await groups.update?.(other, read);
  assert.deepEqual(weights(updated?.EndpointDescriptions), { [ALB]: 0, [NLB]: 0 });
  assert.equal(updated?.TrafficDialPercentage, 0);
  const sent = (await world.calls()).filter(
    call => call.request?.EndpointConfigurations && call.operation === 'UpdateEndpointGroup',
  );
  assert.match(JSON.stringify(sent), /"Weight":0/, 'a weight is sent, also when it is 0');
});

test('a fraction of the traffic dial is no drift, although the API keeps it as a float', async () => {
  for (const trafficDialPercentage of [0.1, 33.3, 99.99]) {
    const { groups, desired, made } = await groupBench({ trafficDialPercentage });
    const narrow = { ...made, TrafficDialPercentage: Math.fround(trafficDialPercentage) };
    assert.deepEqual(groups.drift(desired, narrow), []);
  }
});

test('values that the API fills in are no drift of an endpoint group', async () => {
  const { groups, desired, made } = await groupBench({ endpoints: [{ endpointId: NLB }] });
  assert.equal(made.HealthCheckPort, 443, "the first of the listener's ports");
  assert.deepEqual(groups.drift(desired, { ...made, HealthCheckPort: 80 }), []);
  const [endpoint] = made.EndpointDescriptions ?? [];
  const preserving = { ...made, EndpointDescriptions: [{ ...endpoint, ClientIPPreservationEnabled: true }] };
  assert.deepEqual(groups.drift(desired, preserving), []);
});

test('a health check port or preservation that differs from the request is drift', async () => {
  const asked = {
    healthCheckPort: 8080,
    endpoints: [{ endpointId: ALB, clientIPPreservationEnabled: false }],
  };
  const { groups, desired, made } = await groupBench(asked);
  const [endpoint] = made.EndpointDescriptions ?? [];
  assert.deepEqual(groups.drift(desired, made), []);
  const other = {
    ...made,
    HealthCheckPort: 443,
    EndpointDescriptions: [{ ...endpoint, ClientIPPreservationEnabled: true }],
  };
  assert.deepEqual(groups.drift(desired, other), ['healthCheckPort', 'endpoints']);
});

test('endpoints that were added and cannot be looked at right after are of unknown outcome', async () => {
  for (const code of ['ThrottlingException', 'AccessDeniedException']) {
    const { world, groups, desired, made, arn } = await groupBench({ endpoints: [{ endpointId: NLB }] });
    const more = { ...desired, endpoints: [...desired.endpoints, { endpointId: ALB, weight: 1 }] };
    const of = { service: 'globalaccelerator', operation: 'DescribeEndpointGroup' };
    await world.faults([
      { ...of, fault: 'error', times: 1, error: { code, status: 400, message: 'not now' } },
    ]);
    await assert.rejects(async () => groups.update?.(more, made), { outcome: 'unknown' }, code);
    const found = await groups.read(desired, arn);
    assert.deepEqual(weights(found?.EndpointDescriptions), { [NLB]: 128, [ALB]: 1 });
  }
});

test('a weight of ours changes in place beside a foreign endpoint, which is sent back as it is', async () => {
  const { world, groups, desired, arn } = await groupBench();
  const { hang, changes } = endpointGroupMeddling(world);
  await hang(arn);
  await changes(arn);
  const since = (await world.calls()).length;
  const read = await present(groups.read(desired, arn));
  // A weight that they set after that read.
  const theirs = { EndpointGroupArn: arn, EndpointIdentifiers: [THEIRS] };
  await world.stranger().send(new RemoveEndpointsCommand(theirs));
  await hang(arn, 33);
  const set = await groups.update?.(desired, read);
  assert.deepEqual(weights(set?.EndpointDescriptions), { [LEGACY_NLB]: 33, [ALB]: 0, [NLB]: 255 });
  const sent = (await world.calls()).slice(since).filter(call => call.changed);
  assert.deepEqual(
    sent.map(call => call.operation),
    ['RemoveEndpoints', 'AddEndpoints', 'UpdateEndpointGroup'],
  );
});

test('beside an endpoint of another account a weight needs permission, and then the foreign one is never named', async () => {
  const { world, groups, desired, arn } = await groupBench();
  const { hang, changes } = endpointGroupMeddling(world);
  await hang(arn, 9, { EndpointId: CROSS_ACCOUNT, AttachmentArn: ATTACHMENT });
  await changes(arn);
  const since = (await world.calls()).length;
  let observed = await groups.read(desired, arn);
  const read = await present(groups.read(desired, arn));
  await assert.rejects(async () => groups.update?.(desired, read), { code: 'ResourceConflict' });
  const allowed = { ...desired, interrupted: [ALB] };
  for (let updates = 0; observed && groups.drift(allowed, observed).length > 0; updates++) {
    assert.ok(updates < 5);
    observed = await groups.update?.(allowed, observed);
  }
  assert.deepEqual(weights(observed?.EndpointDescriptions), { [CROSS_ACCOUNT]: 9, [ALB]: 0, [NLB]: 255 });
  const ours = (await world.calls()).slice(since).filter(call => call.changed);
  assert.deepEqual(
    ours.map(call => call.operation),
    ['RemoveEndpoints', 'AddEndpoints'],
  );
  assert.doesNotMatch(JSON.stringify(ours), new RegExp(CROSS_ACCOUNT));
});

const THEIRS = { EndpointId: LEGACY_NLB };

/** A stranger's endpoint, and a weight of ours that they changed. */
function endpointGroupMeddling(world: ReturnType<typeof createWorld>) {
  const stranger = world.stranger();
  const add = (EndpointGroupArn: string, endpoint: { EndpointId: string }, Weight: number) =>
    stranger.send(
      new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations: [{ ...endpoint, Weight }] }),
    );
  return {
    hang: (arn: string, weight = 9, endpoint: { EndpointId: string; AttachmentArn?: string } = THEIRS) =>
      add(arn, endpoint, weight),
    dials: (EndpointGroupArn: string, TrafficDialPercentage: number) =>
      stranger.send(new UpdateEndpointGroupCommand({ EndpointGroupArn, TrafficDialPercentage })),
    async changes(EndpointGroupArn: string) {
      const EndpointIdentifiers = [{ EndpointId: ALB }];
      await stranger.send(new RemoveEndpointsCommand({ EndpointGroupArn, EndpointIdentifiers }));
      await add(EndpointGroupArn, { EndpointId: ALB }, 77);
    },
  };
}

/** Every endpoint of the account in the region. */
const TEN = endpointTargets.flatMap(({ id, region, attachmentArn }) =>
  region === 'eu-west-1' && attachmentArn === undefined ? [id] : [],
);

/** The internal Network Load Balancer must preserve addresses. */
const weighted = (endpointId: string) => ({
  endpointId,
  weight: 1,
  ...(endpointId.includes('private-nlb') ? { clientIPPreservationEnabled: true } : {}),
});

const THIRD = { endpointId: BACKOFFICE_ALB, weight: 5 };

const SMALLEST: {
  what: string;
  wanted: (desired: DesiredGroup) => DesiredGroup;
  calls: string[];
  endpoints: Record<string, number>;
}[] = [
  {
    what: 'an endpoint more',
    wanted: desired => ({ ...desired, endpoints: [...desired.endpoints, THIRD] }),
    calls: ['AddEndpoints'],
    endpoints: { [ALB]: 0, [NLB]: 255, [BACKOFFICE_ALB]: 5 },
  },
  {
    what: 'an endpoint less',
    wanted: desired => ({ ...desired, endpoints: desired.endpoints.slice(1), dropped: [ALB] }),
    calls: ['RemoveEndpoints'],
    endpoints: { [NLB]: 255 },
  },
  {
    what: 'another endpoint in the place of one, which stays until the new one is there',
    wanted: desired => ({ ...desired, endpoints: [...desired.endpoints.slice(1), THIRD], dropped: [ALB] }),
    calls: ['AddEndpoints', 'RemoveEndpoints'],
    endpoints: { [NLB]: 255, [BACKOFFICE_ALB]: 5 },
  },
  {
    what: 'a weight, in a list that is all ours',
    wanted: desired => ({ ...desired, endpoints: desired.endpoints.map(each => ({ ...each, weight: 9 })) }),
    calls: ['UpdateEndpointGroup'],
    endpoints: { [ALB]: 9, [NLB]: 9 },
  },
  {
    what: 'everything about it and one more',
    wanted: desired => ({
      ...desired,
      ...{ trafficDialPercentage: 1, healthCheckProtocol: 'HTTP', healthCheckPath: '/up' },
      ...{ healthCheckIntervalSeconds: 10, thresholdCount: 1, healthCheckPort: 81, portOverrides: [] },
      endpoints: [...desired.endpoints.map(each => ({ ...each, weight: 9 })), THIRD],
    }),
    calls: ['UpdateEndpointGroup'],
    endpoints: { [ALB]: 9, [NLB]: 9, [BACKOFFICE_ALB]: 5 },
  },
  {
    what: 'the dial, whose call names no endpoint',
    wanted: desired => ({ ...desired, trafficDialPercentage: 1 }),
    calls: ['UpdateEndpointGroup'],
    endpoints: { [ALB]: 0, [NLB]: 255 },
  },
];

for (const { what, wanted, calls, endpoints } of SMALLEST) {
  test(`the smallest calls that update an endpoint group: ${what}`, async () => {
    const { world, groups, desired, arn } = await groupBench();
    const asked = wanted(desired);
    const since = (await world.calls()).length;
    let observed = await groups.read(asked, arn);
    while (observed && groups.drift(asked, observed).length > 0) {
      observed = await groups.update?.(asked, observed);
    }
    assert.deepEqual(weights(observed?.EndpointDescriptions), endpoints);
    const sent = (await world.calls()).slice(since).filter(call => call.changed);
    assert.deepEqual(
      sent.map(call => call.operation),
      calls,
    );
  });
}

test('in a group without room, one call exchanges endpoints; beside an endpoint of another account the dropped ones go first', async () => {
  for (const [cross, calls] of [
    [false, ['UpdateEndpointGroup']],
    [true, ['RemoveEndpoints', 'AddEndpoints']],
  ] as const) {
    const { world, groups, desired, arn } = await groupBench({
      endpoints: TEN.slice(0, cross ? 9 : 10).map(weighted),
    });
    const hung = { EndpointId: CROSS_ACCOUNT, AttachmentArn: ATTACHMENT };
    if (cross) await endpointGroupMeddling(world).hang(arn, 9, hung);
    const more = cross
      ? weighted(String(TEN[9]))
      : { endpointId: CROSS_ACCOUNT, weight: 1, attachmentArn: ATTACHMENT };
    const [first, ...others] = desired.endpoints;
    const dropped = [first?.endpointId ?? ''];
    const wanted = { ...desired, endpoints: [...others, more], dropped, leaving: first ? [first] : [] };
    const since = (await world.calls()).length;
    let observed = await groups.read(wanted, arn);
    const before = groups.snapshot?.(await present(groups.read(wanted, arn))) ?? {};
    while (observed && groups.drift(wanted, observed).length > 0)
      observed = await groups.update?.(wanted, observed);
    const sent = (await world.calls()).slice(since).filter(call => call.changed);
    assert.deepEqual(
      sent.map(call => call.operation),
      calls,
    );
    const back = groups.reverted?.(wanted, before, await present(groups.read(wanted, arn)));
    while (back && observed && groups.drift(back, observed).length > 0)
      observed = await groups.update?.(back, observed);
    assert.deepEqual(groups.snapshot?.(await present(groups.read(wanted, arn))), before);
  }
});

test('endpoints that an update drops do not count as foreign, and are removed beside foreign ones', async () => {
  const { world, groups, desired, arn } = await groupBench();
  await endpointGroupMeddling(world).hang(arn);
  const less = { ...desired, endpoints: desired.endpoints.slice(1), dropped: [ALB] };
  const read = await groups.read(less, arn);
  assert.ok(read);
  assert.deepEqual(groups.drift(less, read), ['endpoints']);
  assert.deepEqual(await groups.foreignDependents?.(less, read), [LEGACY_NLB]);
  const updated = await groups.update?.(less, read);
  assert.ok(updated);
  assert.deepEqual(weights(updated.EndpointDescriptions), { [NLB]: 255, [LEGACY_NLB]: 9 });
  assert.deepEqual(groups.drift(less, updated), []);
});

test('endpoints that are dropped later stay unchanged during the update, and do not count as foreign', async () => {
  const leaving = { endpointId: CROSS_ACCOUNT, weight: 10, attachmentArn: ATTACHMENT };
  const { world, groups, desired, arn } = await groupBench({
    endpoints: [{ endpointId: ALB, weight: 1 }, leaving],
  });
  const wanted = { ...desired, endpoints: [{ endpointId: ALB, weight: 2 }, THIRD], leaving: [leaving] };
  const read = await present(groups.read(wanted, arn));
  assert.deepEqual(await groups.foreignDependents?.(wanted, read), []);
  const updated = await groups.update?.(wanted, read);
  assert.ok(updated);
  assert.deepEqual(weights(updated.EndpointDescriptions), {
    [ALB]: 2,
    [BACKOFFICE_ALB]: 5,
    [CROSS_ACCOUNT]: 10,
  });
  assert.deepEqual(groups.drift(wanted, updated), []);
  const back = groups.reverted?.(wanted, groups.snapshot?.(read) ?? {}, updated);
  assert.ok(back);
  const restored = await groups.update?.(back, updated);
  assert.deepEqual(weights(restored?.EndpointDescriptions), { [ALB]: 1, [CROSS_ACCOUNT]: 10 });
  const sent = (await world.calls()).slice(2).filter(call => call.changed);
  assert.deepEqual(
    sent.map(call => call.operation),
    ['UpdateEndpointGroup', 'UpdateEndpointGroup'],
  );
});

test('an endpoint of another account keeps its attachment, in an update and in its undo', async () => {
  const shared = { endpointId: CROSS_ACCOUNT, weight: 10, attachmentArn: ATTACHMENT };
  const { world, groups, desired, arn } = await groupBench({
    endpoints: [{ endpointId: ALB, weight: 1 }, shared],
  });
  const before = groups.snapshot?.(await present(groups.read(desired, arn))) ?? {};
  const wanted = {
    ...desired,
    endpoints: [
      { endpointId: ALB, weight: 2 },
      { ...shared, weight: 20 },
    ],
  };
  await groups.update?.(wanted, await present(groups.read(desired, arn)));
  const back = groups.reverted?.(wanted, before, await present(groups.read(desired, arn)));
  assert.ok(back);
  await groups.update?.(back, await present(groups.read(back, arn)));
  assert.deepEqual(groups.snapshot?.(await present(groups.read(desired, arn))), before);
  const sent = (await world.calls()).filter(call => call.operation === 'UpdateEndpointGroup');
  assert.equal(sent.length, 2);
  for (const call of sent) assert.match(JSON.stringify(call), new RegExp(ATTACHMENT));
});

async function present<T>(asked: Promise<T | undefined>): Promise<T> {
  const found = await asked;
  assert.ok(found);
  return found;
}

test('a listener is updated in every member at once, and a taken port refuses it whole', async () => {
  const world = createWorld();
  const listeners = listenerResource(world.stranger());
  const made = await listeners.create?.(desiredListener(), TOKEN);
  assert.ok(made);
  const wanted = desiredListener({
    protocol: 'UDP',
    portRanges: [{ fromPort: 9000, toPort: 9000 }],
    clientAffinity: 'SOURCE_IP',
  });
  const updated = await listeners.update?.(wanted, made);
  assert.ok(updated);
  assert.deepEqual(listeners.drift(wanted, updated), [], 'UDP 9000 is free beside TCP 9000 of somebody');
  const taken = desiredListener({ portRanges: [{ fromPort: 9000, toPort: 9000 }] });
  await assert.rejects(async () => listeners.update?.(taken, updated), {
    name: 'TerminalError',
    code: 'InvalidRequest',
    outcome: 'none',
  });
  assert.deepEqual(await listeners.read(wanted, updated.ListenerArn), updated);
});

test('an endpoint group update survives an API that resets omitted members', async () => {
  const { world, groups, desired, made, arn } = await groupBench();
  await world.switches({ globalaccelerator: { updateOmittedMember: 'reset' } });
  const updated = await groups.update?.(desired, made);
  assert.ok(updated);
  assert.deepEqual(groups.drift(desired, updated), []);
  const { EndpointGroup } = await world
    .stranger()
    .send(new DescribeEndpointGroupCommand({ EndpointGroupArn: arn }));
  assert.equal(EndpointGroup?.EndpointDescriptions?.length, 2);
});
