// The twin of Global Accelerator, used by an SDK client. Ids and instants come from the seed and the virtual clock;
// nothing waits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AddEndpointsCommand,
  CreateEndpointGroupCommand,
  CreateListenerCommand,
  DeleteEndpointGroupCommand,
  DeleteListenerCommand,
  DescribeAcceleratorAttributesCommand,
  DescribeAcceleratorCommand,
  DescribeEndpointGroupCommand,
  DescribeListenerCommand,
  ListAcceleratorsCommand,
  ListEndpointGroupsCommand,
  ListListenersCommand,
  ListTagsForResourceCommand,
  RemoveEndpointsCommand,
  UpdateEndpointGroupCommand,
  UpdateListenerCommand,
} from '@aws-sdk/client-global-accelerator';
import {
  attachment,
  clientIn,
  edge,
  elasticIp,
  foreignGroup,
  foreignListener,
  instance,
  internal,
  internalAlb,
  named,
  plainNlb,
  publicAlb,
  securedNlb,
  sharedAlb,
  startedAt,
  startTwins,
  usAlb,
} from './start.ts';

const absentAccelerator = `${internal.slice(0, -1)}f`;
const absentListener = `${internal}/listener/00000000`;
const absentGroup = `${absentListener}/endpoint-group/000000000000`;
const port = (from: number, to = from) => ({ FromPort: from, ToPort: to });
const override = (ListenerPort: number, EndpointPort: number) => ({ ListenerPort, EndpointPort });

test('the account has two enabled accelerators that are deployed', async () => {
  const { client } = startTwins();
  const { Accelerators = [] } = await client.send(new ListAcceleratorsCommand());
  assert.deepEqual(
    Accelerators.map(({ Name, Enabled, Status }) => ({ Name, Enabled, Status })),
    [
      { Name: 'edge', Enabled: true, Status: 'DEPLOYED' },
      { Name: 'internal', Enabled: true, Status: 'DEPLOYED' },
    ],
  );
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: edge }));
  assert.deepEqual(Tags, [{ Key: 'team', Value: 'platform' }]);
  const { AcceleratorAttributes } = await client.send(
    new DescribeAcceleratorAttributesCommand({ AcceleratorArn: edge }),
  );
  assert.deepEqual(AcceleratorAttributes, { FlowLogsEnabled: false });
});

test('a created listener is there at once, with its defaults', async () => {
  const { client, createListener } = startTwins();
  const ListenerArn = await createListener(443);
  assert.match(ListenerArn, new RegExp(`^${internal}/listener/[0-9a-f]{8}$`));
  const { Listener } = await client.send(new DescribeListenerCommand({ ListenerArn }));
  assert.deepEqual(Listener, {
    ListenerArn,
    PortRanges: [port(443)],
    Protocol: 'TCP',
    ClientAffinity: 'NONE',
  });
});

test('a created endpoint group shows the defaults of the API and its endpoints', async () => {
  const { client, clock, createListener, createGroup } = startTwins();
  const listener = await createListener(443);
  const EndpointGroupArn = await createGroup(listener, {
    EndpointConfigurations: [{ EndpointId: publicAlb }],
  });
  const describe = () => client.send(new DescribeEndpointGroupCommand({ EndpointGroupArn }));
  const group = {
    EndpointGroupArn,
    EndpointGroupRegion: 'eu-west-1',
    TrafficDialPercentage: 100,
    HealthCheckPort: 443,
    HealthCheckProtocol: 'TCP',
    HealthCheckIntervalSeconds: 30,
    ThresholdCount: 3,
  };
  const endpoint = { EndpointId: publicAlb, Weight: 128, ClientIPPreservationEnabled: true };
  assert.deepEqual((await describe()).EndpointGroup, {
    ...group,
    EndpointDescriptions: [{ ...endpoint, HealthState: 'INITIAL' }],
  });
  clock.now += 60_000;
  assert.deepEqual((await describe()).EndpointGroup, {
    ...group,
    EndpointDescriptions: [{ ...endpoint, HealthState: 'HEALTHY' }],
  });
});

test('a change makes its accelerator, and no other, IN_PROGRESS for 40 to 300 seconds', async () => {
  const { client, clock, createListener } = startTwins();
  await createListener(443);
  const look = async (AcceleratorArn: string) =>
    (await client.send(new DescribeAcceleratorCommand({ AcceleratorArn }))).Accelerator;
  clock.now += 39_000;
  assert.equal((await look(internal))?.Status, 'IN_PROGRESS');
  assert.equal((await look(internal))?.LastModifiedTime?.getTime(), startedAt);
  assert.equal((await look(edge))?.Status, 'DEPLOYED');
  clock.now += 261_000;
  assert.equal((await look(internal))?.Status, 'DEPLOYED');
});

test('resources settle faster by the time scale', async () => {
  const { client, clock, createListener } = startTwins({ timeScale: 100 });
  await createListener(443);
  clock.now += 3_000;
  const { Accelerator } = await client.send(new DescribeAcceleratorCommand({ AcceleratorArn: internal }));
  assert.equal(Accelerator?.Status, 'DEPLOYED');
});

test('the same seed draws the same ids', async () => {
  assert.equal(await startTwins().createListener(443), await startTwins().createListener(443));
});

test('each operation answers that the resource does not exist', async () => {
  const { client } = startTwins();
  const listener = { ListenerArn: absentListener };
  const group = { EndpointGroupArn: absentGroup };
  const noAccelerator = [
    new DescribeAcceleratorCommand({ AcceleratorArn: absentAccelerator }),
    new DescribeAcceleratorAttributesCommand({ AcceleratorArn: absentAccelerator }),
    new ListTagsForResourceCommand({ ResourceArn: absentAccelerator }),
    new ListListenersCommand({ AcceleratorArn: absentAccelerator }),
    new CreateListenerCommand({
      AcceleratorArn: absentAccelerator,
      PortRanges: [port(80)],
      Protocol: 'TCP',
      IdempotencyToken: 'a',
    }),
    new CreateEndpointGroupCommand({
      ListenerArn: `${absentAccelerator}/listener/00000000`,
      EndpointGroupRegion: 'eu-west-1',
      IdempotencyToken: 'a',
    }),
  ];
  const noListener = [
    new DescribeListenerCommand(listener),
    new UpdateListenerCommand(listener),
    new DeleteListenerCommand(listener),
    new ListEndpointGroupsCommand(listener),
    new CreateEndpointGroupCommand({
      ...listener,
      EndpointGroupRegion: 'eu-west-1',
      IdempotencyToken: 'a',
    }),
  ];
  const noGroup = [
    new DescribeEndpointGroupCommand(group),
    new UpdateEndpointGroupCommand(group),
    new DeleteEndpointGroupCommand(group),
    new AddEndpointsCommand({ ...group, EndpointConfigurations: [{ EndpointId: publicAlb }] }),
    new RemoveEndpointsCommand({ ...group, EndpointIdentifiers: [{ EndpointId: publicAlb }] }),
  ];
  // The client's overloads take one command type at a time.
  type Command = Parameters<typeof client.send>[0];
  const refused = async (commands: unknown[], name: string) => {
    for (const command of commands) await assert.rejects(client.send(command as Command), named(name));
  };
  await refused(noAccelerator, 'AcceleratorNotFoundException');
  await refused(noListener, 'ListenerNotFoundException');
  await refused(noGroup, 'EndpointGroupNotFoundException');
});

test('a malformed ARN is an invalid argument, named in the message', async () => {
  const { client } = startTwins();
  for (const AcceleratorArn of ['nonsense', foreignListener, '']) {
    await assert.rejects(client.send(new DescribeAcceleratorCommand({ AcceleratorArn })), {
      name: 'InvalidArgumentException',
      message: `The ARN is not valid: ${AcceleratorArn}`,
    });
  }
});

test('a value that the model does not allow is an invalid argument', async () => {
  const { client, createListener, createGroup } = startTwins();
  const listener = await createListener(443);
  const EndpointGroupArn = await createGroup(listener);
  const settings = [
    { TrafficDialPercentage: 100.5 },
    { HealthCheckPort: 0 },
    { HealthCheckPath: 'health' },
    { HealthCheckPath: '/a b' },
    { HealthCheckPath: `/${'a'.repeat(255)}` },
    { HealthCheckIntervalSeconds: 9 },
    { HealthCheckIntervalSeconds: 20 },
    { ThresholdCount: 11 },
    { EndpointConfigurations: [{ EndpointId: publicAlb, Weight: 256 }] },
    { EndpointConfigurations: [{ Weight: 1 }] },
    { PortOverrides: [override(443, 65_536)] },
  ];
  for (const setting of settings) {
    await assert.rejects(
      client.send(new UpdateEndpointGroupCommand({ EndpointGroupArn, ...setting })),
      named('InvalidArgumentException'),
      JSON.stringify(setting),
    );
  }
  const noPorts = createListener(80, { PortRanges: [] });
  await assert.rejects(noPorts, named('InvalidArgumentException'));
  const noRegion = createGroup(listener, { EndpointGroupRegion: 'Ireland' });
  await assert.rejects(noRegion, named('InvalidArgumentException'));
  const noPage = client.send(new ListListenersCommand({ AcceleratorArn: internal, MaxResults: 101 }));
  await assert.rejects(noPage, named('InvalidArgumentException'));
  const longToken = createListener(80, { IdempotencyToken: 'a'.repeat(256) });
  await assert.rejects(longToken, named('InvalidArgumentException'));
});

test('ports that are none, or are taken for the protocol, are an invalid port range', async () => {
  const { client, createListener } = startTwins();
  await createListener(443, { PortRanges: [port(443), port(8000, 8100)] });
  const ranges = [
    [port(0)],
    [port(65_536)],
    [port(90, 80)],
    [port(80, 90), port(90, 99)],
    [port(8100, 9000)],
  ];
  for (const PortRanges of [...ranges, [{ FromPort: 80 }]]) {
    const create = createListener(80, { PortRanges });
    await assert.rejects(create, named('InvalidPortRangeException'), JSON.stringify(PortRanges));
  }
  const udp = await createListener(443, { Protocol: 'UDP' });
  const moved = client.send(new UpdateListenerCommand({ ListenerArn: udp, Protocol: 'TCP' }));
  await assert.rejects(moved, named('InvalidPortRangeException'));
  await createListener(443, { AcceleratorArn: edge });
});

test('an update of a listener replaces its ranges and may keep its own ports', async () => {
  const { client, createListener } = startTwins();
  const ListenerArn = await createListener(443);
  const { Listener } = await client.send(
    new UpdateListenerCommand({ ListenerArn, PortRanges: [port(440, 450)], ClientAffinity: 'SOURCE_IP' }),
  );
  assert.deepEqual(Listener, {
    ListenerArn,
    PortRanges: [port(440, 450)],
    Protocol: 'TCP',
    ClientAffinity: 'SOURCE_IP',
  });
});

test('a list that an update sends replaces, an empty one clears, an absent one stays', async () => {
  const { client, createListener, createGroup } = startTwins();
  const EndpointGroupArn = await createGroup(await createListener(443), {
    EndpointConfigurations: [{ EndpointId: publicAlb, Weight: 1 }, { EndpointId: plainNlb }],
    PortOverrides: [override(443, 8443)],
  });
  const update = async (settings: object) => {
    const { EndpointGroup } = await client.send(
      new UpdateEndpointGroupCommand({ EndpointGroupArn, ...settings }),
    );
    const endpoints = EndpointGroup?.EndpointDescriptions?.map(({ EndpointId }) => EndpointId);
    return { endpoints, overrides: EndpointGroup?.PortOverrides?.length };
  };
  assert.deepEqual(await update({ TrafficDialPercentage: 50 }), {
    endpoints: [publicAlb, plainNlb],
    overrides: 1,
  });
  assert.deepEqual(await update({ EndpointConfigurations: [{ EndpointId: elasticIp }] }), {
    endpoints: [elasticIp],
    overrides: 1,
  });
  assert.deepEqual(await update({ EndpointConfigurations: [], PortOverrides: [] }), {
    endpoints: [],
    overrides: undefined,
  });
});

test('a group shows the path of its health check where that is HTTP or HTTPS, and no list of overrides that is empty', async () => {
  const { client, createListener, createGroup } = startTwins();
  const EndpointGroupArn = await createGroup(await createListener(443));
  const shown = async (settings: object) => {
    const command = new UpdateEndpointGroupCommand({ EndpointGroupArn, ...settings });
    const { EndpointGroup = {} } = await client.send(command);
    return [EndpointGroup.HealthCheckPath, 'PortOverrides' in EndpointGroup];
  };
  assert.deepEqual(await shown({ HealthCheckPath: '/up' }), [undefined, false]);
  assert.deepEqual(await shown({ HealthCheckProtocol: 'HTTP' }), ['/', false]);
  assert.deepEqual(await shown({ HealthCheckPath: '/up', PortOverrides: [override(443, 8443)] }), [
    '/up',
    true,
  ]);
  assert.deepEqual(await shown({ HealthCheckProtocol: 'TCP' }), [undefined, true]);
});

test('port overrides are held to the rules from both sides', async () => {
  const { client, createListener, createGroup } = startTwins();
  const web = await createListener(443, { PortRanges: [port(443), port(80)] });
  const other = await createListener(5000);
  await createGroup(web, { PortOverrides: [override(443, 8443)] });
  const refusedGroups = [
    { PortOverrides: [override(5001, 9443)] },
    { PortOverrides: [override(5000, 80)] },
    { PortOverrides: [override(5000, 8443)] },
    { PortOverrides: [override(5000, 9443), override(5000, 9444)] },
  ];
  for (const group of refusedGroups) {
    await assert.rejects(createGroup(other, group), named('InvalidArgumentException'), JSON.stringify(group));
  }
  const onePortTwice = {
    EndpointGroupRegion: 'us-east-1',
    PortOverrides: [override(443, 9443), override(80, 9443)],
  };
  await assert.rejects(createGroup(web, onePortTwice), named('InvalidArgumentException'));
  await createGroup(other, { EndpointGroupRegion: 'us-east-1', PortOverrides: [override(5000, 8443)] });

  const shrink = client.send(new UpdateListenerCommand({ ListenerArn: web, PortRanges: [port(80)] }));
  await assert.rejects(shrink, named('InvalidArgumentException'));
  await assert.rejects(createListener(8443), named('InvalidArgumentException'));
});

test('a listener has one endpoint group per region', async () => {
  const { createListener, createGroup } = startTwins();
  const listener = await createListener(443);
  await createGroup(listener);
  const second = createGroup(listener, { TrafficDialPercentage: 1 });
  await assert.rejects(second, named('EndpointGroupAlreadyExistsException'));
  await createGroup(listener, { EndpointGroupRegion: 'us-east-1' });
});

test('a listener is deleted after its groups, a group with its endpoints inside', async () => {
  const { client, createListener, createGroup } = startTwins();
  const ListenerArn = await createListener(443);
  const EndpointGroupArn = await createGroup(ListenerArn, {
    EndpointConfigurations: [{ EndpointId: publicAlb }],
  });
  const deleteListener = () => client.send(new DeleteListenerCommand({ ListenerArn }));
  await assert.rejects(deleteListener(), named('AssociatedEndpointGroupFoundException'));
  await client.send(new DeleteEndpointGroupCommand({ EndpointGroupArn }));
  await deleteListener();
  await assert.rejects(deleteListener(), named('ListenerNotFoundException'));
});

test('an endpoint must be there, in the group’s region, and shared when it is another account’s', async () => {
  const { createListener, createGroup } = startTwins();
  const listener = await createListener(443);
  const withEndpoint = (endpoint: object) => createGroup(listener, { EndpointConfigurations: [endpoint] });
  const classic = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/classic';
  for (const EndpointId of [`${publicAlb}0`, classic, usAlb, 'eipalloc-00000000000000000', 'i-0']) {
    await assert.rejects(withEndpoint({ EndpointId }), named('InvalidArgumentException'), EndpointId);
  }
  await assert.rejects(withEndpoint({ EndpointId: sharedAlb }), named('AccessDeniedException'));
  await withEndpoint({ EndpointId: sharedAlb, AttachmentArn: attachment });
});

test('client IP preservation has the defaults and limits of the endpoint’s kind', async () => {
  const { client, createListener, createGroup } = startTwins();
  const EndpointGroupArn = await createGroup(await createListener(443));
  const set = async (EndpointId: string, ClientIPPreservationEnabled?: boolean) => {
    const endpoint = {
      EndpointId,
      ...(ClientIPPreservationEnabled === undefined ? {} : { ClientIPPreservationEnabled }),
    };
    const { EndpointGroup } = await client.send(
      new UpdateEndpointGroupCommand({ EndpointGroupArn, EndpointConfigurations: [endpoint] }),
    );
    return EndpointGroup?.EndpointDescriptions?.[0]?.ClientIPPreservationEnabled;
  };
  const kinds = [
    { id: publicAlb, initial: true, refused: undefined },
    { id: internalAlb, initial: true, refused: false },
    { id: instance, initial: true, refused: false },
    { id: securedNlb, initial: false, refused: undefined },
    { id: plainNlb, initial: false, refused: true },
    { id: elasticIp, initial: false, refused: true },
  ];
  for (const { id, initial, refused } of kinds) {
    assert.equal(await set(id), initial, id);
    if (refused === undefined) assert.equal(await set(id, !initial), !initial, id);
    else await assert.rejects(set(id, refused), named('InvalidArgumentException'), id);
  }
});

test('endpoints are added and removed by name, and the others stay', async () => {
  const { client, createListener, createGroup } = startTwins();
  const EndpointGroupArn = await createGroup(await createListener(443), {
    EndpointConfigurations: [{ EndpointId: publicAlb, Weight: 7 }],
  });
  const { EndpointDescriptions } = await client.send(
    new AddEndpointsCommand({
      EndpointGroupArn,
      EndpointConfigurations: [
        { EndpointId: publicAlb, Weight: 200 },
        { EndpointId: plainNlb, Weight: 0 },
      ],
    }),
  );
  assert.deepEqual(
    EndpointDescriptions?.map(({ EndpointId, Weight }) => ({ EndpointId, Weight })),
    [
      { EndpointId: publicAlb, Weight: 7 },
      { EndpointId: plainNlb, Weight: 0 },
    ],
  );
  await client.send(
    new RemoveEndpointsCommand({ EndpointGroupArn, EndpointIdentifiers: [{ EndpointId: publicAlb }] }),
  );
  const { EndpointGroup } = await client.send(new DescribeEndpointGroupCommand({ EndpointGroupArn }));
  assert.deepEqual(
    EndpointGroup?.EndpointDescriptions?.map(({ EndpointId }) => EndpointId),
    [plainNlb],
  );
});

test('an accelerator has at most 10 listeners and 42 groups, a group at most 10 endpoints', async () => {
  const { client, createListener, createGroup, set } = startTwins();
  const listeners: string[] = [];
  for (let index = 0; index < 10; index += 1) listeners.push(await createListener(1000 + index));
  await assert.rejects(createListener(1010), named('LimitExceededException'));

  const region = (index: number) => ({ EndpointGroupRegion: `xx-north-${index % 10}` });
  for (let index = 0; index < 42; index += 1) {
    await createGroup(String(listeners[Math.floor(index / 10)]), region(index));
  }
  await assert.rejects(createGroup(String(listeners[9]), region(0)), named('LimitExceededException'));

  // The account has no eleven targets in one region, so the quota comes down to meet them.
  await set({ endpointsPerGroup: 2 });
  const add = (...ids: string[]) =>
    client.send(
      new AddEndpointsCommand({
        EndpointGroupArn: foreignGroup,
        EndpointConfigurations: ids.map(EndpointId => ({ EndpointId })),
      }),
    );
  await add(publicAlb);
  await assert.rejects(add(instance), named('LimitExceededException'));
  await assert.rejects(add(...Array(11).fill(instance)), named('InvalidArgumentException'));
});

test('a repeated create with its token gives the first answer and makes nothing', async () => {
  const { client, createListener, calls } = startTwins();
  const first = await createListener(443, { IdempotencyToken: 'job-1' });
  assert.equal(await createListener(443, { IdempotencyToken: 'job-1' }), first);
  const { Listeners } = await client.send(new ListListenersCommand({ AcceleratorArn: internal }));
  assert.equal(Listeners?.length, 1);
  const rows: { changed: boolean }[] = await calls('?operation=CreateListener');
  assert.deepEqual(
    rows.map(({ changed }) => changed),
    [true, false],
  );
});

test('a token holds for a day', async () => {
  const { clock, createListener } = startTwins();
  await createListener(443, { IdempotencyToken: 'job-1' });
  clock.now += 86_400_000;
  const again = createListener(443, { IdempotencyToken: 'job-1' });
  await assert.rejects(again, named('InvalidPortRangeException'));
});

test('a list has 10 items to a page, up to 100 when asked, and every item once', async () => {
  const { client, createListener, set } = startTwins();
  await set({ listenersPerAccelerator: 150 });
  for (let index = 0; index < 105; index += 1) await createListener(1000 + index);
  const AcceleratorArn = internal;
  const page = (more: { MaxResults?: number; NextToken?: string }) =>
    client.send(new ListListenersCommand({ AcceleratorArn, ...more }));
  assert.equal((await page({})).Listeners?.length, 10);

  const first = await page({ MaxResults: 100 });
  assert.equal(first.Listeners?.length, 100);
  const second = await page({ MaxResults: 100, NextToken: String(first.NextToken) });
  const arns = [...(first.Listeners ?? []), ...(second.Listeners ?? [])].map(each => each.ListenerArn);
  assert.equal(new Set(arns).size, 105);
  assert.equal(second.NextToken, undefined);
});

test('a page token that is made up, of another list, or of an item that is gone, is invalid', async () => {
  const { client, createListener, createGroup } = startTwins();
  const listener = await createListener(443);
  for (const EndpointGroupRegion of ['eu-west-1', 'us-east-1']) {
    await createGroup(listener, { EndpointGroupRegion });
  }
  const page = (ListenerArn: string, NextToken?: string) =>
    client.send(
      new ListEndpointGroupsCommand({ ListenerArn, MaxResults: 1, ...(NextToken ? { NextToken } : {}) }),
    );
  const first = await page(listener);
  await assert.rejects(page(listener, 'made-up'), named('InvalidNextTokenException'));
  await assert.rejects(page(foreignListener, first.NextToken), named('InvalidNextTokenException'));
  const EndpointGroupArn = String(first.EndpointGroups?.[0]?.EndpointGroupArn);
  await client.send(new DeleteEndpointGroupCommand({ EndpointGroupArn }));
  await assert.rejects(page(listener, first.NextToken), named('InvalidNextTokenException'));
});

test('a request signed for another region than us-west-2 is refused', async () => {
  const { twins } = startTwins();
  await assert.rejects(clientIn('eu-west-1', twins.request).send(new ListAcceleratorsCommand()), {
    name: 'InvalidSignatureException',
    message: "Credential should be scoped to a valid region, not 'eu-west-1'.",
  });
});

test('the wire refuses unsigned, unknown and wrongly typed requests, each with its own error', async () => {
  const { twins } = startTwins();
  const authorization =
    'AWS4-HMAC-SHA256 Credential=test/20260601/us-west-2/globalaccelerator/aws4_request, Signature=0';
  const post = async (
    operation: string,
    body: string,
    headers: Record<string, string> = { authorization },
  ) => {
    const answer = await twins.request({
      method: 'POST',
      path: '/',
      headers: { 'x-amz-target': `GlobalAccelerator_V20180706.${operation}`, ...headers },
      body,
    });
    assert.notEqual(answer, 'dropped');
    return answer === 'dropped' ? undefined : { ...answer, code: JSON.parse(answer.body).__type };
  };
  const unsigned = await post('ListAccelerators', '{}', {});
  assert.deepEqual([unsigned?.status, unsigned?.code], [403, 'MissingAuthenticationTokenException']);
  const elsewhere = { authorization: authorization.replace('globalaccelerator', 's3') };
  assert.equal((await post('ListAccelerators', '{}', elsewhere))?.status, 404);

  const refused = [
    ['CreateAccelerator', '{}', 'UnknownOperationException'],
    ['toString', '{}', 'UnknownOperationException'],
    ['ListAccelerators', 'not JSON', 'SerializationException'],
    ['ListAccelerators', '[]', 'SerializationException'],
    ['ListAccelerators', `{"Unknown":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'SerializationException'],
    ['ListAccelerators', '{"MaxResults":"ten"}', 'SerializationException'],
    ['DescribeAccelerator', '{"AcceleratorArn":null}', 'InvalidArgumentException'],
    ['CreateListener', '{"AcceleratorArn":"a","PortRanges":{}}', 'SerializationException'],
  ] as const;
  for (const [operation, body, code] of refused) {
    const answer = await post(operation, body);
    assert.deepEqual([answer?.status, answer?.code], [400, code], `${operation} ${body}`);
  }
  const good = await post('ListAccelerators', '{"Unknown":1,"NextToken":null}');
  assert.equal(good?.status, 200);
  assert.equal(good?.headers['content-type'], 'application/x-amz-json-1.1');
  assert.match(String(good?.headers['x-amzn-requestid']), /^[0-9a-f-]{36}$/);
});
