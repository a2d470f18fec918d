// A request for Alibaba Cloud: its defaults, both ends of every range, and every rule that it alone can break, under both
// profiles of limits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequest } from '@gatehouse/core/request/request';
import { at, issuesOf, type MemberCase, many, testMembers, testWrong, type WrongCase } from './requests.ts';

const acceleratorId = 'ga-bp1shopw7k2m9q4x1z8t';

type Listener = { protocol?: string; portRanges?: object[] } & Record<string, unknown>;

function request(changes: object = {}, listener: Listener = {}) {
  return {
    operation: 'provision',
    entryPoint: 'shop-edge',
    cloud: 'alicloud',
    listener: { acceleratorId, protocol: 'TCP', portRanges: [range(443)], ...listener },
    endpointGroups: [group()],
    ...changes,
  };
}

function range(fromPort: number, toPort = fromPort) {
  return { fromPort, toPort };
}

function group(changes: object = {}) {
  return { region: 'cn-hangzhou', endpoints: [endpoint()], ...changes };
}

function endpoint(changes: object = {}) {
  return { type: 'PublicIp', endpoint: '203.0.113.7', ...changes };
}

const virtual = (changes: object = {}) => group({ type: 'virtual', name: 'images', ...changes });

function rule(changes: object = {}) {
  return {
    name: 'images',
    priority: 1,
    ruleConditions: [{ type: 'Host', values: ['images.example.com'] }],
    ruleActions: [{ type: 'ForwardGroup', endpointGroup: 'images' }],
    ...changes,
  };
}

const tags = (count: number) => Object.fromEntries(many(count, index => [`tag${index}`, '']));

const HTTP = { protocol: 'HTTP', portRanges: [range(80)] };
const HTTPS = { protocol: 'HTTPS', portRanges: [range(443)], certificates: [{ id: '1-cn-hangzhou' }] };
const UDP = { protocol: 'UDP', portRanges: [range(7000, 7010)] };

/** Rules on a listener of HTTPS that has what they need. */
const rules = (...forwardingRules: object[]) =>
  request({ endpointGroups: [group(), virtual()], forwardingRules }, HTTPS);

const guide = (value: unknown) => issuesOf(value, 'guide');
const current = (value: unknown) => issuesOf(value, 'current');

test('the smallest request gets every default of ours and none that is the cloud to choose', () => {
  const parsed = parseRequest(request(), undefined, 'guide');
  assert.deepEqual(parsed.ok && { ...parsed.request, options: undefined }, {
    operation: 'provision',
    entryPoint: 'shop-edge',
    cloud: 'alicloud',
    options: undefined,
    listener: {
      acceleratorId,
      protocol: 'TCP',
      portRanges: [range(443)],
      clientAffinity: 'NONE',
      certificates: [],
      additionalCertificates: [],
    },
    endpointGroups: [
      {
        type: 'default',
        region: 'cn-hangzhou',
        endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.7', weight: 255 }],
        trafficPercentage: 100,
        healthCheckEnabled: false,
        healthCheckProtocol: 'tcp',
        healthCheckPath: '/',
        healthCheckIntervalSeconds: 2,
        thresholdCount: 3,
        tags: {},
        portOverrides: [],
      },
    ],
    forwardingRules: [],
  });
});

test('zero is a value: a weight and a traffic percentage of 0 survive', () => {
  const zero = group({ trafficPercentage: 0, endpoints: [endpoint({ weight: 0 })] });
  const parsed = parseRequest(request({ endpointGroups: [zero] }));
  assert.ok(parsed.ok && parsed.request.cloud === 'alicloud');
  const [read] = parsed.request.endpointGroups;
  assert.deepEqual([read?.trafficPercentage, read?.endpoints[0]?.weight], [0, 0]);
});

test('an accepted request, parsed again, is the same, under the wider limits too', () => {
  for (const value of [request(), rules(rule()), request({}, UDP)]) {
    const once = parseRequest(value, undefined, 'guide');
    assert.ok(once.ok, JSON.stringify(once));
    assert.deepEqual(parseRequest(JSON.parse(JSON.stringify(once.request))), once);
  }
});

const GROUP = '/endpointGroups/0';
const members: MemberCase[] = [
  ['/cloud', ['alicloud'], ['Alicloud', 'gcp', '']],
  ['/listener/acceleratorId', [acceleratorId], ['', 'ga-', 'lsr-bp1x', `${acceleratorId}\n`, 5, null]],
  ['/listener/name', ['ab', `a${'b'.repeat(127)}`, 'a_b-9'], ['', 'a'.repeat(129), '9ab', '-ab', 'a b', 7]],
  ['/listener/description', ['x', 'y'.repeat(200)], ['', 'y'.repeat(201), 'http://x', 'https://x', null]],
  ['/listener/protocol', ['TCP'], ['tcp', 'ICMP', '', null]],
  ['/listener/clientAffinity', ['NONE', 'SOURCE_IP'], ['', 'source_ip', null]],
  ['/listener/portRanges', [[range(1)], many(30, index => range(index + 1))], [[], {}, '443', null]],
  ['/listener/portRanges/0/fromPort', [414, 443], [0, -1, 65_500, 65_535, 1.5, '443', null]],
  ['/listener/portRanges/0/toPort', [443, 472], [0, 65_500, 70_000, null]],
  ['/listener/idleTimeout', [10, 900], [0, 9, 901, 1.5, '900']],
  [`${GROUP}/type`, ['default'], ['DEFAULT', '', null, 1]],
  [`${GROUP}/name`, ['ab', `a${'b'.repeat(127)}`], ['', '1a', 'a'.repeat(129), 'ä']],
  [
    `${GROUP}/region`,
    ['cn-hangzhou', 'ap-southeast-1', 'us-east-1', 'cn-zhengzhou-jcc'],
    ['Hangzhou', 'cn', '', 'cn_hangzhou', null],
  ],
  [`${GROUP}/endpoints/0/weight`, [0, 255], [-1, 256, 0.5, '1', null]],
  [
    `${GROUP}/endpoints/0/endpoint`,
    ['203.0.113.7', '2001:db8::7'],
    ['', '203.0.113', '203.0.113.256', 'shop.example.com', 7],
  ],
  [`${GROUP}/endpoints/0/type`, ['PublicIp', 'Ip'], ['publicIp', 'VM', '', null]],
  [`${GROUP}/endpoints/0/enableClientIPPreservation`, [true, false], ['true', 1, null]],
  [`${GROUP}/endpoints/0/enableProxyProtocol`, [true, false], ['true', 1, null]],
  [`${GROUP}/tags`, [{}, tags(20)], [tags(21), [], null, 'a=b']],
  [`${GROUP}/tags/team`, ['', 'a b', '店', 'a'.repeat(128)], ['a'.repeat(129), 'http://a', 5, null]],
  [`${GROUP}/trafficPercentage`, [0, 100], [-1, 101, 0.5, null]],
  [`${GROUP}/healthCheckEnabled`, [false], ['false', 0, null]],
  [`${GROUP}/healthCheckProtocol`, ['tcp', 'http', 'https'], ['TCP', 'udp', null]],
  [`${GROUP}/healthCheckPort`, [1, 65_535], [0, 65_536, null]],
  [`${GROUP}/healthCheckPath`, ['/', '/health'], ['', 'health', '/a b', null]],
  [`${GROUP}/healthCheckIntervalSeconds`, [1, 50], [0, 51, 1.5]],
  [`${GROUP}/thresholdCount`, [2, 10], [1, 11]],
  [`${GROUP}/endpointIpVersion`, ['IPv4', 'IPv6', 'ProtocolAffinity'], ['ipv4', 4]],
];
testMembers(members, () => request(), guide);

const httpsMembers: MemberCase[] = [
  ['/listener/certificates', [[{ id: '1-cn-hangzhou' }]], [[], [{ id: '1' }, { id: '2' }], {}, null]],
  ['/listener/certificates/0/id', ['4490001-cn-hangzhou'], ['', 'a b', 7, null]],
  [
    '/listener/additionalCertificates',
    [[], many(25, index => ({ domain: `a${index}.example.com`, id: '1' }))],
    [many(26, index => ({ domain: `a${index}.example.com`, id: '1' })), {}, null],
  ],
  [
    '/listener/securityPolicyId',
    ['tls_cipher_policy_1_0', 'tls_cipher_policy_1_2_strict_with_1_3'],
    ['tls', ''],
  ],
  ['/listener/httpVersion', ['http1.1', 'http2', 'http3'], ['http4', 2]],
  ['/listener/idleTimeout', [1, 60], [0, 61]],
  ['/listener/requestTimeout', [1, 180], [0, 181]],
  ['/listener/xForwardedForConfig', [{}, { xRealIpEnabled: true }], [[], true]],
  [`${GROUP}/endpointRequestProtocol`, ['HTTP', 'HTTPS'], ['http', 'TCP', '']],
  ['/forwardingRules/0/name', ['ab'], ['', '1a', 'a b', undefined]],
  ['/forwardingRules/0/priority', [1, 10_000], [0, 10_001, '1', undefined]],
  [
    '/forwardingRules/0/ruleConditions/0/values/0',
    ['a.b', '*.example.com', 'a'.repeat(128)],
    ['ab', 'a'.repeat(129), 'a/b', ''],
  ],
  ['/forwardingRules/0/ruleConditions', [[{ type: 'Path', values: ['/a/*', '/'] }]], [[], {}, undefined]],
];
testMembers(httpsMembers, () => rules(rule()), guide);

const ENDPOINTS: [type: string, endpoint: string, more?: object][] = [
  ['PublicIp', '203.0.113.7'],
  ['ECS', 'i-bp14web7k2m9q4x1z8t'],
  ['SLB', 'lb-bp16front1a8s5d2f9g4h'],
  ['ALB', 'alb-bp17route0p3o6i9u2y5'],
  ['NLB', 'nlb-bp18ingest4l7k0j3h6g9'],
  ['ENI', 'eni-bp19nic5x8c1v4b7n0m3', { subAddress: '10.0.0.5' }],
  ['OSS', 'bucket.oss-cn-hangzhou.aliyuncs.com'],
  ['IpTarget', '10.0.0.9', { vpcId: 'vpc-bp1a', vSwitchIds: ['vsw-bp1a', 'vsw-bp1b'] }],
  ['Ip', '198.51.100.7'],
  ['Domain', 'origin.example.net'],
];

test('every type of endpoint is accepted with its own members only', () => {
  const asked = (type: string, name: string, more: object = {}) =>
    current(request({ endpointGroups: [group({ endpoints: [{ type, endpoint: name, ...more }] })] }));
  for (const [type, name, more] of ENDPOINTS) {
    assert.deepEqual(asked(type, name, more), [], type);
    const others = ENDPOINTS.filter(([other]) => sortOf(other) !== sortOf(type));
    for (const [other, otherName] of others) {
      const [first] = asked(type, otherName, more);
      assert.equal(first?.pointer, '/endpointGroups/0/endpoints/0/endpoint', `${type} named as ${other}`);
    }
  }
  const [wrong] = asked('ECS', 'i-bp14web7k2m9q4x1z8t', { vpcId: 'vpc-bp1a' });
  assert.match(wrong?.detail ?? '', /`vpcId` is not allowed for type ECS/);
});

const sortOf = (type: string) =>
  ['PublicIp', 'Ip', 'IpTarget'].includes(type)
    ? 'address'
    : ['Domain', 'OSS'].includes(type)
      ? 'domain'
      : type;

const onWay = (...actions: object[]) =>
  rules(rule({ ruleActions: [...actions, { type: 'ForwardGroup', endpointGroup: 'images' }] }));
const captured = (n: number) => `$${'{'}${n}}`;
const ACTIONS = '/forwardingRules/0/ruleActions';

const onBoth: WrongCase[] = [
  [
    'a rule of one letter, which no limits take',
    rules(rule({ name: 'a' })),
    [['/forwardingRules/0/name', /must be 2 to 128 characters/]],
  ],
  [
    'tag names that are the vendor’s own, or that no tag has',
    request({ endpointGroups: [group({ tags: JSON.parse('{"aliyun-a":"","acs:a":"","__proto__":"x"}') })] }),
    [
      ['/endpointGroups/0/tags/aliyun-a', /not beginning with `aliyun` or `acs:`/],
      ['/endpointGroups/0/tags/acs:a', /must be a tag name/],
      ['/endpointGroups/0/tags/__proto__', /is not a valid tag name here/],
    ],
  ],
  [
    'ports beyond 30 that are no large listener',
    request({}, { portRanges: [range(100, 130)] }),
    [['/listener/portRanges', /have 31 ports; a listener has at most 30, or, for TCP .* 301 to 2000/]],
  ],
  [
    'many ports in more than one range',
    request({}, { portRanges: [range(1, 300), range(400)] }),
    [['/listener/portRanges', /a single range of 301 to 2000/]],
  ],
  [
    'many ports of UDP',
    request({}, { protocol: 'UDP', portRanges: [range(10_000, 10_400)] }),
    [['/listener/portRanges', /have 401 ports/]],
  ],
  [
    'more ports than any may have',
    request({}, { portRanges: [range(1, 2001)] }),
    [['/listener/portRanges', /2001/]],
  ],
  [
    'ranges that overlap, and one that runs backward',
    request({}, { portRanges: [range(80, 90), range(85), range(9, 8)] }),
    [
      ['/listener/portRanges/1', /85 overlaps 80-90/],
      ['/listener/portRanges/2', /`fromPort` 9 is greater than `toPort` 8/],
    ],
  ],
  [
    'a reserved UDP port',
    request({}, { protocol: 'UDP', portRanges: [range(240, 260), range(4788, 4791)] }),
    [
      ['/listener/portRanges/0', /UDP port 250,/],
      ['/listener/portRanges/1', /UDP port 4789, 4790,/],
    ],
  ],
  [
    'HTTP on two ports',
    request({}, { protocol: 'HTTP', portRanges: [range(80, 81)] }),
    [['/listener/portRanges', /have 2 ports; a listener of HTTP has exactly one/]],
  ],
  [
    'HTTPS without a certificate',
    request({}, { ...HTTPS, certificates: [] }),
    [['/listener/certificates', /a listener of HTTPS has exactly one certificate/]],
  ],
  [
    'certificates where there are none',
    request(
      {},
      {
        certificates: [{ id: '1' }],
        additionalCertificates: [{ domain: 'a.example.com', id: '2' }],
      },
    ),
    [
      ['/listener/certificates', /a listener of TCP has no certificate/],
      ['/listener/additionalCertificates', /a listener of TCP has no certificate/],
    ],
  ],
  [
    'two certificates for one domain',
    request(
      {},
      {
        ...HTTPS,
        additionalCertificates: [
          { domain: 'a.example.com', id: '2' },
          { domain: 'A.example.com', id: '3' },
        ],
      },
    ),
    [['/listener/additionalCertificates/1/domain', /one additional certificate per domain/]],
  ],
  [
    'members of HTTPS and of HTTP on TCP',
    request({}, { httpVersion: 'http2', requestTimeout: 5, xForwardedForConfig: {} }),
    [
      ['/listener/httpVersion', /it is for HTTPS only/],
      ['/listener/requestTimeout', /it is for HTTP or HTTPS only/],
      ['/listener/xForwardedForConfig', /it is for HTTP or HTTPS only/],
    ],
  ],
  [
    'an idle timeout that UDP has not',
    request({}, { ...UDP, idleTimeout: 60 }),
    [['/listener/idleTimeout', /from 10 to 20 for UDP, not 60/]],
  ],
  [
    'a group on Alibaba Cloud and off it',
    request({
      endpointGroups: [group({ endpoints: [endpoint(), { type: 'Ip', endpoint: '198.51.100.1' }] })],
    }),
    [['/endpointGroups/0/endpoints', /are both on and off Alibaba Cloud/]],
  ],
  [
    'an endpoint twice',
    request({ endpointGroups: [group({ endpoints: [endpoint(), endpoint({ weight: 1 })] })] }),
    [['/endpointGroups/0/endpoints/1/endpoint', /each endpoint can be in a group only once/]],
  ],
  [
    'both ways to show the client address',
    request({
      endpointGroups: [
        group({ endpoints: [endpoint({ enableClientIPPreservation: true, enableProxyProtocol: true })] }),
      ],
    }),
    [['/endpointGroups/0/endpoints/0/enableProxyProtocol', /choose one of them/]],
  ],
  [
    'the PROXY protocol over UDP',
    request({ endpointGroups: [group({ endpoints: [endpoint({ enableProxyProtocol: true })] })] }, UDP),
    [['/endpointGroups/0/endpoints/0/enableProxyProtocol', /for TCP only, not for UDP/]],
  ],
  [
    'client addresses turned off where they cannot be',
    request(
      { endpointGroups: [group({ endpoints: [endpoint({ enableClientIPPreservation: false })] })] },
      HTTP,
    ),
    [['/endpointGroups/0/endpoints/0/enableClientIPPreservation', /cannot be disabled for HTTP/]],
  ],
  [
    'a backend protocol behind TCP',
    request({ endpointGroups: [group({ endpointRequestProtocol: 'HTTP' })] }),
    [['/endpointGroups/0/endpointRequestProtocol', /applies to HTTP and HTTPS listeners only, not to TCP/]],
  ],
  [
    'HTTPS endpoints behind HTTP',
    request({ endpointGroups: [group({ endpointRequestProtocol: 'HTTPS' })] }, HTTP),
    [['/endpointGroups/0/endpointRequestProtocol', /must be `HTTP` with an HTTP listener/]],
  ],
  [
    'a protocol version of HTTP endpoints',
    request({ endpointGroups: [group({ endpointProtocolVersion: 'HTTP2' })] }, HTTPS),
    [['/endpointGroups/0/endpointProtocolVersion', /applies to HTTPS endpoints only/]],
  ],
  [
    'health checks of no port',
    request({ endpointGroups: [group({ healthCheckEnabled: true })] }),
    [['/endpointGroups/0/healthCheckPort', /is required with `healthCheckEnabled: true`/]],
  ],
  [
    'an override of a port that the listener has not',
    request(
      { endpointGroups: [group({ portOverrides: [{ listenerPort: 80, endpointPort: 8080 }] })] },
      HTTPS,
    ),
    [['/endpointGroups/0/portOverrides/0/listenerPort', /80 is not a port of the listener/]],
  ],
  [
    'a virtual group without a name',
    request({ endpointGroups: [group(), virtual({ name: undefined })] }, HTTP),
    [['/endpointGroups/1/name', /a virtual endpoint group is identified by its name/]],
  ],
  [
    'virtual groups alone',
    request({ endpointGroups: [virtual()] }, HTTP),
    [['/endpointGroups', /have no default group/]],
  ],
  [
    'a virtual group behind UDP',
    request({ endpointGroups: [group(), virtual()] }, UDP),
    [['/endpointGroups', /have 1 virtual groups; a listener of UDP has at most 0/]],
  ],
  [
    'rules of one name and one priority',
    rules(rule(), rule()),
    [
      ['/forwardingRules/1/name', /identified by its name/],
      ['/forwardingRules/1/priority', /need distinct priorities/],
    ],
  ],
  [
    'a rule to a default group, and to none that there is',
    rules(rule({ ruleActions: [{ type: 'ForwardGroup', endpointGroup: 'shop' }] })),
    [
      [
        '/forwardingRules/0/ruleActions/0/endpointGroup',
        /"shop" is not a virtual .* its virtual groups are images/,
      ],
    ],
  ],
  [
    'two domains in two conditions',
    rules(
      rule({
        ruleConditions: [
          { type: 'Host', values: ['a.example.com'] },
          { type: 'Host', values: ['b.example.com'] },
        ],
      }),
    ),
    [['/forwardingRules/0/ruleConditions/1/type', /one such condition/]],
  ],
  [
    'groups and rules without a listener',
    request({ listener: undefined, endpointGroups: [group(), virtual()], forwardingRules: [rule()] }),
    [['/listener', /must be given with `endpointGroups`/]],
  ],
  [
    'nothing at all',
    { operation: 'provision', entryPoint: 'shop-edge', cloud: 'alicloud' },
    [['', /^the spec is empty; it must have a `listener`$/]],
  ],
  [
    'a part of AWS',
    request({ targetGroups: [] }),
    [['/targetGroups', /`targetGroups` is not allowed for cloud alicloud/]],
  ],
];
testWrong(onBoth, guide, ' under the guide');
testWrong(onBoth, current, ' under the current limits');

const addresses = (count: number) => many(count, index => endpoint({ endpoint: `203.0.113.${index}` }));

const NEWER_CONDITIONS = [
  { type: 'RequestHeader', values: [{ key: 'x-canary', values: ['1', 'on'] }] },
  { type: 'Query', values: [{ key: 'lang', values: ['en'] }] },
  { type: 'Cookie', values: [{ key: 'session', values: ['a'] }] },
  { type: 'Method', values: ['GET', 'HEAD'] },
  { type: 'SourceIP', values: ['203.0.113.0/24', '2001:db8::1'] },
];
const TO_IMAGES = { type: 'ForwardGroup', endpointGroup: 'images' };
const NEWER_ACTIONS = [
  [{ type: 'Redirect', protocol: 'HTTPS', port: 443, code: 308 }],
  [{ type: 'FixResponse', code: 503, content: 'later' }],
  [{ type: 'Drop' }],
  [{ type: 'Rewrite', path: '/v2' }, TO_IMAGES],
  [{ type: 'AddHeader', headers: [{ name: 'x-edge', value: 'ga' }] }, TO_IMAGES],
  [{ type: 'RemoveHeader', headers: ['x-debug'] }, TO_IMAGES],
];

/** What the guide refuses and the service takes by now. */
const onGuide: WrongCase[] = [
  ['a name of one letter', request({}, { name: 'a' }), [['/listener/name', /must be 2 to 128 .* the guide/]]],
  [
    'a name with a dot',
    request({}, { name: 'a.b' }),
    [['/listener/name', /according to the guide, not "a\.b"/]],
  ],
  [
    'a fifth endpoint',
    request({ endpointGroups: [group({ endpoints: addresses(5) })] }),
    [['/endpointGroups/0/endpoints', /are 5; a group has at most 4, according to the guide/]],
  ],
  [
    'a second default group',
    request({ endpointGroups: [group(), group({ region: 'cn-shanghai' })] }),
    [['/endpointGroups', /have 2 default groups; a listener of TCP has at most 1/]],
  ],
  [
    'a virtual group behind TCP',
    request({ endpointGroups: [group(), virtual()] }),
    [['/endpointGroups', /a listener of TCP has at most 0/]],
  ],
  [
    'an override behind TCP',
    request({ endpointGroups: [group({ portOverrides: [{ listenerPort: 443, endpointPort: 8443 }] })] }),
    [['/endpointGroups/0/portOverrides', /are 1; with TCP a group has at most 0/]],
  ],
  ...ENDPOINTS.slice(3, 8).map(
    ([type, name, more = {}]): WrongCase => [
      `an endpoint of type ${type}`,
      request({ endpointGroups: [group({ endpoints: [{ type, endpoint: name, ...more }] })] }),
      [
        [
          '/endpointGroups/0/endpoints/0/type',
          new RegExp(`^must be PublicIp or ECS or SLB or Ip or Domain, according to the guide, not ${type}$`),
        ],
      ],
    ],
  ),
  [
    'two domains in one rule',
    rules(rule({ ruleConditions: [{ type: 'Host', values: ['a.example.com', 'b.example.com'] }] })),
    [
      [
        '/forwardingRules/0/ruleConditions/0/values',
        /^are 2 domains; a rule has at most 1, according to the guide$/,
      ],
    ],
  ],
  [
    'regular expressions',
    rules(
      rule({
        ruleConditions: [
          { type: 'Host', values: ['^(a|b).example.com$'] },
          { type: 'Path', values: ['/images/[a-z]+'] },
        ],
      }),
    ),
    [
      [
        '/forwardingRules/0/ruleConditions/0/values/0',
        /^must be a domain name of letters, .*: regular expressions are not supported, according to the guide$/,
      ],
      [
        '/forwardingRules/0/ruleConditions/1/values/0',
        /^must be a path .*: regular expressions are not supported/,
      ],
    ],
  ],
  ...NEWER_CONDITIONS.map(
    (condition): WrongCase => [
      `a condition for ${condition.type}`,
      rules(rule({ ruleConditions: [{ type: 'Host', values: ['a.example.com'] }, condition] })),
      [['/forwardingRules/0/ruleConditions/1/type', /^must be Host or Path, according to the guide, not /]],
    ],
  ),
  ...NEWER_ACTIONS.map(
    (actions): WrongCase => [
      `the action ${actions[0]?.type}`,
      rules(rule({ ruleActions: actions })),
      [['/forwardingRules/0/ruleActions/0/type', /^must be ForwardGroup, according to the guide, not /]],
    ],
  ),
];
testWrong(onGuide, guide, ' under the guide alone');

test('the guide allows client addresses over UDP, and has no number of virtual groups', () => {
  const preserving = group({ endpoints: [endpoint({ enableClientIPPreservation: true })] });
  const domains = [group(), virtual(), virtual({ name: 'other' })];
  for (const value of [
    request({ endpointGroups: [preserving] }, UDP),
    request({ endpointGroups: domains }, HTTP),
  ])
    assert.deepEqual(guide(value), []);
  const many = Array.from({ length: 151 }, (_, index) => virtual({ name: `domain-${index}` }));
  const [issue] = guide(request({ endpointGroups: [group(), ...many] }, HTTP));
  assert.match(
    issue?.detail ?? '',
    /^have 151 virtual groups; .* has at most 150, according to the service$/,
  );
});

for (const [reason, value] of onGuide) {
  test(`the current limits take ${reason}`, () => assert.deepEqual(current(value), []));
}

const byPath = (...values: string[]) => ({ type: 'Path', values });
const rewritten = (condition: object, path: string) =>
  rules(rule({ ruleConditions: [condition], ruleActions: [{ type: 'Rewrite', path }, TO_IMAGES] }));
const redirected = (condition: object, path: string) =>
  rules(rule({ ruleConditions: [condition], ruleActions: [{ type: 'Redirect', path }] }));

const onCurrent: WrongCase[] = [
  [
    'a rewriting by a capture that no condition has',
    rewritten(byPath('/a/*'), `/b/${captured(1)}`),
    [
      [
        `${ACTIONS}/0/path`,
        /^refers to capture 1, but the rule's conditions have 0; a capture is a part of an expression in parenth/,
      ],
    ],
  ],
  [
    'a rewriting by more captures than an expression has',
    rewritten(byPath('/a/(.*)', '/b/(.*)'), `/${captured(2)}/${captured(1)}`),
    [[`${ACTIONS}/0/path`, /refers to capture 2, but the rule's conditions have 1/]],
  ],
  [
    'parentheses that are meant as such',
    rewritten(byPath(String.raw`/a/\(.*\)`), `/${captured(1)}`),
    [[`${ACTIONS}/0/path`, /conditions have 0/]],
  ],
  [
    'a redirection by a fourth capture',
    redirected(byPath('/a/(.*)'), `/${captured(4)}`),
    [[`${ACTIONS}/0/path`, /can refer to captures 1 to 3 only/]],
  ],
  [
    'a redirection by a capture that there is not',
    redirected(byPath('/a/(.*)'), `/${captured(2)}`),
    [[`${ACTIONS}/0/path`, /refers to capture 2/]],
  ],
  [
    'a header value twice in a condition',
    rules(
      rule({
        ruleConditions: [
          {
            type: 'RequestHeader',
            values: [
              { key: 'x-a', values: ['on', 'off'] },
              { key: 'x-b', values: ['on'] },
            ],
          },
        ],
      }),
    ),
    [
      [
        '/forwardingRules/0/ruleConditions/0/values/1/values/0',
        /a condition can have each header value only once/,
      ],
    ],
  ],
  [
    'a header that is added twice, or added and removed',
    onWay(
      {
        type: 'AddHeader',
        headers: [
          { name: 'x-a', value: '1' },
          { name: 'X-A', value: '2' },
        ],
      },
      { type: 'RemoveHeader', headers: ['x-b', 'x-a'] },
    ),
    [
      [
        `${ACTIONS}/0/headers/1/name`,
        /already given at .*headers\/0\/name; a rule can add or remove each header only once/,
      ],
      [`${ACTIONS}/1/headers/1`, /already given/],
    ],
  ],
  [
    'a header with a value that the cloud does not define',
    onWay({ type: 'AddHeader', headers: [{ name: 'x-a', type: 'system-defined', value: 'Port' }] }),
    [[`${ACTIONS}/0/headers/0/value`, /must be `ClientSrcIp`/]],
  ],
  [
    'a rewriting of nothing',
    onWay({ type: 'Rewrite' }),
    [[`${ACTIONS}/0`, /changes nothing: set at least one of domain, path, query/]],
  ],
  [
    'a rewriting by a fourth capture',
    onWay({ type: 'Rewrite', path: `/${captured(1)}/${captured(4)}`, query: captured(2) }),
    [
      [`${ACTIONS}/0/path`, /can refer to captures 1 to 3 only/],
      [`${ACTIONS}/0/query`, /refers to capture 2/],
    ],
  ],
  [
    'an Application Load Balancer behind UDP',
    request({ endpointGroups: [group({ endpoints: [{ type: 'ALB', endpoint: 'alb-bp1a' }] })] }, UDP),
    [['/endpointGroups/0/endpoints/0/type', /does not support UDP/]],
  ],
  [
    'rules behind UDP',
    request({ forwardingRules: [rule({ ruleActions: [{ type: 'Drop' }] })] }, UDP),
    [['/forwardingRules', /are 1; a listener of UDP has at most 0/]],
  ],
  [
    'two ends of one rule',
    rules(rule({ ruleActions: [{ type: 'Drop' }, { type: 'ForwardGroup', endpointGroup: 'images' }] })),
    [['/forwardingRules/0/ruleActions', /have 2 of ForwardGroup, Redirect, FixResponse, Drop/]],
  ],
  [
    'an action after the last one',
    rules(
      rule({
        ruleActions: [
          { type: 'ForwardGroup', endpointGroup: 'images' },
          { type: 'RemoveHeader', headers: ['x-debug'] },
        ],
      }),
    ),
    [['/forwardingRules/0/ruleActions/1', /must come before ForwardGroup/]],
  ],
  [
    'a redirection that changes nothing',
    rules(rule({ ruleActions: [{ type: 'Redirect' }] })),
    [['/forwardingRules/0/ruleActions/0', /redirects to the same URL/]],
  ],
  [
    'two default groups in one region',
    request({ endpointGroups: [group(), group()] }),
    [['/endpointGroups/1/region', /one default group per region/]],
  ],
  [
    'an eleventh default group',
    request({ endpointGroups: many(11, index => group({ region: `us-east-${index}` })) }),
    [['/endpointGroups', /have 11 default groups; a listener of TCP has at most 10/]],
  ],
  [
    'a virtual group of TCP elsewhere, and port overrides beside it',
    request({
      endpointGroups: [
        group({ portOverrides: [{ listenerPort: 443, endpointPort: 8443 }] }),
        virtual({ region: 'cn-shanghai' }),
      ],
    }),
    [
      ['/endpointGroups/0/portOverrides', /port overrides or virtual groups, not both/],
      ['/endpointGroups/1/region', /must be cn-hangzhou/],
    ],
  ],
  [
    'rules of TCP that look into a request, and answer it',
    request({
      endpointGroups: [group(), virtual()],
      forwardingRules: [
        rule({
          ruleConditions: [{ type: 'Path', values: ['/a'] }],
          ruleActions: [{ type: 'FixResponse', code: 404 }],
        }),
      ],
    }),
    [
      ['/forwardingRules/0/ruleConditions/0/type', /must be `Host` for a TCP listener/],
      ['/forwardingRules/0/ruleActions/0/type', /must be ForwardGroup or Drop for a TCP listener/],
    ],
  ],
];
testWrong(onCurrent, current, ' under the current limits alone');

const taken: [what: string, value: unknown][] = [
  ['30 ports in several ranges', request({}, { portRanges: [range(1, 10), range(20, 38), range(443)] })],
  ['a single range of 301 ports', request({}, { portRanges: [range(1000, 1300)] })],
  ['a single range of 2000 ports', request({}, { portRanges: [range(1, 2000)] })],
  ['UDP with client affinity', request({}, { ...UDP, clientAffinity: 'SOURCE_IP' })],
  ['four endpoints', request({ endpointGroups: [group({ endpoints: addresses(4) })] })],
  ['a rule by domain and path to the virtual group', rules(rule())],
  [
    'a rule by domain and path',
    rules(
      rule({
        ruleConditions: [
          { type: 'Host', values: ['*.example.com'] },
          { type: 'Path', values: ['/a/*'] },
        ],
      }),
    ),
  ],
  ['a listener alone', request({ endpointGroups: undefined })],
];
for (const [what, value] of taken) {
  test(`taken under both profiles: ${what}`, () => {
    assert.deepEqual([guide(value), current(value)], [[], []]);
  });
}

test('an expression captures parts of a request, which a rule can refer to', () => {
  const expression = byPath('/a/(.*)/(.+)', '~^/b/([0-9]+)/(.*)$');
  const asked = [
    rewritten(expression, `/${captured(2)}/${captured(1)}`),
    redirected(expression, `/${captured(2)}/$${'{'}path}`),
    rules(rule({ ruleConditions: [{ type: 'Host', values: [String.raw`^(www|shop)\.example\.com$`] }] })),
  ];
  for (const value of asked) assert.deepEqual(current(value), []);
});

test('a rule has every kind of condition, and every kind of change on its way, together', () => {
  const changes = NEWER_ACTIONS.slice(3).flatMap(([change]) => change ?? []);
  const ruleConditions = [
    { type: 'Host', values: ['*.example.com'] },
    { type: 'Path', values: ['/a/*'] },
    ...NEWER_CONDITIONS,
  ];
  assert.deepEqual(current(rules(rule({ ruleConditions, ruleActions: [...changes, TO_IMAGES] }))), []);
});

test('all errors are reported: an invalid part hides none in another', () => {
  const broken = at(
    request({ endpointGroups: [group({ endpoints: addresses(5) })] }, { portRanges: [range(100, 130)] }),
    '/listener/acceleratorId',
    5,
  );
  assert.deepEqual(
    guide(broken).map(({ pointer }) => pointer),
    ['/listener/acceleratorId', '/listener/portRanges', '/endpointGroups/0/endpoints'],
  );
});
