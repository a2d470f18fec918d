// The open questions about Classic Elastic Load Balancing: each value of each switch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing';
import { coded, startClassicElb, tcp, web } from './classic-elb-start.ts';

test('policiesPerLoadBalancer: how many policies there may be', async () => {
  const { createLbCookie, switchTo } = startClassicElb();
  await switchTo({ policiesPerLoadBalancer: 3 });
  await createLbCookie('third');
  await assert.rejects(createLbCookie('fourth'), coded('TooManyPolicies'));
});

test('createWithoutHttpListener: a create beside TCP listeners only is accepted, or refused', async () => {
  const { createAppCookie, createLbCookie, switchTo } = startClassicElb();
  await createLbCookie('ours', 60, tcp);
  await switchTo({ createWithoutHttpListener: 'refuse' });
  await assert.rejects(createLbCookie('more', 60, tcp), coded('InvalidConfigurationRequest', 409));
  await assert.rejects(createAppCookie('more', 'C', tcp), coded('InvalidConfigurationRequest', 409));
  await createLbCookie('ours', 60, web);
});

test('createSameAgain: an equal policy again is refused, or accepted, an unequal one refused', async () => {
  const { calls, createLbCookie, switchTo } = startClassicElb();
  await createLbCookie('ours', 60);
  await assert.rejects(createLbCookie('ours', 60), coded('DuplicatePolicyName'));
  await switchTo({ createSameAgain: 'accept' });
  await createLbCookie('ours', 60);
  await assert.rejects(createLbCookie('ours', 61), coded('DuplicatePolicyName'));
  const changes = (await calls()).map((row: { changed: boolean }) => row.changed);
  assert.deepEqual(changes, [true, false, false, false]);
});

test('zeroPeriod: a period of 0 is a browser session, or refused', async () => {
  const { createLbCookie, switchTo } = startClassicElb();
  await createLbCookie('zero', 0);
  await switchTo({ zeroPeriod: 'refuse' });
  await assert.rejects(createLbCookie('another', 0), coded('ValidationError'));
  await createLbCookie('session');
});

test('deleteAbsentPolicy: deleting it is accepted, or not found', async () => {
  const { calls, deletePolicy, switchTo } = startClassicElb();
  await deletePolicy('absent');
  assert.equal((await calls())[0].changed, false);
  await switchTo({ deleteAbsentPolicy: 'PolicyNotFound' });
  await assert.rejects(deletePolicy('absent'), coded('PolicyNotFound'));
});

test('secondStickinessPolicy: the error of two on one listener', async () => {
  const { createLbCookie, setPolicies, switchTo } = startClassicElb();
  await createLbCookie('ours', 60);
  const both = () => setPolicies(443, ['tls-2023', 'legacy-sticky', 'ours']);
  await assert.rejects(both, coded('InvalidConfigurationRequest', 409));
  await switchTo({ secondStickinessPolicy: 'ValidationError' });
  await assert.rejects(both, coded('ValidationError'));
});

test('missingPolicyNames: an error of either name, or an empty list', async () => {
  const { enabledOn, setPolicies, switchTo } = startClassicElb();
  const without = () => setPolicies(8443, undefined);
  await assert.rejects(without, coded('ValidationError'));
  await switchTo({ missingPolicyNames: 'MissingParameter' });
  await assert.rejects(without, coded('MissingParameter'));
  assert.deepEqual(await enabledOn(8443), ['tls-2023', 'legacy-sticky']);
  await switchTo({ missingPolicyNames: 'emptyList' });
  await without();
  assert.deepEqual(await enabledOn(8443), []);
});

test('policyTwice: one set that names a policy twice is accepted as once, or refused', async () => {
  const { enabledOn, setPolicies, switchTo } = startClassicElb();
  const twice = () => setPolicies(443, ['legacy-sticky', 'tls-2023', 'legacy-sticky']);
  await twice();
  assert.deepEqual(await enabledOn(443), ['legacy-sticky', 'tls-2023']);
  await switchTo({ policyTwice: 'refuse' });
  await assert.rejects(twice, coded('ValidationError'));
});

test('unknownNameAmongSeveral: it fails the call, or is left out', async () => {
  const { client, describe, switchTo } = startClassicElb();
  const look = (...LoadBalancerNames: string[]) =>
    client.send(new DescribeLoadBalancersCommand({ LoadBalancerNames }));
  await assert.rejects(look(web, 'absent'), coded('LoadBalancerNotFound'));
  await switchTo({ unknownNameAmongSeveral: 'leaveOut' });
  assert.equal((await look(web, 'absent')).LoadBalancerDescriptions?.length, 1);
  await assert.rejects(look('absent', 'too'), coded('LoadBalancerNotFound'));
  await assert.rejects(describe('absent'), coded('LoadBalancerNotFound'));
});

test('lastMarker: absent on the last page, or empty', async () => {
  const { client, post, switchTo } = startClassicElb();
  const look = async () => (await client.send(new DescribeLoadBalancersCommand())).NextMarker;
  assert.equal(await look(), undefined);
  await switchTo({ lastMarker: 'empty' });
  assert.ok(!(await look()));
  assert.ok((await post('Action=DescribeAccountLimits&Version=2012-06-01')).body.includes('<NextMarker/>'));
});

test('describeBurst and describesPerSecond: a bucket for the reads of each region', async () => {
  const { client, clientIn, clock, createLbCookie, switchTo } = startClassicElb({ timeScale: 10 });
  await switchTo({ describeBurst: 2, describesPerSecond: 1 });
  const look = (from = client) => from.send(new DescribeLoadBalancersCommand());
  await look();
  await look();
  await assert.rejects(look(), coded('Throttling'));
  await createLbCookie('ours', 60);
  await look(clientIn('us-east-1'));
  clock.now += 99;
  await assert.rejects(look(), coded('Throttling'));
  clock.now += 1;
  await look();
  clock.now += 10_000;
  await look();
  await look();
  await assert.rejects(look(), coded('Throttling'));
});

test('changeBurst and changesPerSecond: a bucket for the changes', async () => {
  const { clock, createLbCookie, describe, switchTo } = startClassicElb();
  await switchTo({ changeBurst: 1, changesPerSecond: 2 });
  await createLbCookie('first');
  await assert.rejects(createLbCookie('second'), coded('Throttling'));
  await describe(web);
  clock.now += 500;
  await createLbCookie('second');
});

test('throttleCode: the code of a throttle', async () => {
  for (const throttleCode of ['Throttling', 'ThrottlingException', 'DependencyThrottle']) {
    const { describe, switchTo } = startClassicElb();
    await switchTo({ describeBurst: 1, throttleCode });
    await describe(web);
    await assert.rejects(describe(web), coded(throttleCode));
  }
});
