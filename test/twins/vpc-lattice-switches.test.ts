// The open questions about VPC Lattice: each value of each switch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateTargetGroupCommand, ListTargetGroupsCommand } from '@aws-sdk/client-vpc-lattice';
import { named } from './start.ts';
import { alb, billing, instances, invalid, lambda, startLattice, usVpc, vpc } from './vpc-lattice-start.ts';

const four = { id: '10.0.0.4' };
const conflict = named('ConflictException');

async function withGroup(switches: Record<string, string | number> = {}) {
  const lattice = startLattice();
  await lattice.set(switches);
  return { ...lattice, id: await lattice.createActive('shop', { clientToken: 'job-1' }) };
}

test('tokenMismatch: other parameters are a conflict, or a validation error', async () => {
  const { create, set } = await withGroup();
  const other = () => create('archive', { clientToken: 'job-1' });
  await assert.rejects(other(), conflict);
  await set({ tokenMismatch: 'Validation' });
  await assert.rejects(other(), invalid('clientToken'));
});

test('tokenAfterDelete: the token of a group that is gone gives the old answer, or creates', async () => {
  const { id, create, remove, set, settle } = await withGroup();
  await remove(id);
  settle();
  const again = () => create('shop', { clientToken: 'job-1' });
  assert.equal((await again()).id, id);
  await assert.rejects(create('archive', { clientToken: 'job-1' }), conflict);
  await set({ tokenAfterDelete: 'create' });
  assert.notEqual((await again()).id, id);
});

test('tokenSeconds: after them a token is forgotten', async () => {
  const { clock, create } = await withGroup({ tokenSeconds: 60 });
  clock.now += 60_000;
  await assert.rejects(create('shop', { clientToken: 'job-1' }), conflict);
});

test('retryOfFailedCreate: the same call starts a failed creation again, or shows that it failed', async () => {
  const { create, faults, get, set, settle } = startLattice();
  await faults({ operation: 'CreateTargetGroup', fault: 'failed' });
  const call = () => create('shop', { clientToken: 'job-1' });
  const { id = '' } = await call();
  settle();
  await set({ retryOfFailedCreate: 'replay' });
  assert.equal((await call()).status, 'CREATE_FAILED');
  await set({ retryOfFailedCreate: 'restart' });
  const restarted = await call();
  assert.deepEqual([restarted.id, restarted.status], [id, 'CREATE_IN_PROGRESS']);
  settle();
  assert.equal((await get(id)).status, 'ACTIVE');
});

test('nameClash: a taken name is a conflict, or a validation error', async () => {
  const { create, set } = await withGroup();
  await assert.rejects(create('shop'), conflict);
  await set({ nameClash: 'Validation' });
  await assert.rejects(create('shop'), invalid('name'));
});

test('nameUniqueIn: a name is taken in its region, or in all regions', async () => {
  const { clientIn, set } = await withGroup();
  const elsewhere = () =>
    clientIn('us-east-1').send(new CreateTargetGroupCommand({ name: 'shop', ...lambda }));
  await set({ nameUniqueIn: 'account' });
  await assert.rejects(elsewhere(), conflict);
  await set({ nameUniqueIn: 'region' });
  await elsewhere();
});

test('nameWhileDeleting: the name of a group that is being deleted is taken, or free', async () => {
  const { id, create, remove, set } = await withGroup();
  await remove(id);
  await assert.rejects(create('shop'), conflict);
  await set({ nameWhileDeleting: 'free' });
  await create('shop');
});

test('omittedProtocol: it must be given, or is HTTP', async () => {
  const { create, set } = startLattice();
  const config = { vpcIdentifier: vpc };
  await assert.rejects(create('shop', { config }), invalid('config.protocol'));
  await set({ omittedProtocol: 'HTTP' });
  const group = await create('shop', { config });
  assert.deepEqual([group.config?.protocol, group.config?.port], ['HTTP', 80]);
});

test('unknownVpc: it is not found, or not valid', async () => {
  const { create, set } = startLattice();
  const config = { protocol: 'HTTP', vpcIdentifier: usVpc } as const;
  await assert.rejects(create('shop', { config }), named('ResourceNotFoundException'));
  await set({ unknownVpc: 'Validation' });
  await assert.rejects(create('shop', { config }), invalid('config.vpcIdentifier'));
});

test('tcpForAlb: a group of load balancers has no TCP, or may', async () => {
  const { create, set } = startLattice();
  const config = { protocol: 'TCP', port: 443, vpcIdentifier: vpc } as const;
  await assert.rejects(create('shop', { ...alb, config }), invalid('config.protocol'));
  await set({ tcpForAlb: 'accept' });
  assert.deepEqual((await create('shop', { ...alb, config })).config, config);
});

test('tagsPerResource: more tags are refused', async () => {
  const { create, set } = startLattice();
  await set({ tagsPerResource: 1 });
  await assert.rejects(create('shop', { tags: { a: '', b: '' } }), invalid('tags'));
  await create('shop', { tags: { a: '' } });
});

test('zeroInHealthCheck: a zero puts the default back, or is refused', async () => {
  const { id, set, update } = await withGroup();
  await update(id, { healthyThresholdCount: 3, port: 81 });
  await set({ zeroInHealthCheck: 'refuse' });
  await assert.rejects(
    update(id, { healthyThresholdCount: 0 }),
    invalid('healthCheck.healthyThresholdCount'),
  );
  await assert.rejects(update(id, { port: 0 }), invalid('healthCheck.port'));
  await set({ zeroInHealthCheck: 'reset' });
  const { config } = await update(id, { healthyThresholdCount: 0, port: 0 });
  assert.deepEqual([config?.healthCheck?.healthyThresholdCount, config?.healthCheck?.port], [5, undefined]);
});

test('timeoutNotBelowInterval: such a time-out is refused, or accepted', async () => {
  const { id, set, update } = await withGroup();
  const long = () => update(id, { healthCheckTimeoutSeconds: 30 });
  await assert.rejects(long(), invalid('healthCheck.healthCheckTimeoutSeconds'));
  await set({ timeoutNotBelowInterval: 'accept' });
  assert.equal((await long()).config?.healthCheck?.healthCheckTimeoutSeconds, 30);
});

test('updateOmittedMember: an omitted member keeps its value, or returns to its default', async () => {
  const { id, set, update } = await withGroup();
  await update(id, { path: '/health', enabled: false });
  const look = async () => {
    const { config } = await update(id, { healthyThresholdCount: 3 });
    return [config?.healthCheck?.path, config?.healthCheck?.enabled];
  };
  assert.deepEqual(await look(), ['/health', false]);
  await set({ updateOmittedMember: 'reset' });
  assert.deepEqual(await look(), ['/', true]);
});

test('notFoundAfterCreateReads: so many reads do not find a new resource', async () => {
  const { id, get } = await withGroup({ notFoundAfterCreateReads: 1 });
  await assert.rejects(get(id), named('ResourceNotFoundException'));
  await get(id);
});

test('statusWithoutChecks: a target is UNAVAILABLE, or UNUSED, in a group that no service uses', async () => {
  const { id, register, set, settle, statuses, update } = await withGroup();
  await update(id, { enabled: false });
  await register(id, four);
  settle();
  settle();
  assert.deepEqual(await statuses(id), ['UNAVAILABLE']);
  await set({ statusWithoutChecks: 'UNUSED' });
  assert.deepEqual(await statuses(id), ['UNUSED']);
});

test('invalidTarget: it is one verdict among others, or refuses the whole call', async () => {
  const { id, register, set, statuses } = await withGroup({ invalidTarget: 'refuse' });
  const both = () => register(id, four, { id: '192.0.2.1' });
  await assert.rejects(both(), invalid('targets[1]'));
  assert.deepEqual(await statuses(id), []);
  await set({ invalidTarget: 'unsuccessful' });
  assert.equal((await both()).unsuccessful?.length, 1);
  assert.equal((await statuses(id)).length, 1);
});

test('targetsPerGroup, targetsBeyondQuota: the call is refused, or only those beyond it', async () => {
  const { id, register, set, statuses } = await withGroup({ targetsPerGroup: 1 });
  const both = () => register(id, four, { id: '10.0.0.5' });
  await assert.rejects(both(), named('ServiceQuotaExceededException'));
  assert.deepEqual(await statuses(id), []);
  await set({ targetsBeyondQuota: 'unsuccessful' });
  const { successful, unsuccessful } = await both();
  assert.equal(successful?.[0]?.id, four.id);
  assert.equal(unsuccessful?.[0]?.failureCode, 'TargetLimitExceeded');
});

test('registerPresentTarget, registerDrainingTarget: accepted, or unsuccessful', async () => {
  const { id, deregister, register, set } = await withGroup();
  const failures = async () => (await register(id, four)).unsuccessful?.map(({ failureCode }) => failureCode);
  await register(id, four);
  await set({ registerPresentTarget: 'unsuccessful', registerDrainingTarget: 'unsuccessful' });
  assert.deepEqual(await failures(), ['TargetAlreadyRegistered']);
  await deregister(id, four);
  assert.deepEqual(await failures(), ['TargetAlreadyRegistered']);
  await set({ registerDrainingTarget: 'accept' });
  assert.deepEqual(await failures(), []);
});

test('deregisterAbsentTarget: it is unsuccessful, or accepted', async () => {
  const { id, deregister, set, calls } = await withGroup();
  assert.equal((await deregister(id, four)).unsuccessful?.length, 1);
  await set({ deregisterAbsentTarget: 'accept' });
  const { successful, unsuccessful } = await deregister(id, four);
  assert.deepEqual([successful?.length, unsuccessful?.length], [1, 0]);
  assert.equal((await calls()).at(-1).changed, false);
});

test('drainOfUnused: a target that no service uses drains, or is gone at once', async () => {
  const { id, deregister, register, remove, set, statuses } = await withGroup();
  await register(id, four, { id: '10.0.0.5' });
  await deregister(id, four);
  assert.deepEqual(await statuses(id), ['DRAINING', 'INITIAL']);
  await set({ drainOfUnused: 'immediate' });
  await deregister(id, { id: '10.0.0.5' });
  assert.deepEqual(await statuses(id), ['DRAINING']);
  await assert.rejects(remove(id), conflict);
  await deregister(billing, { id: '10.0.7.21' });
  assert.deepEqual(await statuses(billing), ['DRAINING'], 'a service uses it');
});

test('deleteWithTargets: registered targets keep their group, or go with it', async () => {
  const { id, client, register, remove, set, settle } = await withGroup();
  await register(id, four);
  await assert.rejects(remove(id), conflict);
  await set({ deleteWithTargets: 'accept' });
  await remove(id);
  settle();
  const { items } = await client.send(new ListTargetGroupsCommand());
  assert.equal(items?.length, 1);
});

test('callsPerSecond: more calls are throttled, with 429 and when to come again', async () => {
  const { client, clock, set } = startLattice();
  await set({ callsPerSecond: 1 });
  const call = () => client.send(new ListTargetGroupsCommand());
  await call();
  const { name, serviceCode, retryAfterSeconds, $metadata } = await call().catch(thrown => thrown);
  assert.deepEqual(
    [name, serviceCode, retryAfterSeconds, $metadata.httpStatusCode],
    ['ThrottlingException', 'vpc-lattice', 1, 429],
  );
  clock.now += 1000;
  await call();
});

test('drainingStatus: a deregistered target is DRAINING, or reads as before until it is gone', async () => {
  const { clock, deregister, id, register, set, statuses } = await withGroup();
  await register(id, four);
  clock.now += 30_000;
  await deregister(id, four);
  assert.deepEqual(await statuses(id), ['DRAINING']);
  await set({ drainingStatus: 'asBefore' });
  assert.deepEqual(await statuses(id), ['UNUSED']);
  clock.now += 300_000;
  assert.deepEqual(await statuses(id), []);
});

test('omittedAddressType, instanceAddressType: a group has one, or has none', async () => {
  const { create, get, set } = startLattice();
  const addressType = async ({ id = '' }: { id?: string | undefined }) =>
    (await get(id)).config?.ipAddressType;
  assert.equal(await addressType(await create('one')), 'IPV4');
  assert.equal(await addressType(await create('two', instances)), undefined);
  const config = { ...instances.config, ipAddressType: 'IPV4' as const };
  const refusedThere = invalid('config.ipAddressType');
  await assert.rejects(create('three', { ...instances, config }), refusedThere);
  await set({ omittedAddressType: 'absent', instanceAddressType: 'IPV4' });
  assert.equal(await addressType(await create('four')), undefined);
  assert.equal(await addressType(await create('five', instances)), 'IPV4');
  assert.equal(await addressType(await create('six', { ...instances, config })), 'IPV4');
  await assert.rejects(
    create('seven', { ...alb, config: { ...alb.config, ipAddressType: 'IPV4' } }),
    refusedThere,
  );
});

test('healthCheckProtocol: the checks of an HTTPS group are HTTP by default, or as the group', async () => {
  const { create, get, set } = startLattice();
  const config = { protocol: 'HTTPS', vpcIdentifier: vpc } as const;
  const protocol = async (name: string, more: object = {}) => {
    const { id = '' } = await create(name, { config: { ...config, ...more } });
    return (await get(id)).config?.healthCheck?.protocol;
  };
  assert.equal(await protocol('one'), 'HTTP');
  await set({ healthCheckProtocol: 'asGroup' });
  assert.equal(await protocol('two'), 'HTTPS');
  assert.equal(await protocol('three', { healthCheck: { protocol: 'HTTP' } }), 'HTTP');
});

test('tags count characters, of which some have two places in a text', async () => {
  const { create } = startLattice();
  const letters = '𝔸'.repeat(128);
  await create('one', { tags: { [letters]: '𝔸'.repeat(256) } });
  await assert.rejects(create('two', { tags: { [`${letters}𝔸`]: '' } }), named('ValidationException'));
  await assert.rejects(create('two', { tags: { team: '𝔸'.repeat(257) } }), named('ValidationException'));
});
