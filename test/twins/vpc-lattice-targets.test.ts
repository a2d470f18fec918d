// Targets in the twin of VPC Lattice: each with its own verdict, their status, the drain.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListTargetsCommand, paginateListTargets, type Target } from '@aws-sdk/client-vpc-lattice';
import {
  addresses,
  alb,
  billing,
  checkoutFunction,
  drainedMs,
  instance,
  instances,
  internalAlb,
  invalid,
  invoicesFunction,
  lambda,
  publicAlb,
  refused,
  startLattice,
  vpc,
} from './vpc-lattice-start.ts';

test('a registered target is INITIAL, then UNUSED while no service uses its group', async () => {
  const { clock, createActive, register, statuses } = startLattice();
  const id = await createActive('shop');
  const { successful, unsuccessful } = await register(id, { id: '10.0.0.4' }, { id: '10.0.0.4', port: 81 });
  assert.deepEqual(successful, [
    { id: '10.0.0.4', port: 80 },
    { id: '10.0.0.4', port: 81 },
  ]);
  assert.deepEqual(unsuccessful, []);
  clock.now += 4999;
  assert.deepEqual(await statuses(id), ['INITIAL', 'INITIAL']);
  clock.now += 25_001;
  assert.deepEqual(await statuses(id), ['UNUSED', 'UNUSED']);
});

test('a target is HEALTHY where a service uses the group, and UNAVAILABLE without health checks', async () => {
  const { createActive, register, settle, statuses, update } = startLattice();
  assert.deepEqual(await statuses(billing), ['HEALTHY']);
  await update(billing, { enabled: false });
  assert.deepEqual(await statuses(billing), ['UNAVAILABLE']);
  const id = await createActive('functions', lambda);
  await register(id, { id: checkoutFunction });
  settle();
  settle();
  assert.deepEqual(await statuses(id), ['UNAVAILABLE']);
});

test('each type accepts its own kind of target, in its VPC, and refuses others with the reason', async () => {
  const { createActive, register } = startLattice();
  const ipv6 = { protocol: 'HTTP', ipAddressType: 'IPV6', vpcIdentifier: vpc } as const;
  const cases = [
    [instances, [instance], ['i-8a3f09d27be1648d0', 'i-1', '10.0.0.4']],
    [{}, ['10.0.0.4', '10.0.255.254'], ['10.1.0.4', '10.0.0', 'shop.example', '2001:db8::1', instance]],
    [{ config: ipv6 }, ['2001:db8::1'], ['2001:db8:1::1', '10.0.0.4']],
    [alb, [internalAlb], [publicAlb, instance]],
    [lambda, [checkoutFunction], [`${checkoutFunction}s`, instance]],
  ] as const;
  for (const [index, [more, good, bad]] of cases.entries()) {
    const id = await createActive(`group-${index}`, more);
    const { successful = [], unsuccessful = [] } = await register(
      id,
      ...[...bad, ...good].map(target => ({ id: target })),
    );
    assert.deepEqual(
      successful.map(target => target.id),
      good,
    );
    assert.deepEqual(
      unsuccessful.map(target => [target.id, target.failureCode, typeof target.failureMessage]),
      bad.map(target => [target, 'InvalidTarget', 'string']),
    );
  }
});

test('a function has no port, and is alone in its group', async () => {
  const { createActive, register } = startLattice();
  const id = await createActive('functions', lambda);
  const { unsuccessful: withPort } = await register(id, { id: checkoutFunction, port: 80 });
  assert.equal(withPort?.[0]?.failureCode, 'InvalidTarget');
  const { successful, unsuccessful } = await register(id, { id: checkoutFunction }, { id: invoicesFunction });
  assert.deepEqual(successful, [{ id: checkoutFunction }]);
  assert.deepEqual(
    unsuccessful?.map(target => [target.id, target.failureCode]),
    [[invoicesFunction, 'TargetLimitExceeded']],
  );
});

test('a group has one load balancer, and a load balancer is in two groups at most', async () => {
  const { createActive, register } = startLattice();
  const failures = [];
  for (const name of ['first', 'second', 'third']) {
    const id = await createActive(name, alb);
    const { unsuccessful = [] } = await register(id, { id: internalAlb }, { id: internalAlb, port: 81 });
    failures.push(unsuccessful.map(target => target.port));
  }
  assert.deepEqual(failures, [[81], [81], [80, 81]]);
});

test('a draining function makes room for another function, but not for itself beside that', async () => {
  const { createActive, deregister, register } = startLattice();
  const id = await createActive('functions', lambda);
  await register(id, { id: checkoutFunction });
  await deregister(id, { id: checkoutFunction });
  assert.equal((await register(id, { id: invoicesFunction })).successful?.length, 1);
  const { unsuccessful } = await register(id, { id: checkoutFunction });
  assert.equal(unsuccessful?.[0]?.failureCode, 'TargetLimitExceeded');
});

test('registering a target again changes nothing, and while it drains begins anew', async () => {
  const { createActive, deregister, register, settle, statuses, calls } = startLattice();
  const id = await createActive('shop');
  await register(id, { id: '10.0.0.4' });
  settle();
  settle();
  assert.equal((await register(id, { id: '10.0.0.4', port: 80 })).successful?.length, 1);
  assert.equal((await calls()).at(-1).changed, false);
  assert.deepEqual(await statuses(id), ['UNUSED']);
  await deregister(id, { id: '10.0.0.4' });
  await register(id, { id: '10.0.0.4' });
  assert.deepEqual(await statuses(id), ['INITIAL']);
});

test('a deregistered target drains for minutes, then it is gone', async () => {
  const { clock, createActive, deregister, register, statuses } = startLattice();
  const id = await createActive('shop');
  await register(id, { id: '10.0.0.4' }, { id: '10.0.0.5' });
  const { successful, unsuccessful } = await deregister(id, { id: '10.0.0.4' }, { id: '10.0.0.9' });
  assert.deepEqual(successful, [{ id: '10.0.0.4', port: 80 }]);
  assert.deepEqual(
    unsuccessful?.map(target => [target.id, target.failureCode]),
    [['10.0.0.9', 'TargetNotFound']],
  );
  clock.now += 59_999;
  assert.deepEqual(await statuses(id), ['DRAINING', 'UNUSED']);
  assert.equal((await deregister(id, { id: '10.0.0.4' })).successful?.length, 1);
  clock.now += drainedMs - 59_999;
  assert.deepEqual(await statuses(id), ['UNUSED']);
});

test('a group with targets, registered or draining, is not deleted', async () => {
  const { clock, createActive, deregister, register, remove } = startLattice();
  const id = await createActive('shop');
  await register(id, { id: '10.0.0.4' });
  await assert.rejects(remove(id), refused('ConflictException', { message: /targets that are registered/ }));
  await deregister(id, { id: '10.0.0.4' });
  await assert.rejects(remove(id), refused('ConflictException', { message: /targets that are draining/ }));
  clock.now += drainedMs;
  await remove(id);
});

test('a call takes 1 to 100 targets', async () => {
  const { createActive, register, deregister } = startLattice();
  const id = await createActive('shop');
  for (const targets of [[], addresses(101)]) {
    await assert.rejects(register(id, ...targets), invalid('targets'));
    await assert.rejects(deregister(id, ...targets), invalid('targets'));
  }
  await assert.rejects(register(id, { id: '' }), invalid('targets[0].id'));
  await assert.rejects(register(id, { id: '10.0.0.4', port: 0 }), invalid('targets[0].port'));
  assert.equal((await register(id, ...addresses(100))).successful?.length, 100);
});

test('a group has 1000 targets at most: a call beyond it changes nothing', async () => {
  const { client, createActive, register } = startLattice();
  const id = await createActive('shop');
  const all = addresses(1001);
  for (let from = 0; from < 950; from += 100)
    await register(id, ...all.slice(from, Math.min(from + 100, 950)));
  const quota = refused('ServiceQuotaExceededException', { resourceType: 'TARGET' });
  await assert.rejects(register(id, ...all.slice(950)), quota);
  await register(id, ...all.slice(950, 1000));
  const ids = new Set<string | undefined>();
  const pages = paginateListTargets({ client, pageSize: 99 }, { targetGroupIdentifier: id });
  for await (const { items = [] } of pages) for (const target of items) ids.add(target.id);
  assert.equal(ids.size, 1000);
});

test('targets are listed by id, and by port where it is given', async () => {
  const { client, createActive, register } = startLattice();
  const targetGroupIdentifier = await createActive('shop');
  const four = { id: '10.0.0.4' };
  await register(targetGroupIdentifier, four, { ...four, port: 81 }, { id: '10.0.0.5' });
  const list = async (...targets: Target[]) => {
    const { items = [] } = await client.send(new ListTargetsCommand({ targetGroupIdentifier, targets }));
    return items.map(({ id, port }) => `${id}:${port}`);
  };
  assert.deepEqual(await list(four), ['10.0.0.4:80', '10.0.0.4:81']);
  assert.deepEqual(await list({ ...four, port: 81 }, { id: '10.0.0.9' }), ['10.0.0.4:81']);
  assert.deepEqual(await list(), ['10.0.0.4:80', '10.0.0.4:81', '10.0.0.5:80']);
  await assert.rejects(list(...addresses(21)), invalid('targets'));
});
