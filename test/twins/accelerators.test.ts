// What the owner of an accelerator does to it, and which endpoints it takes: dual-stack, internal, of other accounts,
// and not before they are active.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AddEndpointsCommand,
  DeleteAcceleratorCommand,
  DescribeAcceleratorCommand,
  DescribeEndpointGroupCommand,
  ListCrossAccountResourcesCommand,
  type ListCrossAccountResourcesCommandInput,
  ListListenersCommand,
  UpdateAcceleratorCommand,
  UpdateEndpointGroupCommand,
} from '@aws-sdk/client-global-accelerator';
import {
  attachment,
  dualAlb,
  dualNlb,
  edge,
  elasticIp,
  internal,
  named,
  plainNlb,
  privateNlb,
  publicAlb,
  securedNlb,
  sharedAlb,
  startTwins,
} from './start.ts';

const settled = 300_000;

test('an accelerator is deleted once it has no listeners, is disabled and has settled', async () => {
  const { client, clock, createListener } = startTwins();
  const remove = (AcceleratorArn: string) => client.send(new DeleteAcceleratorCommand({ AcceleratorArn }));
  const update = (AcceleratorArn: string, more: object) =>
    client.send(new UpdateAcceleratorCommand({ AcceleratorArn, ...more }));
  await assert.rejects(remove(edge), named('AssociatedListenerFoundException'));
  await assert.rejects(remove(internal), named('AcceleratorNotDisabledException'));
  const { Accelerator } = await update(internal, { Enabled: false, Name: 'retired' });
  assert.deepEqual(
    [Accelerator?.Enabled, Accelerator?.Name, Accelerator?.Status],
    [false, 'retired', 'IN_PROGRESS'],
  );
  await assert.rejects(remove(internal), named('AcceleratorNotDisabledException'));
  clock.now += settled;
  await remove(internal);
  const gone = named('AcceleratorNotFoundException');
  await assert.rejects(remove(internal), gone);
  await assert.rejects(update(internal, {}), gone);
  await assert.rejects(client.send(new DescribeAcceleratorCommand({ AcceleratorArn: internal })), gone);
  await assert.rejects(client.send(new ListListenersCommand({ AcceleratorArn: internal })), gone);
  await assert.rejects(createListener(443), gone);
});

test('an accelerator has no addresses of its owner', async () => {
  const { client } = startTwins();
  const own = new UpdateAcceleratorCommand({ AcceleratorArn: internal, IpAddresses: ['203.0.113.7'] });
  await assert.rejects(client.send(own), named('InvalidArgumentException'));
});

test('a dual-stack accelerator has a second name and second addresses, and takes dual-stack endpoints alone', async () => {
  const { client, createGroup, createListener } = startTwins();
  const setType = (AcceleratorArn: string, IpAddressType: 'IPV4' | 'DUAL_STACK') =>
    client.send(new UpdateAcceleratorCommand({ AcceleratorArn, IpAddressType }));
  await assert.rejects(setType(edge, 'DUAL_STACK'), named('ConflictException'));
  const { Accelerator } = await setType(internal, 'DUAL_STACK');
  assert.equal(Accelerator?.DualStackDnsName, 'afedcba0987654321.dualstack.awsglobalaccelerator.com');
  assert.deepEqual(
    Accelerator?.IpSets?.map(({ IpAddressFamily }) => IpAddressFamily),
    ['IPv4', 'IPv6'],
  );
  const listener = await createListener(443);
  const group = (EndpointId: string, more: object = {}) =>
    createGroup(listener, { EndpointConfigurations: [{ EndpointId, ...more }] });
  const refused = named('InvalidArgumentException');
  for (const id of [publicAlb, securedNlb, elasticIp]) await assert.rejects(group(id), refused, id);
  await assert.rejects(group(dualAlb, { ClientIPPreservationEnabled: false }), refused);
  await assert.rejects(group(dualNlb), refused);
  const EndpointGroupArn = await group(dualAlb);
  const preserved = { EndpointId: dualNlb, ClientIPPreservationEnabled: true };
  await client.send(new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations: [preserved] }));
  const back = await setType(internal, 'IPV4');
  assert.equal(back.Accelerator?.DualStackDnsName, undefined);
  assert.equal(back.Accelerator?.IpSets?.length, 1);
  await client.send(
    new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations: [{ EndpointId: plainNlb }] }),
  );
});

test('client IP preservation of an internal Network Load Balancer has to be on', async () => {
  const { createGroup, createListener } = startTwins();
  const listener = await createListener(443);
  const group = (more: object) =>
    createGroup(listener, { EndpointConfigurations: [{ EndpointId: privateNlb, ...more }] });
  const refused = {
    name: 'InvalidArgumentException',
    message: `ClientIPPreservation must be enabled for internal facing network load balancer: ${privateNlb}`,
  };
  await assert.rejects(group({}), refused);
  await assert.rejects(group({ ClientIPPreservationEnabled: false }), refused);
  await group({ ClientIPPreservationEnabled: true });
});

test('loadBalancerActiveAfterSeconds: a load balancer is refused for so long after it was first named', async () => {
  const { client, clock, createGroup, createListener, set } = startTwins();
  await set({ loadBalancerActiveAfterSeconds: 90 });
  const listener = await createListener(443);
  const EndpointGroupArn = await createGroup(listener, {
    EndpointConfigurations: [{ EndpointId: elasticIp }],
  });
  const add = () =>
    client.send(
      new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations: [{ EndpointId: publicAlb }] }),
    );
  const notYet = { name: 'InvalidArgumentException', message: /is not active, its state is provisioning/ };
  await assert.rejects(add(), notYet);
  clock.now += 89_000;
  await assert.rejects(add(), notYet);
  clock.now += 1000;
  await add();
});

test('what another account shares is listed in pages, and the own account shares nothing', async () => {
  const { client } = startTwins();
  const list = (more: Partial<ListCrossAccountResourcesCommandInput>) =>
    client.send(new ListCrossAccountResourcesCommand({ ResourceOwnerAwsAccountId: '210987654321', ...more }));
  const { CrossAccountResources: all = [], NextToken } = await list({});
  assert.equal(NextToken, undefined);
  assert.deepEqual(all[0], { EndpointId: sharedAlb, AttachmentArn: attachment });
  assert.equal(all.length, 2);
  const first = await list({ MaxResults: 1 });
  const second = await list({ MaxResults: 1, NextToken: first.NextToken });
  const paged = [...(first.CrossAccountResources ?? []), ...(second.CrossAccountResources ?? [])];
  assert.deepEqual([paged, second.NextToken], [all, undefined]);

  const own = await list({ ResourceOwnerAwsAccountId: '123456789012' });
  assert.deepEqual(own.CrossAccountResources, []);
  const elsewhere = { ResourceOwnerAwsAccountId: '123456789012', NextToken: first.NextToken };
  await assert.rejects(list(elsewhere), named('InvalidNextTokenException'));
  await assert.rejects(list({ ResourceOwnerAwsAccountId: '21098765432' }), named('InvalidArgumentException'));
});

test('settlesFromSeconds, settlesToSeconds: the range in which a change settles, which begins at 20 seconds', async () => {
  const { client, clock, createListener, control, set } = startTwins();
  const { json } = await control('GET', 'switches');
  const { settlesFromSeconds, settlesToSeconds } = json.globalaccelerator;
  assert.deepEqual([settlesFromSeconds, settlesToSeconds], [20, 300]);
  await set({ settlesFromSeconds: 20, settlesToSeconds: 20 });
  await createListener(443);
  const status = async () => {
    const described = await client.send(new DescribeAcceleratorCommand({ AcceleratorArn: internal }));
    return described.Accelerator?.Status;
  };
  clock.now += 19_999;
  assert.equal(await status(), 'IN_PROGRESS');
  clock.now += 1;
  assert.equal(await status(), 'DEPLOYED');
});

test('tcpPath, createdWithoutPath: how a group with TCP checks shows a path', async () => {
  const { client, createListener, calls, set, twins } = startTwins();
  const listener = await createListener(443);
  const create = async (EndpointGroupRegion: string, more: object) => {
    const body = JSON.stringify({
      ListenerArn: listener,
      EndpointGroupRegion,
      IdempotencyToken: EndpointGroupRegion,
      ...more,
    });
    const headers = {
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260601/us-west-2/globalaccelerator/aws4_request',
      'x-amz-target': 'GlobalAccelerator_V20180706.CreateEndpointGroup',
    };
    const answer = await twins.request({ method: 'POST', path: '/', headers, body });
    assert.ok(answer !== 'dropped');
    return JSON.parse(answer.body).EndpointGroup;
  };
  const look = async (EndpointGroupArn: string) =>
    (await client.send(new DescribeEndpointGroupCommand({ EndpointGroupArn }))).EndpointGroup
      ?.HealthCheckPath;

  const silent = await create('eu-west-1', { HealthCheckPath: '/up' });
  assert.equal('HealthCheckPath' in silent, false);
  await set({ createdWithoutPath: 'undefined' });
  const text = await create('us-east-1', {});
  assert.equal(text.HealthCheckPath, 'undefined');
  assert.equal(await look(text.EndpointGroupArn), undefined);
  await set({ tcpPath: 'asSent' });
  const told = await create('ap-southeast-2', { HealthCheckPath: '/up' });
  assert.deepEqual([told.HealthCheckPath, await look(told.EndpointGroupArn)], ['/up', '/up']);
  assert.equal(await look(silent.EndpointGroupArn), undefined, 'it has been forgotten');

  const update = (HealthCheckProtocol: 'HTTP' | 'TCP') =>
    client.send(
      new UpdateEndpointGroupCommand({ EndpointGroupArn: silent.EndpointGroupArn, HealthCheckProtocol }),
    );
  assert.equal((await update('HTTP')).EndpointGroup?.HealthCheckPath, '/');
  assert.equal((await calls('?operation=CreateEndpointGroup')).length, 3);
});

test('emptyToken, emptyNextToken: an empty one is one, or none', async () => {
  const { client, createListener, set } = startTwins();
  await createListener(443, { IdempotencyToken: '' });
  await assert.rejects(createListener(80, { IdempotencyToken: '' }), named('InvalidArgumentException'));
  const list = () => client.send(new ListListenersCommand({ AcceleratorArn: internal, NextToken: '' }));
  await assert.rejects(list(), named('InvalidNextTokenException'));
  await set({ emptyToken: 'none', emptyNextToken: 'firstPage' });
  await createListener(80, { IdempotencyToken: '' });
  assert.equal((await list()).Listeners?.length, 2);
});
