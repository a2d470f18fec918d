// The shared faults on Classic Elastic Load Balancing: the caller's answer and the state afterwards.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coded, startClassicElb, web } from './classic-elb-start.ts';
import { named, startedAt } from './start.ts';

const create = 'CreateLBCookieStickinessPolicy';
const set = 'SetLoadBalancerPoliciesOfListener';

function startWithReads() {
  const twin = startClassicElb();
  const isThere = async () => (await twin.policies(web)).some(({ PolicyName }) => PolicyName === 'ours');
  return { ...twin, isThere };
}

test('error: any code of the wire, and nothing changes', async () => {
  const { createLbCookie, describe, faults, isThere } = startWithReads();
  const error = (code: string, status: number) => ({ code, status, message: `<${code}> & more` });
  await faults(
    { operation: create, fault: 'error', error: error('InternalFailure', 500) },
    { operation: create, fault: 'error', error: error('Throttling', 400) },
    { operation: 'DescribeLoadBalancers', fault: 'error', error: error('DependencyThrottle', 400) },
  );
  await assert.rejects(createLbCookie('ours', 60), coded('InternalFailure', 500));
  await assert.rejects(createLbCookie('ours', 60), { name: 'Throttling', message: '<Throttling> & more' });
  await assert.rejects(describe(web), named('DependencyThrottleException'));
  assert.equal(await isThere(), false);
});

test('lostAnswer: the change is made and the connection drops', async () => {
  const { createLbCookie, enabledOn, faults, isThere, setPolicies } = startWithReads();
  await faults({ operation: create, fault: 'lostAnswer' }, { operation: set, fault: 'lostAnswer' });
  await assert.rejects(createLbCookie('ours', 60), named('ECONNRESET'));
  assert.equal(await isThere(), true);
  await assert.rejects(createLbCookie('ours', 60), named('DuplicatePolicyNameException'));
  await assert.rejects(setPolicies(80, ['ours']), named('ECONNRESET'));
  assert.deepEqual(await enabledOn(80), ['ours']);
});

test('dropRequest: the connection drops and nothing changes', async () => {
  const { createLbCookie, faults, isThere } = startWithReads();
  await faults({ operation: '*', fault: 'dropRequest' });
  await assert.rejects(createLbCookie('ours', 60), named('ECONNRESET'));
  assert.equal(await isThere(), false);
});

test('delay: the call is carried out after it', async () => {
  const { clock, createLbCookie, faults, isThere } = startWithReads();
  await faults({ operation: create, fault: 'delay', delayMs: 7000 });
  await createLbCookie('ours', 60);
  assert.equal(clock.now, startedAt + 7000);
  assert.equal(await isThere(), true);
});

test('lateCreate: the connection drops at once and the change is made later', async () => {
  const { calls, clock, createLbCookie, faults, isThere, setPolicies, enabledOn } = startWithReads();
  await faults(
    { operation: create, fault: 'lateCreate', delayMs: 5000 },
    { operation: set, fault: 'lateCreate', delayMs: 6000 },
  );
  await assert.rejects(createLbCookie('ours', 60), named('ECONNRESET'));
  await assert.rejects(setPolicies(80, ['ours']), named('ECONNRESET'));
  clock.now += 4999;
  assert.equal(await isThere(), false);
  clock.now += 1;
  assert.equal(await isThere(), true);
  assert.deepEqual(await enabledOn(80), []);
  clock.now += 1000;
  assert.deepEqual(await enabledOn(80), ['ours']);
  const late: { operation: string }[] = (await calls()).filter((row: { late?: true }) => row.late);
  assert.deepEqual(
    late.map(({ operation }) => operation),
    [create, set],
  );
});

test('stuck, failed and forgetTokens have nothing to touch: the call is as any other', async () => {
  const { createLbCookie, deletePolicy, faults, isThere } = startWithReads();
  await faults(...['stuck', 'failed', 'forgetTokens'].map(fault => ({ operation: create, fault })));
  for (let call = 0; call < 3; call += 1) {
    await createLbCookie('ours', 60);
    assert.equal(await isThere(), true);
    await deletePolicy('ours');
  }
});
