// Endpoints of a Global Accelerator group that is full, or that others share: exchanged in one call, or with permission.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddEndpointsCommand, DescribeEndpointGroupCommand } from '@aws-sdk/client-global-accelerator';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { endpointTargets } from '@gatehouse/twins/global-accelerator/seed';
import { createWorld, type World } from '../world/world.ts';
import { planOf, provisioned, type Spec, updated } from './bounds.ts';
import { errorsOf } from './sweep.ts';

const INTERNAL = 'arn:aws:globalaccelerator::123456789012:accelerator/5678dcba-dcba-5678-dcba-5678dcba5602';
const region = 'eu-west-1';
const HERE = endpointTargets.filter(target => target.region === region);
/** Ten of this account, as many as a group can have, and one that another account shares. */
const TEN = HERE.flatMap(({ id, attachmentArn }) => (attachmentArn === undefined ? [id] : []));
const [SHARED] = HERE.flatMap(({ id, attachmentArn }) => (attachmentArn ? [{ id, attachmentArn }] : []));

type Endpoint = Record<string, unknown> & { endpointId: string };

/** The internal Network Load Balancer must preserve addresses. */
const own = (endpointId: string, weight = 10): Endpoint => ({
  endpointId,
  weight,
  ...(endpointId.includes('private-nlb') ? { clientIPPreservationEnabled: true } : {}),
});
const shared = (): Endpoint => ({
  endpointId: SHARED?.id ?? '',
  attachmentArn: SHARED?.attachmentArn,
  weight: 10,
});

function specOf(endpoints: Endpoint[], options: Record<string, unknown> = {}): Spec {
  return {
    operation: 'provision',
    entryPoint: 'shared-group',
    options,
    listener: {
      acceleratorArn: INTERNAL,
      protocol: 'TCP',
      portRanges: [{ fromPort: 9302, toPort: 9302 }],
    },
    endpointGroups: [{ region, endpoints }],
  };
}

async function groupOf(world: World): Promise<string | undefined> {
  const stands = await readEntryPoint(world.store, 'shared-group');
  return stands?.resources.find(({ kind }) => kind === 'endpointGroup')?.id;
}

/** Somebody adds an endpoint to the group. */
async function add(world: World, endpoint: { EndpointId: string; AttachmentArn?: string }): Promise<void> {
  const EndpointGroupArn = await groupOf(world);
  const EndpointConfigurations = [{ ...endpoint, Weight: 1 }];
  await world.stranger().send(new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations }));
}

const THEIRS = { EndpointId: TEN[1] ?? '' };
const OF_ANOTHER_ACCOUNT = { EndpointId: SHARED?.id ?? '', AttachmentArn: SHARED?.attachmentArn ?? '' };

async function weights(world: World): Promise<Record<string, number | undefined>> {
  const EndpointGroupArn = await groupOf(world);
  const { EndpointGroup } = await world
    .stranger()
    .send(new DescribeEndpointGroupCommand({ EndpointGroupArn }));
  const endpoints = EndpointGroup?.EndpointDescriptions ?? [];
  return Object.fromEntries(endpoints.map(({ EndpointId = '', Weight }) => [EndpointId, Weight]));
}

test('a weight changes in place beside an endpoint that somebody else added', async () => {
  const world = createWorld();
  const first = own(TEN[0] ?? '');
  await provisioned(world, specOf([first]));
  await add(world, THEIRS);
  const heavier = specOf([{ ...first, weight: 20 }]);
  const { interruptions, findings } = await planOf(world, { ...heavier, operation: 'update' });
  assert.deepEqual([interruptions, findings], [[], []]);
  const { job, operations } = await updated(world, heavier);
  assert.equal(job.status, 'SUCCEEDED');
  assert.deepEqual(operations, ['UpdateEndpointGroup']);
  assert.deepEqual(await weights(world), { [first.endpointId]: 20, [THEIRS.EndpointId]: 1 });
});

test('beside an endpoint of another account a changed weight is an interruption, which must be allowed', async () => {
  const world = createWorld();
  const first = own(TEN[0] ?? '');
  await provisioned(world, specOf([first]));
  await add(world, OF_ANOTHER_ACCOUNT);
  const before = await world.picture();
  const heavier = specOf([{ ...first, weight: 20 }]);
  const refused = await updated(world, heavier);
  assert.equal(refused.job.status, 'FAILED');
  assert.match(JSON.stringify(refused.job.problem), /removed and added again.*allowInterruption: true/);
  const allowed = { ...heavier, options: { allowInterruption: true } };
  const { interruptions } = await planOf(world, { ...allowed, operation: 'update' });
  assert.match(
    interruptions.join(),
    /removed and added again, because .* of another account is in the group/,
  );
  const denied = {
    service: 'globalaccelerator',
    fault: 'error',
    times: 1,
    error: errorsOf('globalaccelerator').denied,
  };
  await world.faults([{ ...denied, operation: 'AddEndpoints' }]);
  const failed = await updated(world, allowed, 'denied');
  assert.equal(failed.job.status, 'ROLLED_BACK', JSON.stringify(failed.job.leftovers));
  world.pass(3600);
  assert.equal(await world.picture(), before);
  const { job } = await updated(world, allowed, 'third');
  assert.equal(job.status, 'SUCCEEDED');
  assert.deepEqual(await weights(world), { [first.endpointId]: 20, [OF_ANOTHER_ACCOUNT.EndpointId]: 1 });
});

const FULL: { name: string; from: Endpoint[]; to: Endpoint[] }[] = [
  {
    name: 'one of ten exchanged',
    from: TEN.map(id => own(id)),
    to: [...TEN.slice(1).map(id => own(id)), shared()],
  },
  {
    name: 'one of ten exchanged, and the weights of the others changed',
    from: TEN.map(id => own(id)),
    to: [...TEN.slice(1).map(id => own(id, 20)), shared()],
  },
  {
    name: 'all of six exchanged, eleven together',
    from: [...TEN.slice(0, 5).map(id => own(id)), shared()],
    to: TEN.slice(5).map(id => own(id)),
  },
];

for (const { name, from, to } of FULL) {
  test(`endpoints of a full group are exchanged in one call, and back: ${name}`, async () => {
    const world = createWorld();
    await provisioned(world, specOf(from));
    const before = await world.picture();
    const denied = {
      service: 'globalaccelerator',
      fault: 'error',
      times: 1,
      error: errorsOf('globalaccelerator').denied,
    };
    // The last of the forward calls, after the exchange: the job turns back.
    const withRegion = specOf(to);
    withRegion['endpointGroups'] = [{ region, endpoints: to }, { region: 'us-east-1' }];
    await world.faults([{ ...denied, operation: 'CreateEndpointGroup' }]);
    const failed = await updated(world, withRegion, 'denied');
    assert.equal(failed.job.status, 'ROLLED_BACK', JSON.stringify(failed.job.leftovers));
    world.pass(3600);
    assert.equal(await world.picture(), before);
    const { interruptions, findings } = await planOf(world, { ...specOf(to), operation: 'update' });
    assert.deepEqual([interruptions, findings], [[], []]);
    const { job, operations } = await updated(world, specOf(to), 'third');
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
    if (from.length + to.length > 12) assert.deepEqual(operations, ['UpdateEndpointGroup']);
    const ids = to.map(({ endpointId }) => endpointId);
    assert.deepEqual(Object.keys(await weights(world)).toSorted(), ids.toSorted());
  });
}

test('a group that is full below the usual quota is exchanged in one call, too, and back', async () => {
  const world = createWorld();
  await world.switches({ globalaccelerator: { endpointsPerGroup: 2 } });
  const [one, two, three] = TEN.map(id => own(id));
  assert.ok(one && two && three);
  await provisioned(world, specOf([one, two]));
  const before = await world.picture();
  const denied = {
    service: 'globalaccelerator',
    fault: 'error',
    times: 1,
    error: errorsOf('globalaccelerator').denied,
  };
  await world.faults([{ ...denied, operation: 'CreateEndpointGroup' }]);
  const more = specOf([one, three]);
  more['endpointGroups'] = [{ region, endpoints: [one, three] }, { region: 'us-east-1' }];
  const failed = await updated(world, more, 'denied');
  assert.equal(failed.job.status, 'ROLLED_BACK', JSON.stringify(failed.job.leftovers));
  world.pass(3600);
  assert.equal(await world.picture(), before);
  const { job } = await updated(world, specOf([one, three]), 'third');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  assert.deepEqual(Object.keys(await weights(world)), [one.endpointId, three.endpointId]);
});

test('in a full group beside an endpoint of another account an exchange must be allowed', async () => {
  const world = createWorld();
  const nine = TEN.slice(0, 9).map(id => own(id));
  await provisioned(world, specOf(nine));
  await add(world, OF_ANOTHER_ACCOUNT);
  const to = specOf([...nine.slice(1), own(TEN[9] ?? '')]);
  const { findings } = await planOf(world, { ...to, operation: 'update' });
  assert.match(
    findings[0]?.detail ?? '',
    /no room for both; set options.allowInterruption: true, or drop the old one in a separate update first/,
  );
  const { job, operations } = await updated(world, { ...to, options: { allowInterruption: true } });
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  assert.deepEqual(operations, ['RemoveEndpoints', 'AddEndpoints']);
});
