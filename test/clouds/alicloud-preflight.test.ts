// What a look at an instance of Alibaba Cloud shows before the first change: the instance itself, ports that are taken,
// listeners of many ports, and what stands on a listener of ours and forbids it what is asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alicloudClient, fixedKey, preflight } from '@gatehouse/clouds/alicloud-global-accelerator';
import { ALICLOUD_LIMITS, type AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import { inProcess } from '../world/in-process-http.ts';
import { createWorld } from '../world/world.ts';
import { ARCADE, AT_ONCE, range, requestOf, SHOP, strangerOn } from './alicloud-fixtures.ts';

const [OWN, FURTHER] = ['4490001-cn-hangzhou', '4490002-cn-hangzhou'];
const PUBLIC = { Type: 'PublicIp', Endpoint: '203.0.113.11', Weight: 1 };
const HTTPS = { protocol: 'HTTPS', portRanges: [range(443)], certificates: [{ id: OWN }] };
const HTTP = { protocol: 'HTTP', portRanges: [range(443)] };
const TCP = { protocol: 'TCP', portRanges: [range(443)] };
const group = (changes: object = {}) => ({
  region: 'cn-hangzhou',
  endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.11' }],
  ...changes,
});

async function start(AcceleratorId = ARCADE) {
  const world = createWorld();
  await world.switches({ ga: { ...AT_ONCE.ga, largeListeners: 'allowed' } });
  const stranger = strangerOn(world);
  const client = alicloudClient({
    endpoint: `http://${inProcess(world.wire)}`,
    keys: fixedKey({ accessKeyId: 'twin', accessKeySecret: 'twin-secret' }),
  });
  const listener = async (members: object) => {
    const made = await stranger('CreateListener', { AcceleratorId, ...members });
    return String(made['ListenerId']);
  };
  return {
    stranger,
    listener,
    https: () =>
      listener({
        Protocol: 'HTTPS',
        PortRanges: [{ FromPort: 443, ToPort: 443 }],
        Certificates: [{ Id: OWN }],
      }),
    tcp: (FromPort: number, ToPort = FromPort) =>
      listener({ Protocol: 'TCP', PortRanges: [{ FromPort, ToPort }] }),
    group: async (ListenerId: string, members: object = {}) => {
      const EndpointConfigurations = [PUBLIC];
      const on = { AcceleratorId, ListenerId, EndpointGroupRegion: 'cn-hangzhou', EndpointConfigurations };
      return String((await stranger('CreateEndpointGroup', { ...on, ...members }))['EndpointGroupId']);
    },
    /** Pointer and words of what forbids it. */
    look: async (
      listener: object,
      { groups = [], ours = [], leaving = [], profile = 'current' }: Looking = {},
    ): Promise<string[]> => {
      const parts = { listener: { acceleratorId: AcceleratorId, ...listener }, endpointGroups: groups };
      const request = requestOf(parts, profile);
      const found = await preflight(client, request, { limits: ALICLOUD_LIMITS[profile], ours, leaving });
      return found.map(({ pointer, code, detail }) => `${pointer} ${code} ${detail}`);
    },
  };
}

interface Looking {
  groups?: object[];
  ours?: string[];
  leaving?: string[];
  profile?: AlicloudProfile;
}

function assertSaid(found: string[], ...said: RegExp[]): void {
  assert.equal(found.length, said.length, found.join('; '));
  for (const [index, expected] of said.entries()) assert.match(found[index] ?? '', expected);
}

test('an instance that cannot be changed is reported, and nothing else', async () => {
  const { look } = await start();
  const of = (acceleratorId: string) => look({ ...TCP, acceleratorId });
  const at = String.raw`^\/listener\/acceleratorId`;
  assertSaid(
    await of('ga-bp1nobody00000000000'),
    RegExp(`${at} NotFound instance ga-bp1nobody00000000000 does not exist`),
  );
  assertSaid(
    await of('ga-bp1locked3h7c9f1b5d2'),
    RegExp(`${at} ResourceConflict .* is locked for an overdue payment`),
  );
  assertSaid(
    await of('ga-bp1managed1f5d9s3a7q0w'),
    RegExp(`${at} ResourceConflict .* is managed by another product`),
  );
  assertSaid(await of('ga-bp1noplan4g8s6l0p2u7'), RegExp(`${at} ResourceConflict .* no basic bandwidth`));
  assert.deepEqual(await of(ARCADE), []);
});

test('ports are taken within one protocol by the guide, and among TCP, HTTP and HTTPS today', async () => {
  const { look, tcp, listener } = await start();
  const id = await tcp(400, 410);
  const ports = [range(80), range(405, 420)];
  const taken = RegExp(`^/listener/portRanges/1 AlreadyExists TCP ports 405-420 overlap 400-410 .*${id}`);
  assertSaid(await look({ ...TCP, portRanges: ports }), taken);
  assert.deepEqual(
    await look({ ...TCP, portRanges: ports }, { ours: [id] }),
    [],
    'our own are in nobody’s way',
  );
  assert.deepEqual(await look({ protocol: 'UDP', portRanges: ports }), []);
  const web = { ...HTTPS, portRanges: [range(405)] };
  assertSaid(await look(web), /HTTPS ports 405 overlap 400-410 of TCP listener/);
  assert.deepEqual(await look(web, { profile: 'guide' }), []);
  await listener({ Protocol: 'UDP', PortRanges: [{ FromPort: 443, ToPort: 443 }] });
  assertSaid(await look({ ...HTTPS, httpVersion: 'http3' }), /HTTPS ports 443 overlap 443 of UDP listener/);
  assert.deepEqual(await look(HTTPS), [], 'only HTTP/3 is spoken over UDP');
});

test('an instance has one listener of many ports, and few ports beside it', async () => {
  const { look, tcp } = await start();
  const large = { ...TCP, portRanges: [range(20_000, 20_400)] };
  for (let at = 0; at < 10; at++) await tcp(1000 + at * 100, 1029 + at * 100);
  assert.deepEqual(await look(large), [], '300 are beside it');
  const last = await tcp(443);
  assertSaid(
    await look(large),
    /ServiceLimitExceeded the other listeners have 301 ports in all; .* they may have 300$/,
  );
  assert.deepEqual(await look(large, { ours: [last] }), []);
  const beside = await start();
  await beside.tcp(20_000, 20_400);
  assertSaid(
    await beside.look({ ...TCP, portRanges: [range(30_000, 30_300)] }),
    /already has a listener with more than 300 ports/,
  );
  assert.deepEqual(await beside.look({ ...TCP, portRanges: [range(1, 30)] }), []);
  for (let at = 0; at < 9; at++) await beside.tcp(1000 + at * 100, 1029 + at * 100);
  const more = (to: number) => beside.look({ ...TCP, portRanges: [range(1, to)] });
  assert.deepEqual(await more(30), []);
  await beside.tcp(40_000);
  assertSaid(
    await more(30),
    /ServiceLimitExceeded the listeners other than lsr-.* would have 301 ports in all/,
  );
});

test('a conflict on an owned listener is reported; a subscription instance has one default group', async () => {
  const { https, group: make, look } = await start(SHOP);
  const ours = [await https()];
  const [first, second] = [group(), group({ region: 'eu-central-1' })];
  const theirs = await make(ours[0] ?? '');
  await make(ours[0] ?? '', { EndpointGroupType: 'virtual', Name: 'images' });
  const images = group({ type: 'virtual', name: 'images' });
  assertSaid(
    await look(HTTPS, { ours, groups: [first, images] }),
    RegExp(
      `^/endpointGroups/0/region AlreadyExists the listener already has a foreign default group .*${theirs}`,
    ),
    /^\/endpointGroups\/1\/name AlreadyExists the listener already has a foreign virtual group/,
  );
  assertSaid(
    await look(HTTPS, { ours: [...ours, theirs], groups: [first, second] }),
    /^\/endpointGroups ServiceLimitExceeded have 2 default groups; an HTTP or HTTPS listener of a subscription instance has one/,
  );
  const away = group({ type: 'virtual', name: 'away', region: 'eu-central-1' });
  assertSaid(
    await look({ ...HTTPS, portRanges: [range(8443)] }, { groups: [first, away] }),
    /^\/endpointGroups\/1\/region InvalidRequest must be cn-hangzhou: on a subscription instance/,
  );
  const { look: payAsYouGo } = await start();
  assert.deepEqual(await payAsYouGo(HTTPS, { groups: [first, away] }), []);
});

test('a listener keeps the ports that its groups override', async () => {
  const { https, group: make, look } = await start();
  const ours = [await https()];
  const id = await make(ours[0] ?? '', { PortOverrides: [{ ListenerPort: 443, EndpointPort: 8443 }] });
  assertSaid(
    await look({ ...HTTPS, portRanges: [range(8443)] }, { ours }),
    /^\/listener\/portRanges InvalidRequest endpoint group epg-.* overrides port 443; keep that port/,
  );
  assert.deepEqual(await look(HTTP, { ours }), [], 'between HTTP and HTTPS they stay');
  assertSaid(
    await look(TCP, { ours }),
    /^\/listener\/protocol ResourceConflict .* overrides ports, so the listener can .*: HTTPS to TCP$/,
  );
  const leaving = { ours: [...ours, id], leaving: [id] };
  assert.deepEqual(await look(TCP, leaving), [], 'a group that the plan deletes first is no obstacle');
  assert.deepEqual(await look({ ...TCP, portRanges: [range(8443)] }, leaving), []);
});

test('a foreign object on an owned listener prevents a change of its protocol', async () => {
  const { https, group: make, look, stranger, tcp } = await start();
  const id = await https();
  const groups = [
    await make(id, { EndpointRequestProtocol: 'HTTPS' }),
    await make(id, { EndpointGroupType: 'virtual', Name: 'images' }),
  ];
  const on = { AcceleratorId: ARCADE, ListenerId: id };
  const Certificates = [
    { Domain: 'ours.example.com', Id: FURTHER },
    { Domain: 'theirs.example.com', Id: FURTHER },
  ];
  await stranger('AssociateAdditionalCertificatesWithListener', { ...on, Certificates });
  const ours = [id, `${id}/certificates/ours.example.com`];
  assert.deepEqual(await look(HTTPS, { ours }), []);
  const theirs =
    /^\/listener\/protocol ResourceConflict .* has a foreign certificate for theirs\.example\.com, .* would remove/;
  const backend = /foreign endpoint group epg-.* uses HTTPS to its endpoints; change that first/;
  assertSaid(await look(HTTP, { ours }), theirs, backend);
  const virtual = /foreign virtual group epg-.* requires an HTTP or HTTPS listener; remove it first/;
  const UDP = { protocol: 'UDP', portRanges: [range(443)] };
  assertSaid(await look(UDP, { ours }), theirs, backend, virtual);
  assertSaid(await look(TCP, { ours }), theirs, backend, virtual);
  assertSaid(await look(TCP, { ours: [...ours, ...groups] }), theirs);
  const preserving = await tcp(7000);
  await make(preserving, { EndpointConfigurations: [{ ...PUBLIC, EnableClientIPPreservation: true }] });
  assertSaid(
    await look({ protocol: 'UDP', portRanges: [range(7000)] }, { ours: [preserving] }),
    /preserves clients' addresses for a public endpoint; disable that .*: TCP to UDP$/,
  );
});
