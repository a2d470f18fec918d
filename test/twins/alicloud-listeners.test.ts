// Listeners of Alibaba Cloud Global Accelerator, through the vendor's SDK core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  arcade,
  certificate,
  foreignListener,
  listenerOn,
  planless,
  port,
  RegionId,
  refused,
  shop,
  startGa,
  unpaid,
} from './alicloud-start.ts';

test('a listener is made at once and settles: init, then active, and the instance after it', async context => {
  const { call, clock, createListener, listener, state } = await startGa(context);
  const id = await createListener({ Name: 'shop-web', Description: 'for the shop' });
  assert.match(id, /^lsr-bp1[0-9a-z]{18}$/);
  assert.deepEqual([(await listener(id))['State'], await state()], ['init', 'configuring']);
  clock.now += 76_000;
  assert.equal((await listener(id))['State'], 'active');
  clock.now += 5000;
  assert.equal(await state(), 'active');
  const { RequestId, CreateTime, ...members } = await listener(id);
  assert.match(String(RequestId), /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  assert.equal(CreateTime, '1780315200000');
  assert.deepEqual(members, {
    AcceleratorId: shop,
    ListenerId: id,
    Name: 'shop-web',
    Description: 'for the shop',
    Protocol: 'TCP',
    PortRanges: [port(443)],
    ClientAffinity: 'NONE',
    Type: 'Standard',
    ProxyProtocol: false,
    IdleTimeout: 900,
    State: 'active',
  });
  const { Listeners } = await call('ListListeners', { RegionId, AcceleratorId: shop });
  assert.ok(Array.isArray(Listeners));
  assert.deepEqual(
    Listeners.map(({ CreateTime: at, ListenerId }) => [ListenerId, at]),
    [
      [foreignListener, 1768467600000],
      [id, 1780315200000],
    ],
  );
});

test('the first listener of an instance takes minutes, a later one about one', async context => {
  const { call, clock, state, settle } = await startGa(context);
  await call('CreateListener', listenerOn(arcade));
  clock.now += 134_000;
  assert.equal(await state(arcade), 'configuring');
  settle();
  await call('CreateListener', listenerOn(arcade, { PortRanges: [port(80)] }));
  clock.now += 81_000;
  assert.equal(await state(arcade), 'active');
});

test('an instance takes one change at a time, whichever listener it is about; reads are answered', async context => {
  const { call, createListener, listener, settle } = await startGa(context);
  const id = await createListener();
  const busy = refused('StateError.Accelerator');
  await assert.rejects(createListener({ PortRanges: [port(80)] }), busy);
  await assert.rejects(call('UpdateListener', { ListenerId: foreignListener, Name: 'new-name' }), busy);
  await assert.rejects(call('DeleteListener', { ListenerId: id }), busy);
  assert.equal((await listener(id))['State'], 'init');
  await call('CreateListener', listenerOn(arcade));
  settle();
  await createListener({ PortRanges: [port(80)] });
});

test('an instance that is locked for money takes no change, and one without a plan no listener', async context => {
  const { call, state } = await startGa(context);
  assert.equal(await state(unpaid), 'finacialLocked');
  await assert.rejects(call('CreateListener', listenerOn(unpaid)), refused('StateError.Accelerator'));
  await assert.rejects(
    call('CreateListener', listenerOn(planless)),
    refused('NotExist.BasicBandwidthPackage'),
  );
  await assert.rejects(call('CreateListener', listenerOn('ga-absent')), refused('NotExist.Accelerator'));
});

test('an update replaces the lists that it sends and keeps omitted members', async context => {
  const { call, createActive, listener, settle } = await startGa(context);
  const ListenerId = await createActive({ Name: 'shop-web', ClientAffinity: 'SOURCE_IP' });
  await call('UpdateListener', { RegionId, ListenerId, PortRanges: [port(80), port(8000, 8009)] });
  assert.equal((await listener(ListenerId))['State'], 'updating');
  settle();
  const { Name, ClientAffinity, PortRanges, State } = await listener(ListenerId);
  assert.deepEqual(
    [Name, ClientAffinity, PortRanges, State],
    ['shop-web', 'SOURCE_IP', [port(80), port(8000, 8009)], 'active'],
  );
  await call('UpdateListener', { ListenerId, Name: '', ClientAffinity: 'NONE' });
  settle();
  const cleared = await listener(ListenerId);
  assert.deepEqual([cleared['Name'], cleared['ClientAffinity']], [undefined, 'NONE']);
});

test('a listener is deleting until it is gone, and keeps its ports so long', async context => {
  const { call, createActive, createListener, listener, settle } = await startGa(context);
  const ListenerId = await createActive();
  await call('DeleteListener', { ListenerId });
  assert.equal((await listener(ListenerId))['State'], 'deleting');
  await assert.rejects(createListener(), refused('StateError.Accelerator'));
  settle();
  await assert.rejects(listener(ListenerId), refused('NotExist.Listener'));
  await assert.rejects(call('DeleteListener', { ListenerId }), refused('NotExist.Listener'));
  await createListener();
});

const portRules: [why: string, members: Record<string, unknown>, code: string][] = [
  ['from above to', { PortRanges: [port(90, 80)] }, 'PortRangeIllegal.Listener'],
  ['port zero', { PortRanges: [port(0)] }, 'PortRangeIllegal.Listener'],
  ['two ranges that overlap', { PortRanges: [port(80, 85), port(85, 90)] }, 'PortRangeIllegal.Listener'],
  ['a port of the system', { PortRanges: [port(65_499, 65_500)] }, 'SystemPort.Listener'],
  ['a port that UDP keeps', { Protocol: 'UDP', PortRanges: [port(4780, 4800)] }, 'PortRangeIllegal.UDP'],
  ['thirty-one ports', { PortRanges: [port(1000, 1030)] }, 'QuotaExceeded.ListenerPort'],
  ['two ports for HTTP', { Protocol: 'HTTP', PortRanges: [port(80), port(81)] }, 'PortRanges.MustOne'],
  ['a range for HTTP', { Protocol: 'http', PortRanges: [port(80, 81)] }, 'PortRanges.MustOne'],
  ['a port of another listener', { PortRanges: [port(8990, 9010)] }, 'PortConflict.Listener'],
  ['no protocol of a listener', { Protocol: 'ICMP' }, 'ProtocalIllegal.Listener'],
  ['HTTPS without a certificate', { Protocol: 'HTTPS' }, 'IllegalParameter.Certificates'],
  ['TCP with a certificate', { Certificates: [{ Id: certificate }] }, 'IllegalParameter.Certificates'],
  [
    'a certificate that is not there',
    { Protocol: 'HTTPS', Certificates: [{ Id: '1-cn-hangzhou' }] },
    'NotExist.Certificate',
  ],
  ['a name that begins with a digit', { Name: '1shop' }, 'IllegalParameter.Name'],
  ['a URL as description', { Description: 'https://shop' }, 'IllegalParameter.Description'],
  ['an affinity of no kind', { ClientAffinity: 'COOKIE' }, 'IllegalParameter.ClientAffinity'],
  ['an idle timeout beyond UDP', { Protocol: 'UDP', IdleTimeout: 21 }, 'IllegalParameter.IdleTimeout'],
  ['a policy for HTTP', { Protocol: 'HTTP', HttpVersion: 'http2' }, 'IllegalParameter.HttpVersion'],
  ['another control region', { RegionId: 'eu-central-1' }, 'IllegalParameter.RegionId'],
  ['a port that is no number', { PortRanges: [{ FromPort: 'a', ToPort: 1 }] }, 'InvalidFromPort.Malformed'],
  ['no ports', { PortRanges: undefined }, 'MissingPortRanges'],
];

for (const [why, members, code] of portRules) {
  test(`refused: ${why}`, async context => {
    const { createListener, picture, state } = await startGa(context);
    const before = await picture();
    await assert.rejects(createListener(members), refused(code));
    assert.deepEqual([await picture(), await state()], [before, 'active']);
  });
}

test('thirty ports in several ranges, at both ends, for TCP and the same for UDP', async context => {
  const { createActive, listener } = await startGa(context);
  const PortRanges = [port(1), port(1000, 1027), port(65_499)];
  await createActive({ PortRanges });
  const id = await createActive({ Protocol: 'udp', PortRanges, ClientAffinity: 'SOURCE_IP' });
  const { Protocol, ClientAffinity, PortRanges: shown, IdleTimeout } = await listener(id);
  assert.deepEqual([Protocol, ClientAffinity, shown, IdleTimeout], ['UDP', 'SOURCE_IP', PortRanges, 20]);
});

test('TCP, HTTP and HTTPS share their ports today; in the guide each protocol has its own', async context => {
  const { call, createActive, set, state } = await startGa(context);
  await createActive({ PortRanges: [port(80, 90)] });
  const http = listenerOn(shop, { Protocol: 'HTTP', PortRanges: [port(80)] });
  await assert.rejects(call('CreateListener', http), refused('PortConflict.Listener'));
  await set({ profile: 'guide' });
  await call('CreateListener', http);
  assert.equal(await state(unpaid), 'financialLocked');
});

test('an HTTP/3 listener has its port under UDP too', async context => {
  const { createActive, createListener } = await startGa(context);
  const Certificates = [{ Id: certificate }];
  await createActive({ Protocol: 'HTTPS', Certificates, HttpVersion: 'http3' });
  await assert.rejects(createListener({ Protocol: 'UDP' }), refused('PortConflict.Listener'));
});

test('HTTPS: its certificate, policy and versions are shown, the rest filled in', async context => {
  const { createActive, listener } = await startGa(context);
  const id = await createActive({
    Protocol: 'https',
    Certificates: [{ Id: certificate }],
    XForwardedForConfig: { XRealIpEnabled: true },
  });
  const { Protocol, Certificates, SecurityPolicyId, HttpVersion, IdleTimeout, RequestTimeout } =
    await listener(id);
  assert.deepEqual(
    [Protocol, Certificates, SecurityPolicyId, HttpVersion, IdleTimeout, RequestTimeout],
    ['HTTPS', [{ Id: certificate, Type: 'Server' }], 'tls_cipher_policy_1_0', 'http2', 15, 60],
  );
  assert.deepEqual((await listener(id))['XForwardedForConfig'], {
    XForwardedForGaIdEnabled: false,
    XForwardedForGaApEnabled: false,
    XForwardedForProtoEnabled: false,
    XForwardedForPortEnabled: false,
    XRealIpEnabled: true,
  });
});

test('an update to another protocol drops the members that the protocol does not have', async context => {
  const { call, createActive, listener, settle } = await startGa(context);
  const ListenerId = await createActive({ Protocol: 'HTTPS', Certificates: [{ Id: certificate }] });
  await call('UpdateListener', { ListenerId, Protocol: 'HTTP' });
  settle();
  const { Protocol, Certificates, HttpVersion, RequestTimeout } = await listener(ListenerId);
  assert.deepEqual([Protocol, Certificates, HttpVersion, RequestTimeout], ['HTTP', undefined, undefined, 60]);
});

test('listeners are listed by pages and by protocol', async context => {
  const { call, createActive } = await startGa(context);
  for (const from of [80, 81, 82]) await createActive({ PortRanges: [port(from)] });
  await createActive({ Protocol: 'UDP' });
  const page = async (members: object) => {
    const { Listeners, ...counts } = await call('ListListeners', {
      RegionId,
      AcceleratorId: shop,
      ...members,
    });
    return [Array.isArray(Listeners) && Listeners.length, counts['PageNumber'], counts['TotalCount']];
  };
  assert.deepEqual(await page({ PageSize: 2 }), [2, 1, 5]);
  assert.deepEqual(await page({ PageSize: 2, PageNumber: 3 }), [1, 3, 5]);
  assert.deepEqual(await page({ PageSize: 2, PageNumber: 4 }), [0, 4, 5]);
  assert.deepEqual(await page({ Protocol: 'udp' }), [1, 1, 1]);
  await assert.rejects(page({ PageSize: 51 }), refused('IllegalParameter.PageSize'));
});

test('a large listener is one range, one on an instance, and needs the account to be allowed', async context => {
  const { createActive, createListener, set } = await startGa(context);
  const large = (from: number, count: number) => ({ PortRanges: [port(from, from + count - 1)] });
  await assert.rejects(createListener(large(20_000, 2000)), refused('QuotaExceeded.ListenerPort'));
  await set({ largeListeners: 'allowed' });
  await assert.rejects(createListener(large(20_000, 2001)), refused('QuotaExceeded.ListenerPort'));
  await assert.rejects(
    createListener({ PortRanges: [port(20_000, 20_500), port(30_000)] }),
    refused('PortRangeIllegal.Count'),
  );
  await createActive(large(20_000, 2000));
  await assert.rejects(createListener(large(30_000, 301)), refused('PortRangeIllegal.ExceedGaAbility'));
  await createActive();
});
