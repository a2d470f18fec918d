// The open questions about Alibaba Cloud Global Accelerator: each value of each switch, unless another test has it, and
// both sets of limits.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { v1 } from './alicloud-raw.ts';
import {
  arcade,
  certificate,
  domain,
  ecs,
  foreignGroup,
  foreignListener,
  frankfurt,
  groupOn,
  https,
  listenerOn,
  managed,
  port,
  RegionId,
  refused,
  rule,
  shop,
  startGa,
} from './alicloud-start.ts';

type Members = Record<string, unknown>;

test('busyCode: the instance, the listener or the resource says that it is busy', async context => {
  const { call, clock, createActiveGroup, createListener, createShop, set } = await startGa(context);
  const { ListenerId, second } = await createShop();
  const place = { RegionId, AcceleratorId: shop, ListenerId };
  const made = await call('CreateForwardingRules', { ...place, ForwardingRules: [rule(second)] });
  assert.ok(Array.isArray(made['ForwardingRules']));
  const [id] = made['ForwardingRules'];
  clock.now += 300_000;
  const ruleUpdate = { ...place, ForwardingRules: [{ ...rule(second), ...id }] };
  const Certificates = [{ Domain: 'a.example.com', Id: certificate }];
  const writes: Record<string, () => Promise<unknown>> = {
    CreateListener: () => createListener({ PortRanges: [port(80)] }),
    UpdateListener: () => call('UpdateListener', { ListenerId, Name: 'new-name' }),
    CreateEndpointGroup: () => createActiveGroup(ListenerId, { EndpointGroupType: 'virtual' }),
    UpdateEndpointGroup: () =>
      call('UpdateEndpointGroup', {
        RegionId,
        EndpointGroupId: second,
        EndpointGroupRegion: frankfurt,
        EndpointConfigurations: [domain('b.example.com')],
      }),
    UpdateForwardingRules: () => call('UpdateForwardingRules', ruleUpdate),
    Associate: () => call('AssociateAdditionalCertificatesWithListener', { ...place, Certificates }),
  };
  const codes = async (busyCode: string) => {
    await set({ busyCode });
    const said: Record<string, unknown> = {};
    for (const [name, write] of Object.entries(writes)) {
      said[name] = await write().catch(
        (thrown: unknown) => thrown instanceof Error && Reflect.get(thrown, 'code'),
      );
    }
    return said;
  };
  const [instance, listener] = ['StateError.Accelerator', 'NotActive.Listener'];
  const all = Object.fromEntries(Object.keys(writes).map(name => [name, instance]));
  await writes['UpdateForwardingRules']?.();
  assert.deepEqual(await codes('instance'), all);
  assert.deepEqual(await codes('listener'), {
    ...Object.fromEntries(Object.keys(writes).map(name => [name, listener])),
    CreateListener: instance,
  });
  assert.deepEqual(await codes('resource'), {
    ...all,
    UpdateForwardingRules: 'StateError.ForwardingRule',
    Associate: 'StateError.Listener',
  });
  assert.deepEqual(await codes('GA_NOT_STEADY'), { ...all, CreateEndpointGroup: 'GA_NOT_STEADY' });
  clock.now += 300_000;
  await writes['UpdateEndpointGroup']?.();
  const busyGroup = await codes('resource');
  assert.equal(busyGroup['UpdateEndpointGroup'], 'StateError.EndPointGroup');
  clock.now += 77_500;
  assert.equal((await codes('listener'))['UpdateListener'], instance);
});

test('firstChangeSeconds, changeSeconds, instanceLagSeconds: how long things take', async context => {
  const { call, clock, createListener, listener, set, state } = await startGa(context);
  await set({ firstChangeSeconds: 0, changeSeconds: 0, instanceLagSeconds: 0 });
  await call('CreateListener', listenerOn(arcade));
  assert.equal(await state(arcade), 'active');
  await set({ changeSeconds: 1000, instanceLagSeconds: 500 });
  const id = await createListener();
  clock.now += 749_000;
  assert.equal((await listener(id))['State'], 'init');
  clock.now += 501_000;
  assert.deepEqual([(await listener(id))['State'], await state()], ['active', 'configuring']);
  clock.now += 500_000;
  assert.equal(await state(), 'active');
});

test('the defaults of a listener: omittedProtocol, udpAffinity, primaryCertificates', async context => {
  const { createActive, createListener, listener, set } = await startGa(context);
  const id = await createActive({ Protocol: undefined });
  assert.equal((await listener(id))['Protocol'], 'TCP');
  await set({ omittedProtocol: 'refuse', udpAffinity: 'ignore', primaryCertificates: 2 });
  await assert.rejects(
    createListener({ Protocol: undefined, PortRanges: [port(80)] }),
    refused('ProtocalIllegal.Listener'),
  );
  const udp = await createActive({ Protocol: 'UDP', ClientAffinity: 'SOURCE_IP' });
  assert.equal((await listener(udp))['ClientAffinity'], 'NONE');
  const two = [{ Id: certificate }, { Id: '4490002-cn-hangzhou' }];
  const members = { Protocol: 'HTTPS', PortRanges: [port(8443)] };
  await createActive({ ...members, Certificates: two });
  await set({ primaryCertificates: 1 });
  await assert.rejects(
    createListener({ ...members, PortRanges: [port(8444)], Certificates: two }),
    refused('IllegalParameter.Certificates'),
  );
});

test('operations that once accepted a ticket are refused with their own code', async context => {
  const { createActive, createGroup, createListener, set } = await startGa(context);
  const ListenerId = await createActive();
  const endpoint = { ...domain('a.example.com'), EnableClientIPPreservation: true };
  const cases: [string, () => Promise<unknown>, string][] = [
    [
      'httpListeners',
      () => createListener({ Protocol: 'HTTP', PortRanges: [port(80)] }),
      'NoPermission.Protocol',
    ],
    [
      'cloudEndpoints',
      () => createGroup(ListenerId, { EndpointConfigurations: [{ Type: 'ECS', Endpoint: ecs, Weight: 1 }] }),
      'NoPermission.EndpointType',
    ],
    [
      'clientIpPreservation',
      () => createGroup(ListenerId, { EndpointConfigurations: [endpoint] }),
      'NoPermission.EnableClientIPPreservation',
    ],
    [
      'healthChecks',
      () => createGroup(ListenerId, { HealthCheckEnabled: true }),
      'NoPermission.EnableHealthCheck',
    ],
  ];
  for (const [name, write, code] of cases) {
    await set({ [name]: 'refused' });
    await assert.rejects(write(), refused(code));
    await set({ [name]: 'allowed' });
  }
  await createGroup(ListenerId, { EndpointConfigurations: [endpoint], HealthCheckEnabled: true });
});

test('listOrder, memberOrder: in which order things are shown', async context => {
  const { call, createActive, listener, set } = await startGa(context);
  const PortRanges = [port(8000), port(80)];
  const id = await createActive({ PortRanges });
  const shown = async (switches: Record<string, string>) => {
    await set(switches);
    const { Listeners } = await call('ListListeners', { RegionId, AcceleratorId: shop });
    assert.ok(Array.isArray(Listeners));
    const { PortRanges: ranges } = await listener(id);
    return [Listeners.map(({ ListenerId }) => ListenerId), ranges];
  };
  assert.deepEqual(await shown({}), [[foreignListener, id], PortRanges]);
  assert.deepEqual(await shown({ listOrder: 'newestFirst', memberOrder: 'sorted' }), [
    [id, foreignListener],
    [port(80), port(8000)],
  ]);
});

test('describeGone, describeGoneGroup: what is gone is not there, or says so in another way', async context => {
  const { group, listener, set } = await startGa(context);
  await assert.rejects(listener('lsr-gone'), refused('NotExist.Listener'));
  await assert.rejects(group('epg-gone'), refused('NotExist.EndPointGroup'));
  await set({ describeGone: 'UnknownError', describeGoneGroup: 'withoutState' });
  await assert.rejects(listener('lsr-gone'), refused('UnknownError'));
  assert.deepEqual(Object.keys(await group('epg-gone')), ['RequestId']);
  assert.equal((await listener(foreignListener))['State'], 'active');
  assert.equal((await group(foreignGroup))['State'], 'active');
});

async function withGroup(context: TestContext, group: Members = {}, listener: Members = {}) {
  const ga = await startGa(context);
  const ListenerId = await ga.createActive(listener);
  const EndpointGroupId = await ga.createActiveGroup(ListenerId, group);
  const update = async (more: Members) => {
    await ga.call('UpdateEndpointGroup', {
      RegionId,
      EndpointGroupId,
      EndpointGroupRegion: frankfurt,
      ...more,
    });
    ga.settle();
    return ga.group(EndpointGroupId);
  };
  return { ...ga, ListenerId, EndpointGroupId, update };
}

test('omittedList, emptyList: a list that an update leaves out or empties stays, or goes', async context => {
  const PortOverrides = [{ ListenerPort: 443, EndpointPort: 8443 }];
  const { set, update } = await withGroup(context, { PortOverrides });
  const EndpointConfigurations = [domain('a.example.com')];
  assert.deepEqual((await update({ EndpointConfigurations }))['PortOverrides'], PortOverrides);
  assert.deepEqual((await update({ PortOverrides: '' }))['PortOverrides'], PortOverrides);
  await set({ emptyList: 'clear' });
  assert.equal((await update({ PortOverrides: '' }))['PortOverrides'], undefined);
  await update({ PortOverrides });
  await set({ omittedList: 'clear' });
  assert.equal((await update({ EndpointConfigurations }))['PortOverrides'], undefined);
});

test('updateOmittedMember: what an update of a group leaves out stays, or goes back to its default', async context => {
  const settings = { Name: 'shop', Description: 'all of it', TrafficPercentage: 40 };
  const { set, update } = await withGroup(context, settings);
  const EndpointConfigurations = [domain('a.example.com')];
  const shown = ({ Name, Description, TrafficPercentage }: Members) => ({
    Name,
    Description,
    TrafficPercentage,
  });
  assert.deepEqual(shown(await update({ EndpointConfigurations })), settings);
  await set({ updateOmittedMember: 'reset' });
  assert.deepEqual(shown(await update({ Description: 'new' })), {
    ...{ Name: undefined, Description: 'new', TrafficPercentage: 100 },
  });
});

test('zeroTraffic, healthChecksByDefault, healthProtocol, httpPreservation', async context => {
  const check = { HealthCheckEnabled: true, HealthCheckProtocol: 'Http' };
  const { EndpointGroupId, group, set, update } = await withGroup(context, check, https);
  assert.equal((await group(EndpointGroupId))['HealthCheckProtocol'], 'Http');
  assert.equal((await update({ TrafficPercentage: 0 }))['TrafficPercentage'], 0);
  await set({ zeroTraffic: 'refuse', healthProtocol: 'upperCase', httpPreservation: 'alwaysOn' });
  await assert.rejects(update({ TrafficPercentage: 0 }), refused('IllegalParameter.TrafficPercentage'));
  const { HealthCheckProtocol, EndpointConfigurations } = await update({
    TrafficPercentage: 1,
    EndpointConfigurations: [domain('a.example.com')],
  });
  assert.ok(Array.isArray(EndpointConfigurations));
  assert.deepEqual(
    [HealthCheckProtocol, EndpointConfigurations[0].EnableClientIPPreservation],
    ['HTTP', true],
  );
  const other = await withGroup(context);
  assert.equal((await other.group(other.EndpointGroupId))['HealthCheckEnabled'], false);
  await other.set({ healthChecksByDefault: 'on' });
  const second = await other.createActiveGroup(other.ListenerId, { EndpointGroupRegion: 'us-west-1' });
  const { HealthCheckEnabled, HealthCheckPort } = await other.group(second);
  assert.deepEqual([HealthCheckEnabled, HealthCheckPort], [true, 443]);
});

test('endpointTwice, unknownEndpoint, ipv6Endpoints: what else may be an endpoint', async context => {
  const { set, update } = await withGroup(context);
  const twice = [domain('a.example.com'), domain('a.example.com', 1)];
  const unknown = [{ Type: 'ECS', Endpoint: 'i-gw8unknown', Weight: 1 }];
  await assert.rejects(update({ EndpointConfigurations: twice }), refused('IllegalParameter.Endpoint'));
  await assert.rejects(update({ EndpointConfigurations: unknown }), refused('NotExist.Endpoint'));
  const nic = { Type: 'ENI', Endpoint: 'eni-gw89nic5x8c1v4b7n0m3', Weight: 1 };
  const addresses = [
    { ...nic, SubAddress: '10.0.0.5' },
    { ...nic, SubAddress: '10.0.0.6' },
  ];
  await update({ EndpointConfigurations: addresses });
  const ipv6 = [{ Type: 'PublicIp', Endpoint: '2001:db8::7', Weight: 1 }];
  await update({ EndpointConfigurations: ipv6 });
  await set({ ipv6Endpoints: 'refuse' });
  await assert.rejects(update({ EndpointConfigurations: ipv6 }), refused('IllegalParameter.Endpoint'));
  await update({ EndpointConfigurations: [domain('xn--e1afmkfd.xn--p1ai')] });
  await set({ endpointTwice: 'accept', unknownEndpoint: 'accept' });
  await update({ EndpointConfigurations: twice });
  await update({ EndpointConfigurations: unknown });
});

test('batchOrder: the ids of a batch come in its order, or in another', async context => {
  const { call, createActive, group, set, settle } = await startGa(context);
  await set({ batchOrder: 'reversed' });
  const ListenerId = await createActive();
  const EndpointGroupConfigurations = [frankfurt, 'us-west-1'].map(EndpointGroupRegion => {
    return { EndpointGroupRegion, EndpointConfigurations: [domain('a.example.com')] };
  });
  const place = { RegionId, AcceleratorId: shop, ListenerId };
  const { EndpointGroupIds } = await call('CreateEndpointGroups', { ...place, EndpointGroupConfigurations });
  assert.ok(Array.isArray(EndpointGroupIds));
  settle();
  assert.equal((await group(EndpointGroupIds[0]))['EndpointGroupRegion'], 'us-west-1');
});

test('deleteDefaultFirst: the default group may go while there are virtual ones', async context => {
  const { call, createShop, set } = await startGa(context);
  const { first } = await createShop();
  const remove = () => call('DeleteEndpointGroup', { EndpointGroupId: first });
  await assert.rejects(remove(), refused('Exist.VirtualEndpointGroup'));
  await set({ deleteDefaultFirst: 'accept' });
  await remove();
});

test('managedChange: an instance of another product shows it, and keeps its listeners to it', async context => {
  const { call, set } = await startGa(context);
  const { ServiceManaged, ServiceManagedInfos } = await call('DescribeAccelerator', {
    RegionId,
    AcceleratorId: managed,
  });
  assert.deepEqual(
    [ServiceManaged, Array.isArray(ServiceManagedInfos) && ServiceManagedInfos[0]],
    [true, { Action: 'CreateChild', ChildType: 'Listener', IsManaged: true }],
  );
  const create = () => call('CreateListener', listenerOn(managed));
  await assert.rejects(create(), refused('NoPermission.ServiceManaged'));
  await set({ managedChange: 'accept' });
  await create();
});

test('jsonLists none: not even rules come as one JSON text', async context => {
  const { call, createShop, set } = await startGa(context);
  const { ListenerId, second } = await createShop();
  await set({ jsonLists: 'none' });
  const members = { RegionId, AcceleratorId: shop, ListenerId };
  await assert.rejects(
    call('CreateForwardingRules', { ...members, ForwardingRules: JSON.stringify([rule(second)]) }),
    refused('InvalidForwardingRules.Malformed'),
  );
});

test('the guide: ten listeners, its names and states, no affinity is no text, ports in every update', async context => {
  const { call, createActive, createGroup, createListener, group, listener, set, settle } =
    await startGa(context);
  await set({ profile: 'guide' });
  await assert.rejects(createListener({ Name: 'a' }), refused('IllegalParameter.Name'));
  await assert.rejects(createListener({ Name: 'a.b' }), refused('IllegalParameter.Name'));
  const ListenerId = await createListener({ Name: 'ab' });
  const { State, ClientAffinity } = await listener(ListenerId);
  assert.deepEqual([State, ClientAffinity], ['creating', '']);
  settle();
  const update = (more: Members) => call('UpdateListener', { RegionId, ListenerId, ...more });
  await assert.rejects(update({ Name: 'new-name' }), refused('MissingPortRanges'));
  await update({ Name: 'new-name', PortRanges: [port(443)] });
  assert.equal((await listener(ListenerId))['State'], 'configuring');
  settle();
  const id = await createGroup(ListenerId);
  assert.equal((await group(id))['State'], 'creating');
  settle();
  for (let from = 1; from <= 8; from += 1) await createActive({ PortRanges: [port(from)] });
  await assert.rejects(createListener({ PortRanges: [port(9)] }), refused('QuotaExceeded.Listener'));
  await set({ profile: 'current' });
  await createListener({ Name: 'a.b', PortRanges: [port(9)] });
});

test('the guide: one listener serves several domains, by a virtual group and rules for it', async context => {
  const { call, createShop, group, set, settle, state } = await startGa(context);
  await set({ profile: 'guide' });
  const { ListenerId, second } = await createShop();
  const older = {
    Priority: 1,
    RuleConditions: [{ RuleConditionType: 'Host', HostConfig: { Values: ['images.example.com'] } }],
    RuleActions: [
      {
        Order: 1,
        RuleActionType: 'ForwardGroup',
        ForwardGroupConfig: { ServerGroupTuples: [{ EndpointGroupId: second }] },
      },
    ],
  };
  const place = { RegionId, AcceleratorId: shop, ListenerId };
  const { ForwardingRules } = await call('CreateForwardingRules', { ...place, ForwardingRules: [older] });
  assert.ok(Array.isArray(ForwardingRules));
  settle();
  assert.equal(await state(), 'active');
  const { ForwardingRuleIds } = await group(second);
  assert.deepEqual(
    ForwardingRuleIds,
    ForwardingRules.map(({ ForwardingRuleId }) => ForwardingRuleId),
  );
});

test('an old member says which port endpoints serve: text in the answer, one port, HTTP and HTTPS only', async context => {
  const { call, createActive, listener, settle } = await startGa(context);
  const ListenerId = await createActive(https);
  const update = (more: Members) => call('UpdateListener', { ListenerId, ...more });
  await assert.rejects(update({ BackendPorts: [port(80, 81)] }), refused('IllegalParameter.BackendPorts'));
  await update({ BackendPorts: [port(8443)] });
  settle();
  assert.deepEqual((await listener(ListenerId))['BackendPorts'], [{ FromPort: '8443', ToPort: '8443' }]);
  await update({ Protocol: 'TCP' });
  settle();
  assert.equal((await listener(ListenerId))['BackendPorts'], undefined);
});

test('regions and instances are listed', async context => {
  const { call } = await startGa(context);
  const { Regions } = await call('ListBusiRegions', { RegionId });
  assert.ok(Array.isArray(Regions));
  assert.ok(
    Regions.some(region => region.RegionId === frankfurt && region.LocalName === 'Germany (Frankfurt)'),
  );
  const { Accelerators, TotalCount } = await call('ListAccelerators', { RegionId, PageSize: 2 });
  assert.ok(Array.isArray(Accelerators));
  assert.deepEqual([Accelerators.length, TotalCount, Accelerators[0].AcceleratorId], [2, 5, shop]);
  const { BasicBandwidthPackage, InstanceChargeType, CreateTime } = Accelerators[0];
  assert.deepEqual(
    [BasicBandwidthPackage.Bandwidth, InstanceChargeType, typeof CreateTime],
    [100, 'PREPAY', 'number'],
  );
});

test('XML is answered to who asks for it in the older way, lists as elements of their name', async context => {
  const { twins } = await startGa(context);
  const ask = async (action: string, parameters: Record<string, string>) => {
    const answer = await twins.request(v1(action, { RegionId, Format: 'XML', ...parameters }));
    if (answer === 'dropped') throw new Error('no fault was asked for');
    return answer;
  };
  const listener = await ask('DescribeListener', { ListenerId: foreignListener });
  assert.equal(listener.headers['content-type'], 'text/xml;charset=utf-8');
  assert.match(listener.body, /^<\?xml[^>]+><DescribeListenerResponse><RequestId>/);
  assert.match(listener.body, /<PortRanges><FromPort>9000<\/FromPort><ToPort>9000<\/ToPort><\/PortRanges>/);
  const error = await ask('DescribeListener', { ListenerId: 'lsr-gone' });
  assert.match(error.body, /<Error><RequestId>.+<Code>NotExist\.Listener<\/Code>/);
});

test('GET and POST are the only methods', async context => {
  const { twins } = await startGa(context);
  const request = { ...v1('DescribeListener', { RegionId, ListenerId: foreignListener }), method: 'PUT' };
  const answer = await twins.request(request);
  assert.ok(answer !== 'dropped' && answer.body.includes('"UnsupportedHTTPMethod"'));
});

test('failed: nothing here has such a state, so the call is as any other', async context => {
  const { call, createActive, faults, listener, settle } = await startGa(context);
  await faults({ operation: 'CreateListener', fault: 'failed' });
  const id = await createActive();
  assert.equal((await listener(id))['State'], 'active');
  await call('CreateEndpointGroup', groupOn(id));
  settle();
});
