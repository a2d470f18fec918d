// The faults of the twins at VPC Lattice, the snapshot, and the state after a kill.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CreateTargetGroupCommand, ListTargetGroupsCommand } from '@aws-sdk/client-vpc-lattice';
import { named, startedAt } from './start.ts';
import { drainedMs, lambda, refused, startLattice } from './vpc-lattice-start.ts';

function startWithNames(options: Parameters<typeof startLattice>[0] = {}) {
  const lattice = startLattice(options);
  const names = async () => {
    const { items = [] } = await lattice.client.send(new ListTargetGroupsCommand());
    return items.map(({ name }) => name);
  };
  return { ...lattice, names };
}

test('error: each error of the API has its status and the members of its model', async () => {
  const { client, faults } = startLattice();
  const cases = [
    ['AccessDeniedException', 403, {}],
    ['ConflictException', 409, { resourceId: 'unknown', resourceType: 'TARGET_GROUP' }],
    ['InternalServerException', 500, { retryAfterSeconds: 1 }],
    ['ResourceNotFoundException', 404, { resourceId: 'unknown', resourceType: 'TARGET_GROUP' }],
    ['ServiceQuotaExceededException', 402, { resourceType: 'TARGET_GROUP', serviceCode: 'vpc-lattice' }],
    ['ThrottlingException', 429, { retryAfterSeconds: 1 }],
    ['ValidationException', 400, { reason: 'other' }],
  ] as const;
  for (const [code, status, members] of cases) {
    await faults({ operation: '*', fault: 'error', error: { code, status, message: 'asked for' } });
    const error = await client.send(new ListTargetGroupsCommand()).catch(thrown => thrown);
    assert.equal(error.$metadata.httpStatusCode, status);
    await assert.rejects(Promise.reject(error), refused(code, { message: 'asked for', ...members }));
  }
});

test('lostAnswer, dropRequest: the connection drops, with the change made or not', async () => {
  const { create, faults, names } = startWithNames();
  await faults(
    { operation: 'CreateTargetGroup', fault: 'lostAnswer' },
    { operation: 'CreateTargetGroup', fault: 'dropRequest' },
  );
  await assert.rejects(create('shop'), named('ECONNRESET'));
  await assert.rejects(create('archive'), named('ECONNRESET'));
  assert.deepEqual(await names(), ['billing', 'shop']);
});

test('delay: the call is carried out after it', async () => {
  const { clock, create, faults } = startLattice();
  await faults({ operation: 'CreateTargetGroup', fault: 'delay', delayMs: 7000 });
  await create('shop');
  assert.equal(clock.now, startedAt + 7000);
});

test('lateCreate: the group appears later, and settles from then on', async () => {
  const { clock, create, faults, get, names, client } = startWithNames();
  await faults({ operation: 'CreateTargetGroup', fault: 'lateCreate', delayMs: 60_000 });
  await assert.rejects(create('shop'), named('ECONNRESET'));
  clock.now += 59_999;
  assert.deepEqual(await names(), ['billing']);
  clock.now += 2000;
  const { items = [] } = await client.send(new ListTargetGroupsCommand());
  const id = String(items.find(({ name }) => name === 'shop')?.id);
  assert.equal((await get(id)).status, 'CREATE_IN_PROGRESS');
  clock.now += 8000;
  assert.equal((await get(id)).status, 'ACTIVE');
});

test('stuck: a creation, a registration, a drain and a deletion wait for the end of the fault', async () => {
  const { clock, control, create, deregister, faults, get, names, register, remove, statuses } =
    startWithNames();
  const week = 7 * 86_400_000;
  const lift = () => control('DELETE', 'faults');
  await faults({ operation: 'CreateTargetGroup', fault: 'stuck' });
  const { id = '' } = await create('shop');
  clock.now += week;
  assert.equal((await get(id)).status, 'CREATE_IN_PROGRESS');
  await lift();
  assert.equal((await get(id)).status, 'ACTIVE');

  await faults({ operation: 'RegisterTargets', fault: 'stuck' });
  await register(id, { id: '10.0.0.4' });
  clock.now += week;
  assert.deepEqual(await statuses(id), ['INITIAL']);
  await lift();
  assert.deepEqual(await statuses(id), ['UNUSED']);

  await faults({ operation: 'DeregisterTargets', fault: 'stuck' });
  await deregister(id, { id: '10.0.0.4' });
  clock.now += week;
  assert.deepEqual(await statuses(id), ['DRAINING']);
  await assert.rejects(remove(id), named('ConflictException'));
  await lift();
  assert.deepEqual(await statuses(id), []);

  await faults({ operation: 'DeleteTargetGroup', fault: 'stuck' });
  await remove(id);
  clock.now += week;
  assert.equal((await get(id)).status, 'DELETE_IN_PROGRESS');
  await lift();
  assert.deepEqual(await names(), ['billing']);
});

test('forgetTokens: a token is neither looked up nor remembered', async () => {
  const { create, faults } = startLattice();
  const clientToken = 'job-1';
  await faults({ operation: 'CreateTargetGroup', fault: 'forgetTokens' });
  await create('shop', { clientToken });
  await assert.rejects(create('shop', { clientToken }), named('ConflictException'));
});

test('failed: a creation ends in CREATE_FAILED with its cause, and the group can only be deleted', async () => {
  const { create, faults, get, names, register, remove, settle, update } = startWithNames();
  await faults({ operation: 'CreateTargetGroup', fault: 'failed' });
  const { id = '', status } = await create('shop');
  assert.equal(status, 'CREATE_IN_PROGRESS');
  settle();
  const failed = await get(id);
  assert.deepEqual(
    [failed.status, failed.failureCode, failed.failureMessage],
    ['CREATE_FAILED', 'InternalError', 'The target group could not be created'],
  );
  for (const change of [create('shop'), update(id, {}), register(id, { id: '10.0.0.4' })]) {
    await assert.rejects(change, named('ConflictException'));
  }
  assert.equal((await remove(id)).status, 'DELETE_IN_PROGRESS');
  settle();
  assert.deepEqual(await names(), ['billing']);
});

test('failed: a deletion ends in DELETE_FAILED, and can be tried again', async () => {
  const { createActive, faults, get, names, remove, settle } = startWithNames();
  const id = await createActive('shop');
  await faults({ operation: 'DeleteTargetGroup', fault: 'failed' });
  await remove(id);
  settle();
  const failed = await get(id);
  assert.deepEqual([failed.status, failed.failureCode], ['DELETE_FAILED', 'InternalError']);
  assert.equal((await remove(id)).status, 'DELETE_IN_PROGRESS');
  assert.equal((await get(id)).failureCode, undefined);
  settle();
  assert.deepEqual(await names(), ['billing']);
});

test('the picture is equal, byte for byte, once everything that was made is gone', async () => {
  const { clock, createActive, deregister, picture, register, remove, settle } = startLattice();
  const before = await picture();
  const id = await createActive('shop', { tags: { job: '1' } });
  await register(id, { id: '10.0.0.4' });
  const registered = await picture();
  assert.notEqual(registered, before);
  await deregister(id, { id: '10.0.0.4' });
  assert.equal(await picture(), registered, 'a target that drains is there');
  clock.now += drainedMs;
  assert.notEqual(await picture(), registered);
  const withoutTargets = await picture();
  await remove(id);
  assert.equal(await picture(), withoutTargets, 'a group on its way out is there');
  settle();
  assert.equal(await picture(), before);
});

test('the picture has the configuration of all regions, independent of the order of creation', async () => {
  const pictures = [];
  for (const regions of [
    ['eu-west-1', 'us-east-1'],
    ['us-east-1', 'eu-west-1'],
  ]) {
    const { clientIn, picture } = startLattice();
    for (const region of regions) {
      const tags = { job: '1' };
      await clientIn(region).send(new CreateTargetGroupCommand({ name: 'shop', ...lambda, tags }));
    }
    pictures.push((await picture()).replaceAll(/tg-[0-9a-f]{17}/g, 'tg'));
  }
  assert.equal(pictures[0], pictures[1]);
  const groups: { name: string; region: string; arn: string }[] = JSON.parse(pictures[0] ?? '')[
    'vpc-lattice'
  ];
  const shops = groups.filter(({ name }) => name === 'shop');
  assert.deepEqual(
    shops.map(({ arn, ...shop }) => shop),
    ['eu-west-1', 'us-east-1'].map(region => ({
      config: {},
      name: 'shop',
      region,
      tags: { job: '1' },
      targets: [],
      type: 'LAMBDA',
    })),
  );
  const foreign = groups.find(({ name }) => name === 'billing');
  assert.deepEqual(foreign && 'targets' in foreign && foreign.targets, [{ id: '10.0.7.21', port: 8080 }]);
});

test('groups, targets, tokens and settling states survive a kill', async context => {
  const dataDir = mkdtempSync(join(tmpdir(), 'twins-'));
  context.after(() => rmSync(dataDir, { recursive: true }));
  const first = startLattice({ dataDir });
  const id = await first.createActive('shop', { clientToken: 'job-1' });
  await first.register(id, { id: '10.0.0.4' }, { id: '10.0.0.5' });
  await first.deregister(id, { id: '10.0.0.4' });
  await first.create('archive');
  // No goodbye: the next twins start from what is on the disk.
  const second = startLattice({ dataDir, at: first.clock.now });
  assert.equal(await second.picture(), await first.picture());
  assert.equal((await second.create('shop', { clientToken: 'job-1' })).id, id);
  assert.deepEqual(await second.statuses(id), ['DRAINING', 'INITIAL']);
  second.clock.now += drainedMs;
  assert.deepEqual(await second.statuses(id), ['UNUSED']);
});
