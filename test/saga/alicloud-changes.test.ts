// The life of an entry point on Alibaba Cloud: changed in place, restored, removed. Reasons against a change are
// reported before the first change; a feature that is not enabled for the account is reported in the vendor's words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strangerOn } from '../clouds/alicloud-fixtures.ts';
import { at } from '../core/requests.ts';
import { createWorld, type World } from '../world/world.ts';
import { changesSince, denied, run } from './alicloud-run.ts';
import { exampleNamed } from './sweep.ts';

const SHOP = exampleNamed('shop-accelerator');

/** Affinity, a certificate, endpoints and weights, a rule changed and one dropped. */
function changedShop(): unknown {
  const changes: [string, unknown][] = [
    ['/operation', 'update'],
    ['/listener/clientAffinity', 'NONE'],
    ['/listener/additionalCertificates/0/id', '4490003-cn-hangzhou'],
    ['/endpointGroups/0/trafficPercentage', 0],
    [
      '/endpointGroups/0/endpoints',
      [
        { type: 'PublicIp', endpoint: '203.0.113.11', weight: 7 },
        { type: 'PublicIp', endpoint: '203.0.113.99', weight: 0 },
      ],
    ],
    ['/forwardingRules/0/priority', 50],
    ['/forwardingRules/0/ruleConditions', [{ type: 'Host', values: ['img.example.com'] }]],
  ];
  const changed = changes.reduce<unknown>((value, [pointer, member]) => at(value, pointer, member), SHOP);
  const { forwardingRules, ...rest } = changed as { forwardingRules: unknown[] };
  return { ...rest, forwardingRules: forwardingRules.slice(0, 1) };
}

async function standing() {
  const world = createWorld();
  const before = await world.picture();
  assert.equal((await run(world, SHOP, 'provision')).job.status, 'SUCCEEDED');
  return { world, before, made: await world.picture() };
}

test('an update is one call for each thing that it changes, one after another, what is dropped last', async () => {
  const { world } = await standing();
  const from = (await world.calls()).length;
  const { job } = await run(world, changedShop(), 'update');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  assert.deepEqual(await changesSince(world, from), [
    'UpdateListener',
    'UpdateAdditionalCertificateWithListener',
    'UpdateEndpointGroup',
    'UpdateForwardingRules',
    'DeleteForwardingRules',
  ]);
  const { ga } = JSON.parse(await world.picture());
  const group = ga.EndpointGroups.find((each: { Name: string }) => each.Name === 'shop');
  const weights = group.EndpointConfigurations.map(({ Endpoint, Weight }: Record<string, unknown>) => [
    Endpoint,
    Weight,
  ]);
  assert.deepEqual(weights, [
    ['203.0.113.11', 7],
    ['203.0.113.99', 0],
  ]);
  assert.equal(group.TrafficPercentage, 0);
});

test('an update that changes nothing calls nothing', async () => {
  const { world, made } = await standing();
  const from = (await world.calls()).length;
  assert.equal((await run(world, at(SHOP, '/operation', 'update'), 'update')).job.status, 'SUCCEEDED');
  assert.deepEqual(await changesSince(world, from), []);
  assert.equal(await world.picture(), made);
});

interface Shop {
  endpointGroups: { name: string; region: string }[];
  forwardingRules: { name: string; ruleActions: { type: string; endpointGroup: string }[] }[];
}

/** The shop, whose rules go to these groups. */
function forwarding(to: Record<string, string>, groups: { name: string; region?: string }[]): Shop & object {
  const { endpointGroups, forwardingRules, ...rest } = SHOP as Shop;
  const [first = { name: '', region: '' }, virtual] = endpointGroups;
  return {
    ...rest,
    endpointGroups: [first, ...groups.map(group => ({ ...virtual, region: first.region, ...group }))],
    forwardingRules: forwardingRules.map(rule => {
      const endpointGroup = to[rule.name] ?? '';
      return { ...rule, ruleActions: [{ type: 'ForwardGroup', endpointGroup }] };
    }),
  };
}

/** Names of groups by the rules that go to them. */
async function forwardedIn(world: World): Promise<object> {
  const { ga } = JSON.parse(await world.picture());
  const names = new Map<string, string>(
    ga.EndpointGroups.map((group: Record<string, string>) => [group['EndpointGroupId'], group['Name']]),
  );
  const rules = ga.ForwardingRules.map((rule: { ForwardingRuleName: string; RuleActions: object[] }) => {
    const [{ value }] = JSON.parse(Object(rule.RuleActions[0]).RuleActionValue);
    return [rule.ForwardingRuleName, names.get(value)];
  });
  return Object.fromEntries(rules.toSorted());
}

const BOTH = { 'images-domain': 'images', 'images-path': 'images' };
const APART = { 'images-domain': 'pictures', 'images-path': 'images' };
const MOVED = { 'images-domain': 'pictures', 'images-path': 'pictures' };
const [images, pictures] = [{ name: 'images' }, { name: 'pictures' }];

for (const { name, from, to, ends, calls } of [
  {
    name: 'a group that stands',
    from: forwarding(BOTH, [images, pictures]),
    to: forwarding(APART, [images, pictures]),
    ends: APART,
    calls: ['UpdateForwardingRules'],
  },
  {
    name: 'a group that is new',
    from: forwarding(BOTH, [images]),
    to: forwarding(APART, [images, pictures]),
    ends: APART,
    calls: ['CreateEndpointGroup', 'UpdateForwardingRules'],
  },
  {
    name: 'a group that takes the place of another',
    from: forwarding(BOTH, [images]),
    to: forwarding(MOVED, [pictures]),
    ends: MOVED,
    calls: ['CreateEndpointGroup', 'UpdateForwardingRules', 'UpdateForwardingRules', 'DeleteEndpointGroup'],
  },
]) {
  test(`a rule is sent to ${name} in place`, async () => {
    const world = createWorld();
    assert.equal((await run(world, from, 'provision')).job.status, 'SUCCEEDED');
    const made = await world.picture();
    const wanted = { ...to, operation: 'update' };
    const last = calls.filter(call => call === 'UpdateForwardingRules').length - 1;
    await world.faults([{ ...denied('UpdateForwardingRules'), after: last }]);
    const refused = await run(world, wanted, 'denied');
    assert.equal(refused.job.status, 'ROLLED_BACK', JSON.stringify(refused.job.problem));
    assert.equal(await world.picture(), made);
    const before = (await world.calls()).length;
    const { job } = await run(world, wanted, 'update');
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
    assert.deepEqual(await changesSince(world, before), calls);
    assert.deepEqual(await forwardedIn(world), ends);
  });
}

test('a group without room beside its predecessor is refused before the first change, with a way that works', async () => {
  const { world, made } = await standing();
  const { forwardingRules: _, endpointGroups, ...bare } = Object(at(SHOP, '/operation', 'update'));
  const wanted = { ...bare, endpointGroups: [{ ...endpointGroups[0], region: 'cn-shanghai' }] };
  const { job } = await run(world, wanted, 'moves');
  assert.equal(job.status, 'FAILED');
  const [error] = job.problem?.errors ?? [];
  assert.equal(error?.pointer, '/endpointGroups/0');
  assert.match(
    String(error?.detail),
    /is deleted before endpoint group cn-shanghai .* at most 1 default groups on listener .*; set options.allowInterruption: true, or drop the old one in a separate update first/,
  );
  assert.equal(await world.picture(), made);

  for (const [key, value] of Object.entries({ bare, wanted })) {
    const step = await run(world, value, key);
    assert.equal(step.job.status, 'SUCCEEDED', JSON.stringify(step.job.problem));
  }
  const { ga } = JSON.parse(await world.picture());
  const regions = ga.EndpointGroups.map((each: { EndpointGroupRegion: string }) => each.EndpointGroupRegion);
  assert.deepEqual(regions.toSorted(), ['cn-shanghai', 'eu-central-1']);
});

test('a listener that shows its additional certificates beside its own is no other listener', async () => {
  const world = createWorld();
  await world.switches({ ga: { describedCertificates: 'all' } });
  // The same one for a domain, too.
  const shop = at(SHOP, '/listener/additionalCertificates/0/id', '4490001-cn-hangzhou');
  const { job } = await run(world, shop, 'provision');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  const from = (await world.calls()).length;
  const again = await run(world, at(shop, '/operation', 'update'), 'update');
  assert.equal(again.job.status, 'SUCCEEDED', JSON.stringify(again.job.problem));
  assert.deepEqual(await changesSince(world, from), []);
});

/** The shop with all that may be left out said, and with nothing of it. */
function sparseShop(said: boolean): unknown {
  const listener = {
    description: 'a shop',
    httpVersion: 'http3',
    idleTimeout: 30,
    requestTimeout: 90,
    xForwardedForConfig: { xRealIpEnabled: true },
  };
  const { listener: shop, endpointGroups, ...rest } = SHOP as { listener: object; endpointGroups: object[] };
  const [first, ...others] = endpointGroups;
  const { name: _, ...nameless } = shop as { name: string };
  const { name: __, endpointRequestProtocol: ___, ...group } = first as Record<string, unknown>;
  return {
    ...rest,
    listener: said ? { ...shop, ...listener } : nameless,
    endpointGroups: [said ? { ...first, description: 'goods', endpointIpVersion: 'IPv6' } : group, ...others],
  };
}

async function shownOf(world: World) {
  const { ga } = JSON.parse(await world.picture());
  const isOurs = ({ ListenerId, EndpointGroupType }: Record<string, unknown>) =>
    ListenerId !== 'lsr-bp1foreign8c2v5n7b0m3' && EndpointGroupType !== 'virtual';
  const [listener, group] = [ga.Listeners, ga.EndpointGroups].map(all => all.find(isOurs));
  return [
    [listener.Name, listener.Description, listener.HttpVersion, listener.IdleTimeout],
    [listener.RequestTimeout, listener.XForwardedForConfig.XRealIpEnabled],
    [group.Name, group.Description, group.EndpointRequestProtocol, group.EndpointIpVersion],
  ];
}

test('a member that an update omits returns to its default', async () => {
  const world = createWorld();
  assert.equal((await run(world, sparseShop(true), 'provision')).job.status, 'SUCCEEDED');
  assert.deepEqual(await shownOf(world), [
    ['shop', 'a shop', 'http3', 30],
    [90, true],
    ['shop', 'goods', 'HTTPS', 'IPv6'],
  ]);
  for (const key of ['left-out', 'again']) {
    const from = (await world.calls()).length;
    const { job } = await run(world, at(sparseShop(false), '/operation', 'update'), key);
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
    const changed = key === 'again' ? [] : ['UpdateListener', 'UpdateEndpointGroup'];
    assert.deepEqual(await changesSince(world, from), changed);
    assert.deepEqual(await shownOf(world), [
      ['', '', 'http2', 15],
      [60, false],
      ['', '', 'HTTP', 'IPv4'],
    ]);
  }
});

test('names that an update gave are gone when it is put back', async () => {
  const world = createWorld();
  assert.equal((await run(world, sparseShop(false), 'provision')).job.status, 'SUCCEEDED');
  const made = await world.picture();
  await world.faults([denied('UpdateForwardingRules')]);
  const named = at(at(sparseShop(true), '/operation', 'update'), '/forwardingRules/0/priority', 50);
  assert.equal((await run(world, named, 'update')).job.status, 'ROLLED_BACK');
  assert.equal(await world.picture(), made);
});

test('an update that omits what no call can undo is refused before its first change', async () => {
  const world = createWorld();
  const policy = at(SHOP, '/listener/securityPolicyId', 'tls_cipher_policy_1_2');
  assert.equal((await run(world, policy, 'provision')).job.status, 'SUCCEEDED');
  const made = await world.picture();
  const { job } = await run(world, at(SHOP, '/operation', 'update'), 'update');
  assert.deepEqual([job.status, job.problem?.errors?.[0]?.pointer], ['FAILED', '/listener/securityPolicyId']);
  assert.match(job.problem?.message ?? '', /specify it \(its present value is "tls_cipher_policy_1_2"\)/);
  assert.equal(await world.picture(), made);
});

for (const operation of [
  'UpdateListener',
  'UpdateAdditionalCertificateWithListener',
  'UpdateEndpointGroup',
  'UpdateForwardingRules',
]) {
  test(`an update whose ${operation} is refused is put back, member by member`, async () => {
    const { world, made } = await standing();
    await world.faults([denied(operation)]);
    const { job } = await run(world, changedShop(), 'update');
    assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.leftovers));
    assert.equal(await world.picture(), made);
  });
}

test('a first health check host, which no call can clear, is named when it is rolled back', async () => {
  const { world, made } = await standing();
  await world.faults([denied('UpdateForwardingRules')]);
  const hosted = at(changedShop(), '/endpointGroups/0/healthCheckHost', 'shop.example.com');
  const { job, ledger } = await run(world, hosted, 'update');
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.leftovers));
  assert.deepEqual(ledger.get('endpoint-group-cn-hangzhou')?.notices, [
    'healthCheckHost stays "shop.example.com": it had none before, and no call of the API clears it',
  ]);
  const now = (await world.picture()).replace(/"HealthCheckHost": ?"shop\.example\.com",/, '');
  assert.deepEqual(JSON.parse(now), JSON.parse(made), 'all else is as before');
  assert.equal(ledger.get('listener')?.notices, undefined);
});

for (const [operation, ends] of [
  ['CreateEndpointGroup', 'SUCCEEDED'],
  ['DeleteEndpointGroup', 'ROLLED_BACK'],
] as const) {
  test(`a throttled ${operation} is asked for again when the cloud said, and not before`, async () => {
    const world = createWorld();
    await world.switches({ ga: { retryAfterMs: 45_000 } });
    const throttled = { code: 'Throttling.User', status: 400, message: 'slowly' };
    const fault = { service: 'ga', fault: 'error', times: 1 };
    await world.faults([
      { ...fault, operation, error: throttled },
      ...(ends === 'ROLLED_BACK' ? [denied('CreateForwardingRules')] : []),
    ]);
    const { job } = await run(world, SHOP, 'throttled');
    assert.equal(job.status, ends, JSON.stringify([job.problem, job.leftovers]));
    const [first, second] = (await world.calls()).filter(call => call.operation === operation);
    assert.equal(first?.error, 'Throttling.User');
    const waited = (Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '')) / 1000;
    assert.ok(waited >= 45 && waited < 50, `${waited} s`);
  });
}

test('tags change in calls of their own, those of others stay, and a rollback puts ours back', async () => {
  const { world } = await standing();
  const stranger = strangerOn(world);
  const { ga } = JSON.parse(await world.picture());
  const { EndpointGroupId } = ga.EndpointGroups.find((each: { Name: string }) => each.Name === 'shop');
  const Tag = [{ Key: 'theirs', Value: 'x' }];
  await stranger('TagResources', { ResourceType: 'endpointgroup', ResourceId: [EndpointGroupId], Tag });
  const made = await world.picture();
  const tagged = at(at(SHOP, '/operation', 'update'), '/endpointGroups/0/tags', { cost: '7' });
  const failing = at(tagged, '/forwardingRules/0/priority', 50);
  const from = (await world.calls()).length;
  await world.faults([denied('UpdateForwardingRules')]);
  assert.equal((await run(world, failing, 'failing')).job.status, 'ROLLED_BACK');
  const changes = ['TagResources', 'UntagResources'];
  assert.deepEqual(await changesSince(world, from), [...changes, ...changes]);
  assert.equal(await world.picture(), made);
  assert.equal((await run(world, tagged, 'tagged')).job.status, 'SUCCEEDED');
  const now = JSON.parse(await world.picture()).ga.EndpointGroups;
  assert.deepEqual(now.find((each: { Name: string }) => each.Name === 'shop').Tags, [
    { Key: 'cost', Value: '7' },
    { Key: 'theirs', Value: 'x' },
  ]);
});

test('client affinity that a service drops over UDP without a word ends the job as before, and is named', async () => {
  const world = createWorld();
  const before = await world.picture();
  await world.switches({ ga: { udpAffinity: 'ignore' } });
  const { job } = await run(world, exampleNamed('game-udp'), 'dropped');
  assert.equal(job.status, 'ROLLED_BACK');
  assert.deepEqual(job.problem?.code, 'NotStabilized');
  assert.match(job.problem?.message ?? '', /clientAffinity was set \d+ times and changed again/);
  assert.equal(await world.picture(), before);
});

test('a removal takes everything of it, and nothing else', async () => {
  const { world, before } = await standing();
  const removal = { operation: 'remove', entryPoint: 'shop-accelerator' };
  assert.equal((await run(world, removal, 'remove')).job.status, 'SUCCEEDED');
  assert.equal(await world.picture(), before);
});

const FORBIDDEN: [what: string, changes: [pointer: string, value: unknown][], code: string, said: RegExp][] =
  [
    [
      'an instance that is not there',
      [['/listener/acceleratorId', 'ga-bp1nobody00000000000']],
      'NotFound',
      /instance ga-bp1nobody00000000000 does not exist/,
    ],
    [
      'an instance that is locked for money',
      [['/listener/acceleratorId', 'ga-bp1locked3h7c9f1b5d2']],
      'ResourceConflict',
      /is locked for an overdue payment/,
    ],
    [
      'an instance without a bandwidth plan',
      [['/listener/acceleratorId', 'ga-bp1noplan4g8s6l0p2u7']],
      'ResourceConflict',
      /has no basic bandwidth plan/,
    ],
    [
      'a port that a stranger has, by another protocol of the same space',
      [['/listener/portRanges', [{ fromPort: 9000, toPort: 9000 }]]],
      'AlreadyExists',
      /HTTPS ports 9000 overlap 9000 of TCP listener lsr-bp1foreign8c2v5n7b0m3/,
    ],
  ];
for (const [what, changes, code, said] of FORBIDDEN) {
  test(`${what} ends the job before its first change`, async () => {
    const world = createWorld();
    const before = await world.picture();
    const all = [...changes, ['/endpointGroups/0/portOverrides', []] as const];
    const value = all.reduce<unknown>((asked, [pointer, member]) => at(asked, pointer, member), SHOP);
    const { job } = await run(world, value, 'provision');
    assert.equal(job.status, 'FAILED');
    assert.equal(job.problem?.code, code);
    assert.match(job.problem?.message ?? '', said);
    assert.deepEqual(await changesSince(world, 0), []);
    assert.equal(await world.picture(), before);
  });
}

test('a feature that is not enabled for the account is reported in the words of the vendor, and rolled back', async () => {
  const world = createWorld();
  const before = await world.picture();
  await world.switches({ ga: { httpListeners: 'refused' } });
  const { job } = await run(world, SHOP, 'provision');
  assert.equal(job.status, 'ROLLED_BACK');
  assert.equal(job.problem?.code, 'AccessDenied');
  assert.equal(job.problem?.provider?.service, 'ga');
  assert.equal(await world.picture(), before);
});
