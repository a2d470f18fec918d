// What the owner of a Classic Load Balancer does behind the back of those who set policies: listeners are deleted and
// made again, ports of instances get policies, and the load balancer is deleted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateLoadBalancerListenersCommand,
  CreateLoadBalancerPolicyCommand,
  DeleteLoadBalancerCommand,
  DeleteLoadBalancerListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  SetLoadBalancerPoliciesForBackendServerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import { coded, startClassicElb, tcp, web } from './classic-elb-start.ts';

const SSLCertificateId = 'arn:aws:iam::123456789012:server-certificate/classic-2023';
const https = { Protocol: 'HTTPS', LoadBalancerPort: 443, InstancePort: 8080, SSLCertificateId };

test('a listener that is made again has none of its policies, and they stay on the load balancer', async () => {
  const { client, createLbCookie, deletePolicy, describe, enabledOn, setPolicies } = startClassicElb();
  await createLbCookie('ours', 60);
  await setPolicies(443, ['ours', 'tls-2023']);
  const ports = { LoadBalancerName: web, LoadBalancerPorts: [443] };
  await client.send(new DeleteLoadBalancerListenersCommand(ports));
  await assert.rejects(setPolicies(443, ['ours']), coded('ListenerNotFound'));
  await client.send(new DeleteLoadBalancerListenersCommand(ports));
  const create = (Listener: object) =>
    client.send(
      new CreateLoadBalancerListenersCommand({
        LoadBalancerName: web,
        Listeners: [{ ...https, ...Listener }],
      }),
    );
  await create({});
  assert.deepEqual(await enabledOn(443), ['ELBSecurityPolicy-2016-08']);
  assert.deepEqual(
    (await describe(web))?.Policies?.LBCookieStickinessPolicies?.map(each => each.PolicyName),
    ['legacy-sticky', 'ours'],
  );
  await create({});
  await assert.rejects(create({ InstancePort: 9090 }), coded('DuplicateListener'));
  await assert.rejects(
    create({ LoadBalancerPort: 444, SSLCertificateId: undefined }),
    coded('ValidationError'),
  );
  await deletePolicy('ours');
});

test('a port of instances takes policies for it alone, and keeps them from being deleted', async () => {
  const { client, createLbCookie, deletePolicy, describe } = startClassicElb();
  const set = (PolicyNames: string[], InstancePort = 1883) =>
    client.send(
      new SetLoadBalancerPoliciesForBackendServerCommand({
        LoadBalancerName: tcp,
        InstancePort,
        PolicyNames,
      }),
    );
  await client.send(
    new CreateLoadBalancerPolicyCommand({
      ...{ LoadBalancerName: tcp, PolicyName: 'proxy', PolicyTypeName: 'ProxyProtocolPolicyType' },
      PolicyAttributes: [{ AttributeName: 'ProxyProtocol', AttributeValue: 'true' }],
    }),
  );
  await createLbCookie('sticky', 60, tcp);
  await set(['proxy']);
  assert.deepEqual((await describe(tcp))?.BackendServerDescriptions, [
    { InstancePort: 1883, PolicyNames: ['proxy'] },
  ]);
  await assert.rejects(deletePolicy('proxy', tcp), coded('InvalidConfigurationRequest', 409));
  await assert.rejects(set(['sticky']), coded('InvalidConfigurationRequest', 409));
  await assert.rejects(set(['absent']), coded('PolicyNotFound'));
  await assert.rejects(set(['proxy'], 1), coded('InvalidConfigurationRequest', 409));
  await set([]);
  assert.deepEqual((await describe(tcp))?.BackendServerDescriptions, []);
  await deletePolicy('proxy', tcp);
});

test('a deleted load balancer is gone from its region alone, and deleting it again succeeds', async () => {
  const { calls, client, clientIn, createLbCookie } = startClassicElb();
  const remove = new DeleteLoadBalancerCommand({ LoadBalancerName: web });
  await client.send(remove);
  await client.send(remove);
  const rows: { changed: boolean }[] = await calls('?operation=DeleteLoadBalancer');
  assert.deepEqual(
    rows.map(({ changed }) => changed),
    [true, false],
  );
  await assert.rejects(createLbCookie('ours', 60), coded('LoadBalancerNotFound'));
  const list = new DescribeLoadBalancersCommand({});
  const here = (await client.send(list)).LoadBalancerDescriptions ?? [];
  assert.deepEqual(
    here.map(each => each.LoadBalancerName),
    [tcp],
  );
  assert.equal((await clientIn('us-east-1').send(list)).LoadBalancerDescriptions?.length, 2);
});

test('the attributes of a load balancer are described', async () => {
  const { client } = startClassicElb();
  const describe = (LoadBalancerName: string) =>
    client.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerName }));
  const { LoadBalancerAttributes } = await describe(web);
  assert.deepEqual(LoadBalancerAttributes?.ConnectionSettings, { IdleTimeout: 60 });
  assert.deepEqual(LoadBalancerAttributes?.CrossZoneLoadBalancing, { Enabled: false });
  await assert.rejects(describe('nobody'), coded('LoadBalancerNotFound'));
});

test('the form can be the query of a GET', async () => {
  const { twins } = startClassicElb();
  const authorization =
    'AWS4-HMAC-SHA256 Credential=test/20260601/eu-west-1/elasticloadbalancing/aws4_request';
  const path = '/?Action=DescribeLoadBalancers&Version=2012-06-01&LoadBalancerNames.member.1=ingest-classic';
  const answer = await twins.request({ method: 'GET', path, headers: { authorization }, body: '' });
  assert.ok(answer !== 'dropped');
  assert.equal(answer.status, 200);
  assert.match(answer.body, /<LoadBalancerName>ingest-classic</);
});

test('a cookie name has no control characters', async () => {
  const { createAppCookie } = startClassicElb();
  await assert.rejects(createAppCookie('ours', 'a\u0007b'), coded('ValidationError'));
  await createAppCookie('ours', 'BASKET');
});
