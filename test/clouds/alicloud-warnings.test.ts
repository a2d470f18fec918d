// What a plan for Alibaba Cloud warns of: quotas that it comes near to, with what others have there, and rules that leave
// requests without an answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  alicloudClient,
  collections,
  fixedKey,
  warnings,
} from '@gatehouse/clouds/alicloud-global-accelerator';
import type { Observation } from '@gatehouse/core/kinds/observation';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import { roomFor } from '@gatehouse/core/plan/room';
import type { Owned } from '@gatehouse/core/record/owned';
import { ALICLOUD_LIMITS, type AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import { inProcess } from '../world/in-process-http.ts';
import { createWorld, type World } from '../world/world.ts';
import { ARCADE, AT_ONCE, range, requestOf, strangerOn } from './alicloud-fixtures.ts';

const ENDPOINTS = [{ Type: 'PublicIp', Endpoint: '203.0.113.11', Weight: 1 }];
const HTTPS = { acceleratorId: ARCADE, protocol: 'HTTPS', certificates: [{ id: '4490001-cn-hangzhou' }] };
const listener = { ...HTTPS, name: 'shop', portRanges: [range(443)] };
const CLOSE = 'close to the default Alibaba Cloud quota of';

/** `owned`: cloud ids of resources that the entry point owns, by step. */
async function look(
  world: World,
  parts: object,
  { owned = {}, profile = 'current' }: { owned?: Record<string, string>; profile?: AlicloudProfile } = {},
): Promise<string[]> {
  const client = alicloudClient({
    endpoint: `http://${inProcess(world.wire)}`,
    keys: fixedKey({ accessKeyId: 'twin', accessKeySecret: 'twin-secret' }),
  });
  const request = requestOf({ listener, ...parts }, profile);
  const of = { profile, limits: ALICLOUD_LIMITS[profile], ours: Object.values(owned) };
  const pairs = planSteps(request, { jobId: 'job', region: 'eu-west-1' }).map(step => {
    const id = owned[step.id];
    return id === undefined ? { step } : { step, owned: { ...step, step: step.id, id } as Owned };
  });
  const resources = pairs.flatMap(pair => pair.owned ?? []);
  const seen: [string, Observation][] = resources.map(
    ({ step, id }) => [step, { id, snapshot: {}, drift: [], createOnly: [] }] as const,
  );
  const existing = { pairs, owned: resources, observations: new Map(seen) };
  const room = roomFor(existing, await collections(client, request, of), false);
  assert.deepEqual(room.first, []);
  return [...room.warnings, ...warnings(request, profile)];
}

const times = <T>(count: number, of: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => of(n));
const endpoints = (count: number) =>
  times(count, n => ({ type: 'PublicIp', endpoint: `203.0.113.${n + 1}` }));
const group = (changes: object = {}) => ({ region: 'cn-hangzhou', endpoints: endpoints(1), ...changes });
const rule = (n: number, ...ruleConditions: object[]) => ({
  name: `rule-${n}`,
  priority: n + 1,
  ruleConditions,
  ruleActions: [{ type: 'FixResponse', code: 503 }],
});
const hosts = (...values: string[]) => ({ type: 'Host', values });
const paths = (...values: string[]) => ({ type: 'Path', values });

test('a group whose weights are all 0 is a warning', async () => {
  const [first, second] = endpoints(2);
  const weightless = group({
    name: 'shop',
    endpoints: [
      { ...first, weight: 0 },
      { ...second, weight: 0 },
    ],
  });
  assert.deepEqual(await look(createWorld(), { endpointGroups: [weightless] }), [
    'endpoint group shop gets no traffic: every weight in it is 0',
  ]);
  const weighted = group({ name: 'shop', endpoints: [{ ...first, weight: 0 }, second] });
  assert.deepEqual(await look(createWorld(), { endpointGroups: [weighted] }), []);
});

test('far from every quota nothing is warned of', async () => {
  assert.deepEqual(await look(createWorld(), { endpointGroups: [group()] }), []);
});

test('each quota that a request comes close to is reported, with its default', async () => {
  const additionalCertificates = times(20, n => ({ domain: `d${n}.example.com`, id: '1-cn-hangzhou' }));
  const parts = {
    listener: { ...listener, additionalCertificates },
    endpointGroups: [
      group({ endpoints: endpoints(4) }),
      group({ name: 'far', region: 'eu-central-1', endpoints: endpoints(9) }),
      ...times(8, n => group({ type: 'virtual', name: `virtual-${n}` })),
    ],
    forwardingRules: times(16, n => rule(n, hosts(`a${n}.example.com`, `b${n}.example.com`))),
  };
  assert.deepEqual(await look(createWorld(), parts), [
    `2 default groups on listener shop, ${CLOSE} 2`,
    `8 virtual groups on listener shop, ${CLOSE} 10`,
    `4 endpoints in group cn-hangzhou, ${CLOSE} 4`,
    `9 endpoints in group far, ${CLOSE} 4`,
    `16 forwarding rules on listener shop, ${CLOSE} 20`,
    `32 values in the conditions of forwarding rules on listener shop, ${CLOSE} 40`,
    '20 additional certificates on listener shop, close to the fixed quota of 25',
  ]);
  const ruleActions = [{ type: 'ForwardGroup', endpointGroup: 'virtual' }];
  const byGuide = {
    ...parts,
    endpointGroups: [group({ endpoints: endpoints(4) }), group({ type: 'virtual', name: 'virtual' })],
    forwardingRules: times(16, n => ({ ...rule(n, paths(`/a${n}`, `/b${n}`)), ruleActions })),
  };
  assert.equal(
    (await look(createWorld(), byGuide, { profile: 'guide' })).length,
    3,
    'what it fixes is no quota',
  );
});

test('foreign objects on the listener count, and owned ones count once', async () => {
  const world = createWorld();
  await world.switches(AT_ONCE);
  const stranger = strangerOn(world);
  const made = await stranger('CreateListener', {
    AcceleratorId: ARCADE,
    Protocol: 'HTTPS',
    PortRanges: [{ FromPort: 443, ToPort: 443 }],
    Certificates: [{ Id: '4490001-cn-hangzhou' }],
  });
  const on = { AcceleratorId: ARCADE, ListenerId: String(made['ListenerId']) };
  const groupOf = async (EndpointGroupRegion: string) => {
    const asked = { ...on, EndpointGroupRegion, EndpointConfigurations: ENDPOINTS };
    return String((await stranger('CreateEndpointGroup', asked))['EndpointGroupId']);
  };
  const own = await groupOf('cn-hangzhou');
  const endpointGroups = [group()];
  const owned = { listener: on.ListenerId, 'endpoint-group-cn-hangzhou': own };
  assert.deepEqual(await look(world, { endpointGroups }, { owned }), []);
  const RuleActions = [
    {
      Order: 1,
      RuleActionType: 'FixResponse',
      RuleActionValue: '{"code":"503","type":"text/plain","content":""}',
    },
  ];
  const theirs = times(2, n => ({
    ForwardingRuleName: `theirs-${n}`,
    Priority: n + 500,
    RuleConditions: [
      { RuleConditionType: 'Path', RuleConditionValue: JSON.stringify(times(10, at => `/${n}/${at}`)) },
    ],
    RuleActions,
  }));
  await stranger('CreateForwardingRules', { ...on, ForwardingRules: theirs });
  await groupOf('eu-central-1');
  const parts = { endpointGroups, forwardingRules: times(14, n => rule(n, paths(`/${n}`))) };
  assert.deepEqual(await look(world, parts, { owned }), [
    `2 default groups on listener shop, ${CLOSE} 2`,
    `16 forwarding rules on listener shop, ${CLOSE} 20`,
    `34 values in the conditions of forwarding rules on listener shop, ${CLOSE} 40`,
  ]);
});

test('listeners of an instance: ten by the guide, fifty now', async () => {
  const world = createWorld();
  await world.switches(AT_ONCE);
  const stranger = strangerOn(world);
  for (const port of times(8, n => 1000 + n)) {
    const PortRanges = [{ FromPort: port, ToPort: port }];
    await stranger('CreateListener', { AcceleratorId: ARCADE, Protocol: 'TCP', PortRanges });
  }
  const of = `9 listeners on instance ${ARCADE}, ${CLOSE} 10`;
  assert.deepEqual(await look(world, {}, { profile: 'guide' }), [of]);
  assert.deepEqual(await look(world, {}), []);
});

test('client affinity over UDP is warned of by the guide, whose service dropped it', async () => {
  const udp = { acceleratorId: ARCADE, protocol: 'UDP', portRanges: [range(7000)] };
  const sticky = { listener: { ...udp, clientAffinity: 'SOURCE_IP' } };
  const [warned, ...more] = await look(createWorld(), sticky, { profile: 'guide' });
  assert.match(warned ?? '', /^client affinity of a UDP listener: .* is rolled back$/);
  assert.deepEqual(more, []);
  assert.deepEqual(await look(createWorld(), sticky), []);
  assert.deepEqual(await look(createWorld(), { listener: udp }, { profile: 'guide' }), []);
});

const RULES: [why: string, rules: object[], warned: string[]][] = [
  ['a domain alone', [rule(0, hosts('a.example.com'))], []],
  ['a path alone', [rule(0, paths('/a'))], []],
  ['a domain and a path', [rule(0, hosts('a.example.com'), paths('/a'))], ['rule-0']],
  [
    'with a rule for the domain beside, however it is written',
    [rule(0, hosts('A.example.com'), paths('/a')), rule(1, hosts('a.EXAMPLE.com'))],
    [],
  ],
  [
    'one of two domains has a rule',
    [rule(0, hosts('a.example.com', 'b.example.com'), paths('/a')), rule(1, hosts('a.example.com'))],
    ['rule-0'],
  ],
  [
    'a rule for the domain and a method is none for the domain',
    [
      rule(0, hosts('a.example.com'), paths('/a')),
      rule(1, hosts('a.example.com'), { type: 'Method', values: ['GET'] }),
    ],
    ['rule-0'],
  ],
];
for (const [why, forwardingRules, warned] of RULES) {
  test(`requests that an older instance answers with 404: ${why}`, async () => {
    const found = await look(createWorld(), { endpointGroups: [group()], forwardingRules });
    assert.deepEqual(
      found.map(
        warning =>
          /^forwarding rule (\S+): .* gets a 404 instead of the default group; add a rule/.exec(warning)?.[1],
      ),
      warned,
    );
  });
}

test('the remaining domains are named, in a plan too', async () => {
  const forwardingRules = [rule(0, hosts('b.example.com', '*.c.example.com'), paths('/a'))];
  const request = requestOf({ listener, endpointGroups: [group()], forwardingRules });
  const [warning] = await createWorld().ports().warnings(request);
  assert.match(
    warning ?? '',
    /add a rule for b\.example\.com, \*\.c\.example\.com alone, or omit the domain$/,
  );
});
