// Endpoint groups of Alibaba Cloud Global Accelerator, through the vendor's SDK core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alb,
  arcade,
  callWith,
  clientOn,
  domain,
  ecs,
  foreignGroup,
  foreignListener,
  frankfurt,
  groupOn,
  https,
  listenerOn,
  port,
  RegionId,
  refused,
  shop,
  slb,
  startGa,
} from './alicloud-start.ts';

type Members = Record<string, unknown>;

const http = { Protocol: 'HTTP', PortRanges: [port(80)] };
const virtual = { EndpointGroupType: 'virtual' };

test('a group settles from init to active, its listener after it, the instance last', async context => {
  const { clock, createActive, createGroup, group, listener, state } = await startGa(context);
  const ListenerId = await createActive();
  const id = await createGroup(ListenerId, { Name: 'frankfurt' });
  assert.match(id, /^epg-bp1[0-9a-z]{18}$/);
  const states = async () => [
    (await group(id))['State'],
    (await listener(ListenerId))['State'],
    await state(),
  ];
  const seen = new Set<string>();
  for (let ms = 0; ms <= 81_000; ms += 100) {
    seen.add((await states()).join());
    clock.now += 100;
  }
  assert.deepEqual(
    [...seen],
    [
      'init,configuring,configuring',
      'active,configuring,configuring',
      'active,active,configuring',
      'active,active,active',
    ],
  );
});

test('a group shows what was sent and what is filled in; a weight of 0 stays 0', async context => {
  const { createActive, createActiveGroup, group } = await startGa(context);
  const ListenerId = await createActive();
  const id = await createActiveGroup(ListenerId, {
    Name: 'frankfurt',
    Description: 'main',
    EndpointConfigurations: [
      domain('one.example.com', 0),
      { Type: 'PublicIp', Endpoint: '47.91.30.8', Weight: 255, EnableClientIPPreservation: true },
      { Type: 'ECS', Endpoint: ecs, Weight: 1 },
      { Type: 'SLB', Endpoint: slb, Weight: 20 },
    ],
    TrafficPercentage: 0,
    HealthCheckEnabled: true,
    HealthCheckProtocol: 'HTTP',
    HealthCheckPath: '/health',
    PortOverrides: [{ ListenerPort: 443, EndpointPort: 8443 }],
    Tag: [{ Key: 'team', Value: 'shop' }],
  });
  const { RequestId: _, ...shown } = await group(id);
  const off = { EnableClientIPPreservation: false, EnableProxyProtocol: false };
  const probe = { ProbeProtocol: 'http', ProbePort: 443 };
  assert.deepEqual(shown, {
    AcceleratorId: shop,
    ListenerId,
    EndpointGroupId: id,
    EndpointGroupRegion: frankfurt,
    EndpointGroupType: 'default',
    Name: 'frankfurt',
    Description: 'main',
    State: 'active',
    EndpointIpVersion: 'IPv4',
    TrafficPercentage: 0,
    HealthCheckEnabled: true,
    HealthCheckProtocol: 'HTTP',
    HealthCheckPort: 443,
    HealthCheckPath: '/health',
    HealthCheckIntervalSeconds: 2,
    ThresholdCount: 3,
    PortOverrides: [{ ListenerPort: 443, EndpointPort: 8443 }],
    Tags: [{ Key: 'team', Value: 'shop' }],
    EndpointConfigurations: [
      { Type: 'Domain', Endpoint: 'one.example.com', Weight: 0, ...off, ...probe },
      {
        Type: 'PublicIp',
        Endpoint: '47.91.30.8',
        Weight: 255,
        ...off,
        EnableClientIPPreservation: true,
        ...probe,
      },
      { Type: 'ECS', Endpoint: ecs, Weight: 1, ...off, ...probe },
      { Type: 'SLB', Endpoint: slb, Weight: 20, ...off, ...probe },
    ],
  });
});

const four = ['a', 'b', 'c', 'd'].map(name => domain(`${name}.example.com`));
const preserving = { ...domain('one.example.com'), EnableClientIPPreservation: true };

const rules: [why: string, listener: Members, group: Members, code: string][] = [
  [
    'five endpoints',
    {},
    { EndpointConfigurations: [...four, domain('e.example.com')] },
    'QuotaExceeded.EndPoint',
  ],
  [
    'a weight of 256',
    {},
    { EndpointConfigurations: [domain('a.example.com', 256)] },
    'IllegalParameter.Weight',
  ],
  [
    'an endpoint twice',
    {},
    { EndpointConfigurations: [domain('a.example.com'), domain('a.example.com')] },
    'IllegalParameter.Endpoint',
  ],
  [
    'an address that is none',
    {},
    { EndpointConfigurations: [{ Type: 'Ip', Endpoint: '300.1.1.1', Weight: 1 }] },
    'IllegalParameter.Endpoint',
  ],
  [
    'a type that is none',
    {},
    { EndpointConfigurations: [{ ...domain('a.example.com'), Type: 'Lambda' }] },
    'IllegalParameter.Type',
  ],
  [
    'an instance of another region',
    {},
    { EndpointGroupRegion: 'us-west-1', EndpointConfigurations: [{ Type: 'ECS', Endpoint: ecs, Weight: 1 }] },
    'NotExist.Endpoint',
  ],
  [
    'a private address without its network',
    {},
    { EndpointConfigurations: [{ Type: 'IpTarget', Endpoint: '10.0.0.7', Weight: 1 }] },
    'IllegalParameter.VpcId',
  ],
  [
    'both ways to preserve',
    {},
    { EndpointConfigurations: [{ ...preserving, EnableProxyProtocol: true }] },
    'IllegalParameter.EnableProxyProtocol',
  ],
  [
    'the proxy protocol behind UDP',
    { Protocol: 'UDP' },
    { EndpointConfigurations: [{ ...domain('a.example.com'), EnableProxyProtocol: true }] },
    'IllegalParameter.EnableProxyProtocol',
  ],
  [
    'a load balancer that UDP cannot use',
    { Protocol: 'UDP' },
    { EndpointConfigurations: [{ Type: 'ALB', Endpoint: alb, Weight: 1 }] },
    'IllegalParameter.Type',
  ],
  ['a virtual group before the default one', http, virtual, 'NotExist.DefaultEndpointGroup'],
  ['a virtual group behind UDP', { Protocol: 'UDP' }, virtual, 'IllegalParameter.EndpointGroupType'],
  [
    'a request protocol behind TCP',
    {},
    { EndpointRequestProtocol: 'HTTP' },
    'IllegalParameter.EndpointRequestProtocol',
  ],
  [
    'HTTPS behind an HTTP listener',
    http,
    { EndpointRequestProtocol: 'HTTPS' },
    'IllegalParameter.EndpointRequestProtocol',
  ],
  [
    'a version without HTTPS',
    https,
    { EndpointProtocolVersion: 'HTTP2' },
    'IllegalParameter.EndpointProtocolVersion',
  ],
  [
    'a mapped port that the listener lacks',
    {},
    { PortOverrides: [{ ListenerPort: 80, EndpointPort: 8080 }] },
    'NotExist.ListenerPort',
  ],
  [
    'a port mapped twice',
    {},
    { PortOverrides: [1, 2].map(EndpointPort => ({ ListenerPort: 443, EndpointPort })) },
    'IllegalParameter.ListenerPort',
  ],
  [
    'two mapped ports behind HTTP',
    http,
    { PortOverrides: [1, 2].map(EndpointPort => ({ ListenerPort: 80, EndpointPort })) },
    'QuotaExceeded.PortOverride',
  ],
  [
    'an endpoint port of 0',
    {},
    { PortOverrides: [{ ListenerPort: 443, EndpointPort: 0 }] },
    'IllegalParameter.EndpointPort',
  ],
  ['a region that is none', {}, { EndpointGroupRegion: 'eu-moon-1' }, 'NotExist.BusinessRegion'],
  ['a traffic percentage of 101', {}, { TrafficPercentage: 101 }, 'IllegalParameter.TrafficPercentage'],
  [
    'an interval of 51 seconds',
    {},
    { HealthCheckIntervalSeconds: 51 },
    'IllegalParameter.HealthCheckIntervalSeconds',
  ],
  ['a threshold of 1', {}, { ThresholdCount: 1 }, 'IllegalParameter.ThresholdCount'],
  ['a name of one sign', {}, { Name: '-' }, 'IllegalParameter.Name'],
  ['no region', {}, { EndpointGroupRegion: undefined }, 'MissingEndpointGroupRegion'],
  [
    'an endpoint without a weight',
    {},
    { EndpointConfigurations: [{ Type: 'Domain', Endpoint: 'a.example.com' }] },
    'MissingEndpointConfigurations.1.Weight',
  ],
  ['a listener that is not there', {}, { ListenerId: 'lsr-gone' }, 'NotExist.Listener'],
  [
    'a listener of another instance',
    {},
    { ListenerId: foreignListener, AcceleratorId: arcade },
    'NotExist.Listener',
  ],
];

for (const [why, listener, members, code] of rules) {
  test(`refused: ${why}`, async context => {
    const { createActive, createGroup, picture, state } = await startGa(context);
    const ListenerId = await createActive(listener);
    const before = await picture();
    await assert.rejects(createGroup(ListenerId, members), refused(code));
    assert.deepEqual([await picture(), await state()], [before, 'active']);
  });
}

test('default groups: two in regions of their own, on subscription one for HTTP; in the guide one', async context => {
  const { call, createActive, createActiveGroup, createGroup, set, settle } = await startGa(context);
  const exists = refused('Exist.EndpointGroup');
  const tcp = await createActive();
  await createActiveGroup(tcp);
  await assert.rejects(createGroup(tcp), exists);
  await set({ profile: 'guide' });
  await assert.rejects(createGroup(tcp, { EndpointGroupRegion: 'us-west-1' }), exists);
  await set({ profile: 'current' });
  await createActiveGroup(tcp, { EndpointGroupRegion: 'us-west-1' });
  await assert.rejects(createGroup(tcp, { EndpointGroupRegion: 'cn-hongkong' }), exists);
  const web = await createActive(http);
  await createActiveGroup(web);
  await assert.rejects(createGroup(web, { EndpointGroupRegion: 'us-west-1' }), exists);
  const { ListenerId } = await call('CreateListener', listenerOn(arcade, http));
  settle();
  const onArcade = (EndpointGroupRegion: string) => ({ AcceleratorId: arcade, EndpointGroupRegion });
  await createActiveGroup(String(ListenerId), onArcade(frankfurt));
  await createActiveGroup(String(ListenerId), onArcade('us-west-1'));
});

test('virtual groups: beside the default one, in its region; the default one goes last', async context => {
  const { call, createActive, createActiveGroup, createGroup, group, settle } = await startGa(context);
  const web = await createActive(https);
  const first = await createActiveGroup(web);
  const elsewhere = { ...virtual, EndpointGroupRegion: 'us-west-1' };
  await assert.rejects(createGroup(web, elsewhere), refused('IllegalParameter.EndpointGroupRegion'));
  const second = await createActiveGroup(web, { ...virtual, EndpointRequestProtocol: 'HTTPS' });
  const { EndpointGroupType, EndpointRequestProtocol, EndpointProtocolVersion } = await group(second);
  assert.deepEqual(
    [EndpointGroupType, EndpointRequestProtocol, EndpointProtocolVersion],
    ['virtual', 'HTTPS', 'HTTP1.1'],
  );
  const remove = (EndpointGroupId: string) => call('DeleteEndpointGroup', { EndpointGroupId });
  await assert.rejects(remove(first), refused('Exist.VirtualEndpointGroup'));
  await remove(second);
  settle();
  await remove(first);
  settle();
  await call('DeleteListener', { ListenerId: web });
});

test('a TCP listener has mapped ports or virtual groups, whichever come first', async context => {
  const { call, createActive, createActiveGroup, createGroup, set } = await startGa(context);
  const PortOverrides = [{ ListenerPort: 443, EndpointPort: 8443 }];
  const mapped = await createActive();
  await createActiveGroup(mapped, { PortOverrides });
  await assert.rejects(createGroup(mapped, virtual), refused('IllegalParameter.EndpointGroupType'));
  const divided = await createActive({ PortRanges: [port(80)] });
  const EndpointGroupId = await createActiveGroup(divided);
  await assert.rejects(
    createGroup(divided, { ...virtual, PortOverrides: [{ ListenerPort: 80, EndpointPort: 8080 }] }),
    refused('IllegalParameter.PortOverrides'),
  );
  await createActiveGroup(divided, virtual);
  const update = { RegionId, EndpointGroupId, EndpointGroupRegion: frankfurt };
  await assert.rejects(
    call('UpdateEndpointGroup', { ...update, PortOverrides: [{ ListenerPort: 80, EndpointPort: 8080 }] }),
    refused('IllegalParameter.PortOverrides'),
  );
  await set({ profile: 'guide' });
  await assert.rejects(createGroup(divided, virtual), refused('IllegalParameter.EndpointGroupType'));
});

test('an update replaces lists as a whole and keeps what it leaves out; the region cannot change', async context => {
  const { call, createActive, createActiveGroup, group, settle } = await startGa(context);
  const EndpointGroupId = await createActiveGroup(await createActive(), {
    Name: 'frankfurt',
    EndpointConfigurations: four,
    PortOverrides: [{ ListenerPort: 443, EndpointPort: 8443 }],
    HealthCheckEnabled: true,
  });
  const update = (more: Members) =>
    call('UpdateEndpointGroup', { RegionId, EndpointGroupId, EndpointGroupRegion: frankfurt, ...more });
  await assert.rejects(
    update({ EndpointGroupRegion: 'us-west-1' }),
    refused('IllegalParameter.EndpointGroupRegion'),
  );
  await update({ EndpointConfigurations: [domain('z.example.com', 0)], TrafficPercentage: 30 });
  assert.equal((await group(EndpointGroupId))['State'], 'updating');
  settle();
  const shown = await group(EndpointGroupId);
  assert.deepEqual(
    [shown['Name'], shown['TrafficPercentage'], shown['PortOverrides'], shown['HealthCheckEnabled']],
    ['frankfurt', 30, [{ ListenerPort: 443, EndpointPort: 8443 }], true],
  );
  assert.ok(Array.isArray(shown['EndpointConfigurations']));
  assert.deepEqual(
    shown['EndpointConfigurations'].map(({ Endpoint, Weight }) => [Endpoint, Weight]),
    [['z.example.com', 0]],
  );
  await call('UpdateEndpointGroupAttribute', { RegionId, EndpointGroupId, Name: 'new-name' });
  settle();
  const renamed = await group(EndpointGroupId);
  assert.deepEqual([renamed['Name'], renamed['TrafficPercentage']], ['new-name', 30]);
});

test('a listener with endpoint groups is not deleted, and what they map it keeps', async context => {
  const { call, createActive, createActiveGroup } = await startGa(context);
  const ListenerId = await createActive({ PortRanges: [port(80, 85)] });
  await createActiveGroup(ListenerId, { PortOverrides: [{ ListenerPort: 83, EndpointPort: 8083 }] });
  await assert.rejects(call('DeleteListener', { ListenerId }), refused('Exist.EndpointGroup'));
  const update = (more: Members) => call('UpdateListener', { ListenerId, ...more });
  await assert.rejects(update({ PortRanges: [port(80, 82)] }), refused('IllegalParameter.PortRanges'));
  await assert.rejects(update({ Protocol: 'UDP' }), refused('IllegalParameter.Protocol'));
  await update({ PortRanges: [port(83, 84)] });
});

test('groups by the batch: all or none, one change, in one spelling at a time', async context => {
  const { call, createActive, group, port: at, set, settle } = await startGa(context);
  const ListenerId = await createActive();
  const config = (EndpointGroupRegion: string, more: Members = {}) => ({
    EndpointGroupName: `in-${EndpointGroupRegion}`,
    EndpointGroupRegion,
    EndpointConfigurations: four,
    ...more,
  });
  const members = { RegionId, AcceleratorId: shop, ListenerId };
  const create = (...EndpointGroupConfigurations: Members[]) =>
    callWith(clientOn(at), 'CreateEndpointGroups', { ...members, EndpointGroupConfigurations }, 'body');
  await assert.rejects(create(config(frankfurt), config(frankfurt)), refused('Exist.EndpointGroup'));
  await assert.rejects(
    create(config(frankfurt), config(frankfurt, virtual)),
    refused('IllegalParameter.EndpointGroupType'),
  );
  const { EndpointGroupIds } = await create(config(frankfurt), config('us-west-1'));
  assert.ok(Array.isArray(EndpointGroupIds));
  settle();
  assert.equal((await group(EndpointGroupIds[1]))['Name'], 'in-us-west-1');

  const EndpointGroupConfigurations = EndpointGroupIds.map((EndpointGroupId, index) => ({
    EndpointGroupId,
    ...config([frankfurt, 'us-west-1'][index] ?? '', { TrafficPercentage: 10 }),
  }));
  await call('UpdateEndpointGroups', { RegionId, ListenerId, EndpointGroupConfigurations });
  settle();
  assert.equal((await group(EndpointGroupIds[0]))['TrafficPercentage'], 10);
  await call('DeleteEndpointGroups', { RegionId, EndpointGroupIds });
  settle();
  await assert.rejects(group(EndpointGroupIds[0]), refused('NotExist.EndPointGroup'));

  await set({ profile: 'guide' });
  await assert.rejects(create(config(frankfurt)), refused('MissingEndpointGroupConfigrations'));
  const slip = { ...members, EndpointGroupConfigrations: [config(frankfurt)] };
  assert.equal((await call('CreateEndpointGroups', slip))['Code'], undefined);
});

test('groups that come with their listener are made with it, in one change, or nothing is', async context => {
  const { call, listener, picture, settle, state } = await startGa(context);
  const before = await picture();
  const config = (EndpointGroupRegion: string) => ({
    EndpointGroupName: `in-${EndpointGroupRegion}`,
    EndpointGroupRegion,
    EndpointConfigurations: four,
  });
  const create = (...EndpointGroupConfigurations: Members[]) =>
    call('CreateListener', listenerOn(shop, { EndpointGroupConfigurations }));
  await assert.rejects(create(config(frankfurt), config('eu-moon-1')), refused('NotExist.BusinessRegion'));
  assert.deepEqual([await picture(), await state()], [before, 'active']);
  const { ListenerId } = await create(config(frankfurt), config('us-west-1'));
  settle();
  assert.equal((await listener(String(ListenerId)))['State'], 'active');
  const place = { RegionId, AcceleratorId: shop, ListenerId };
  const { EndpointGroups } = await call('ListEndpointGroups', place);
  assert.ok(Array.isArray(EndpointGroups));
  assert.deepEqual(
    EndpointGroups.map(({ Name, State }) => [Name, State]),
    [
      ['in-eu-central-1', 'active'],
      ['in-us-west-1', 'active'],
    ],
  );
});

test('a dry run changes nothing and passes with an answer, or with a code', async context => {
  const { call, createActive, picture, set, state } = await startGa(context);
  const ListenerId = await createActive();
  const before = await picture();
  const dry = (more: Members = {}) =>
    call('CreateEndpointGroup', groupOn(ListenerId, { DryRun: true, ClientToken: 'job-1', ...more }));
  assert.equal((await dry())['EndpointGroupId'], undefined);
  await assert.rejects(dry({ EndpointGroupRegion: 'eu-moon-1' }), refused('NotExist.BusinessRegion'));
  await set({ dryRunPass: 'DryRunOperation' });
  await assert.rejects(dry(), refused('DryRunOperation'));
  assert.deepEqual([await picture(), await state()], [before, 'active']);
  assert.notEqual((await dry({ DryRun: undefined }))['EndpointGroupId'], undefined);
});

test('groups are listed by listener, type, region and id', async context => {
  const { call, createActive, createActiveGroup } = await startGa(context);
  const ListenerId = await createActive(https);
  const first = await createActiveGroup(ListenerId);
  const second = await createActiveGroup(ListenerId, virtual);
  const ids = async (filter: Members) => {
    const { EndpointGroups, TotalCount } = await call('ListEndpointGroups', {
      RegionId,
      AcceleratorId: shop,
      ...filter,
    });
    assert.ok(Array.isArray(EndpointGroups));
    assert.equal(TotalCount, EndpointGroups.length);
    return EndpointGroups.map(({ EndpointGroupId }) => EndpointGroupId);
  };
  assert.deepEqual(await ids({}), [foreignGroup, first, second]);
  assert.deepEqual(await ids({ ListenerId }), [first, second]);
  assert.deepEqual(await ids({ ListenerId, ...virtual }), [second]);
  assert.deepEqual(await ids({ EndpointGroupId: first }), [first]);
  assert.deepEqual(await ids({ EndpointGroupRegion: 'us-west-1' }), []);
});

test('the role for private endpoints is made by the way, if the caller may, and stays', async context => {
  const { call, createActive, createActiveGroup, createGroup, set, settle } = await startGa(context);
  const ListenerId = await createActive();
  const EndpointConfigurations = [{ Type: 'ECS', Endpoint: ecs, Weight: 1 }];
  await set({ mayCreateRole: 'no' });
  await assert.rejects(
    createGroup(ListenerId, { EndpointConfigurations }),
    refused('NoPermission.VpcEndpoint'),
  );
  await set({ mayCreateRole: 'yes' });
  const EndpointGroupId = await createActiveGroup(ListenerId, { EndpointConfigurations });
  await call('DeleteEndpointGroup', { EndpointGroupId });
  settle();
  await set({ mayCreateRole: 'no' });
  await createGroup(ListenerId, { EndpointConfigurations });
});

test('the guide knows five kinds of endpoint, maps ports for HTTP only and takes no empty group', async context => {
  const { createActive, createGroup, set } = await startGa(context);
  const tcp = await createActive();
  await set({ profile: 'guide' });
  const cases: [Members, string][] = [
    [{ EndpointConfigurations: [{ Type: 'ALB', Endpoint: alb, Weight: 1 }] }, 'IllegalParameter.Type'],
    [{ PortOverrides: [{ ListenerPort: 443, EndpointPort: 1 }] }, 'IllegalParameter.PortOverrides'],
    [{ EndpointConfigurations: undefined }, 'MissingEndpointConfigurations'],
    [virtual, 'IllegalParameter.EndpointGroupType'],
  ];
  for (const [members, code] of cases) await assert.rejects(createGroup(tcp, members), refused(code));
  await set({ profile: 'current' });
  await createGroup(tcp, { EndpointConfigurations: undefined });
});
