// VPC Lattice target groups in a request: every member, its default and range, and what no type may have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequest } from '@gatehouse/core/request/request';
import {
  ALB,
  albGroup,
  at,
  FUNCTION,
  instanceGroup,
  ipGroup,
  issuesOf,
  lambdaGroup,
  type MemberCase,
  many,
  NLB,
  targetGroups,
  testMembers,
  testWrong,
  VPC,
  type WrongCase,
} from './requests.ts';

const groupOf = (value: unknown) => {
  const parsed = parseRequest(value);
  if (!parsed.ok) return parsed.issues;
  return parsed.request.cloud === 'aws' ? parsed.request.targetGroups[0] : undefined;
};

const smallest: [reason: string, group: object, normalised: object][] = [
  [
    'HTTP listens on 80 and speaks HTTP1',
    { name: 'abc', type: 'INSTANCE', config: { protocol: 'HTTP', vpcIdentifier: VPC } },
    {
      name: 'abc',
      type: 'INSTANCE',
      config: { protocol: 'HTTP', port: 80, protocolVersion: 'HTTP1', vpcIdentifier: VPC },
      tags: {},
      targets: [],
    },
  ],
  [
    'HTTPS listens on 443; addresses are IPv4',
    { name: 'abc', type: 'IP', config: { protocol: 'HTTPS', vpcIdentifier: VPC } },
    {
      name: 'abc',
      type: 'IP',
      config: {
        protocol: 'HTTPS',
        port: 443,
        protocolVersion: 'HTTP1',
        vpcIdentifier: VPC,
        ipAddressType: 'IPV4',
      },
      tags: {},
      targets: [],
    },
  ],
  [
    'TCP has no protocol version; a health check has every default but `enabled` and `port`',
    { name: 'abc', type: 'IP', config: { protocol: 'TCP', port: 1, vpcIdentifier: VPC, healthCheck: {} } },
    {
      name: 'abc',
      type: 'IP',
      config: {
        protocol: 'TCP',
        port: 1,
        vpcIdentifier: VPC,
        ipAddressType: 'IPV4',
        healthCheck: {
          protocol: 'HTTP',
          protocolVersion: 'HTTP1',
          path: '/',
          healthCheckIntervalSeconds: 30,
          healthCheckTimeoutSeconds: 5,
          healthyThresholdCount: 5,
          unhealthyThresholdCount: 2,
          matcher: { httpCode: '200' },
        },
      },
      tags: {},
      targets: [],
    },
  ],
  [
    'a load balancer has no health check, not even by default',
    { name: 'abc', type: 'ALB', config: { protocol: 'HTTP', vpcIdentifier: VPC }, targets: [{ id: ALB }] },
    {
      name: 'abc',
      type: 'ALB',
      config: { protocol: 'HTTP', port: 80, protocolVersion: 'HTTP1', vpcIdentifier: VPC },
      tags: {},
      targets: [{ id: ALB }],
    },
  ],
  [
    'a function needs no configuration',
    { name: 'abc', type: 'LAMBDA', targets: [{ id: FUNCTION }] },
    {
      name: 'abc',
      type: 'LAMBDA',
      config: { lambdaEventStructureVersion: 'V1' },
      tags: {},
      targets: [{ id: FUNCTION }],
    },
  ],
];
for (const [reason, given, normalised] of smallest) {
  test(`the smallest group gets the defaults that the request decides: ${reason}`, () => {
    assert.deepEqual(groupOf(targetGroups(given)), normalised);
  });
}

const check = '/targetGroups/0/config/healthCheck';
const tags = (count: number) => Object.fromEntries(many(count, index => [`tag${index}`, '']));
const groups = (count: number) => many(count, index => ipGroup({ name: `checkout-${index}` }));
const addresses = (count: number) =>
  many(count, index => ({ id: `10.0.${Math.floor(index / 250)}.${index % 250}` }));

const members: MemberCase[] = [
  ['/targetGroups', [groups(1), groups(20)], [groups(21), {}, null]],
  ['/targetGroups/0', [ipGroup(), lambdaGroup()], ['checkout', null, [], 5]],
  [
    '/targetGroups/0/name',
    ['abc', 'a'.repeat(128), 'a-1-b', '1ab', 't-g'],
    ['ab', 'a'.repeat(129), 'Abc', '-ab', 'ab-', 'a--b', 'a_b', 'tg-abc', 'abc\n', 7, null],
  ],
  ['/targetGroups/0/region', ['us-east-1', 'us-gov-west-1'], ['Ireland', 'eu-west-1a', '', null]],
  ['/targetGroups/0/type', ['IP'], ['ip', 'EC2', '', null, 5, ['IP'], { toString: 1 }]],
  ['/targetGroups/0/config', [], ['HTTP', null, [], 5]],
  ['/targetGroups/0/config/protocol', ['HTTP', 'HTTPS', 'TCP'], ['http', 'TLS', 'UDP', null, 6]],
  ['/targetGroups/0/config/port', [1, 65_535], [0, 65_536, 1.5, '80', null]],
  [
    '/targetGroups/0/config/vpcIdentifier',
    ['vpc-0a1b2c3d', VPC],
    ['', 'vpc-', 'vpc-0a1b2c3', 'vpc-0A1B2C3D', `${VPC}0`, `${VPC}\n`, 'subnet-0a1b2c3d', null],
  ],
  ['/targetGroups/0/config/ipAddressType', ['IPV4'], ['ipv4', 'DUAL', null]],
  [check, [{}], [[], null, 'on']],
  [`${check}/enabled`, [true, false], ['true', 1, null]],
  [`${check}/protocol`, ['HTTP', 'HTTPS'], ['TCP', 'https', null]],
  [`${check}/protocolVersion`, ['HTTP1', 'HTTP2'], ['GRPC', 'HTTP3', null]],
  [`${check}/port`, [1, 65_535], [0, 65_536, 'traffic-port', null]],
  [
    `${check}/path`,
    ['/', '/health?deep=1&x=~a#b', `/${'a'.repeat(2_047)}`],
    ['', 'health', `/${'a'.repeat(2_048)}`, '/a b', '/é', null],
  ],
  [`${check}/healthCheckIntervalSeconds`, [6, 300], [0, 4, 301, 10.5, '30', null]],
  [`${check}/healthCheckTimeoutSeconds`, [1, 29], [0, 121, '5', null]],
  [`${check}/healthyThresholdCount`, [2, 10], [0, 1, 11, null]],
  [`${check}/unhealthyThresholdCount`, [2, 10], [0, 1, 11, null]],
  [`${check}/matcher`, [{}], [[], null, '200']],
  [
    `${check}/matcher/httpCode`,
    ['200', '200-299', '100,200-299,404,599', `200${',200'.repeat(499)}`],
    ['', '99', '600', '200-', '-299', '200,', '200, 404', '2xx', '200'.repeat(700), 200, null],
  ],
  ['/targetGroups/0/tags', [{}, tags(48)], [tags(49), [], null, 'a=b']],
  ['/targetGroups/0/tags/team', ['', 'a b_.:/=+-@é漢1', 'a'.repeat(256)], ['a'.repeat(257), 'a!', 5, null]],
  ['/targetGroups/0/targets', [[], addresses(1_000)], [addresses(1_001), {}, null]],
  ['/targetGroups/0/targets/0', [{ id: '10.0.1.5', port: 1 }], ['10.0.1.5', null, []]],
  ['/targetGroups/0/targets/0/id', ['0.0.0.0', '10.0.255.255'], ['', '10.0.1', '10.0.1.256', '10.0.01.5', 5]],
  ['/targetGroups/0/targets/0/port', [1, 65_535], [0, 65_536, '80', null]],
];
test('too many tags are counted', () => {
  const issues = issuesOf(targetGroups(ipGroup({ tags: tags(50) })));
  assert.deepEqual(issues, [{ pointer: '/targetGroups/0/tags', detail: 'must be at most 48 tags, not 50' }]);
});

testMembers(members, () => targetGroups(ipGroup({ tags: {} }, { port: 80, healthCheck: { matcher: {} } })));

const otherMembers: [group: object, members: MemberCase[]][] = [
  [
    instanceGroup(),
    [
      ['/targetGroups/0/config/protocolVersion', ['HTTP1', 'HTTP2', 'GRPC'], ['HTTP3', 'HTTP/2', null]],
      ['/targetGroups/0/targets/0/id', ['i-0a1b2c3d'], ['i-0', 'i-0A1B2C3D', '10.0.1.5', ALB, null]],
    ],
  ],
  [
    albGroup(),
    [
      ['/targetGroups/0/config/protocol', ['HTTP', 'HTTPS'], ['TCP', null]],
      ['/targetGroups/0/targets', [[]], [[{ id: ALB }, { id: `${ALB}0` }], null]],
      ['/targetGroups/0/targets/0/id', [ALB], [NLB, 'backoffice-alb', '10.0.1.5', FUNCTION, null]],
      ['/targetGroups/0/targets/0/port', [1, 65_535], [0, 65_536]],
    ],
  ],
  [
    lambdaGroup(),
    [
      ['/targetGroups/0/config/lambdaEventStructureVersion', ['V1', 'V2'], ['v1', 'V3', 1, null]],
      ['/targetGroups/0/targets', [[]], [[{ id: FUNCTION }, { id: `${FUNCTION}2` }], null]],
      [
        '/targetGroups/0/targets/0/id',
        [FUNCTION, `${FUNCTION}:live`, `${FUNCTION}:$LATEST`, `${FUNCTION}:7`],
        [
          'checkout',
          `${FUNCTION}:`,
          FUNCTION.replace(':function:', ':layer:'),
          FUNCTION.repeat(4),
          ALB,
          null,
        ],
      ],
    ],
  ],
  [
    ipGroup({ targets: [{ id: '2001:db8::1' }] }, { ipAddressType: 'IPV6' }),
    [['/targetGroups/0/targets/0/id', ['::1', '2001:DB8:0::1'], ['2001:db8', 'fe80::1%eth0', '[::1]', null]]],
  ],
];
for (const [group, cases] of otherMembers) testMembers(cases, () => targetGroups(group));

for (const [pointer, group] of [
  ['/targetGroups/0/name', ipGroup()],
  ['/targetGroups/0/type', ipGroup()],
  ['/targetGroups/0/config', ipGroup()],
  ['/targetGroups/0/config', instanceGroup()],
  ['/targetGroups/0/config', albGroup()],
  ['/targetGroups/0/config/protocol', ipGroup()],
  ['/targetGroups/0/config/vpcIdentifier', ipGroup()],
  ['/targetGroups/0/config/vpcIdentifier', instanceGroup()],
  ['/targetGroups/0/config/vpcIdentifier', albGroup()],
  ['/targetGroups/0/config/port', ipGroup({}, { protocol: 'TCP', port: 1 })],
  ['/targetGroups/0/targets/0/id', ipGroup()],
] as const) {
  test(`a ${group.type} group without ${pointer} is refused: it is missing, and must be as described`, () => {
    const [first, ...others] = issuesOf(at(targetGroups(group), pointer, undefined));
    assert.equal(first?.pointer, pointer);
    assert.match(first.detail, /^is missing; it must be /);
    assert.deepEqual(others, []);
  });
}

const of = (index: number, place: string) => `/targetGroups/${index}/${place}`;
const config = (place: string) => of(0, `config/${place}`);

const notForItsType: [type: string, group: object, places: string[]][] = [
  [
    'LAMBDA',
    lambdaGroup({
      config: {
        port: 80,
        protocol: 'HTTP',
        protocolVersion: 'HTTP1',
        vpcIdentifier: VPC,
        ipAddressType: 'IPV4',
        healthCheck: {},
      },
    }),
    [
      'config.port',
      'config.protocol',
      'config.protocolVersion',
      'config.vpcIdentifier',
      'config.ipAddressType',
      'config.healthCheck',
    ],
  ],
  [
    'ALB',
    albGroup({}, { ipAddressType: 'IPV4', healthCheck: {}, lambdaEventStructureVersion: 'V1' }),
    ['config.ipAddressType', 'config.healthCheck', 'config.lambdaEventStructureVersion'],
  ],
  [
    'INSTANCE',
    instanceGroup({}, { ipAddressType: 'IPV4', lambdaEventStructureVersion: 'V1' }),
    ['config.ipAddressType', 'config.lambdaEventStructureVersion'],
  ],
  ['IP', ipGroup({}, { lambdaEventStructureVersion: 'V1' }), ['config.lambdaEventStructureVersion']],
];
for (const [type, group, names] of notForItsType) {
  test(`a member that another type has is refused with the type that was chosen: ${type}`, () => {
    assert.deepEqual(
      issuesOf(targetGroups(group)).map(({ pointer, detail }) => [pointer, detail.split('; ')[0]]),
      names.map(name => [of(0, name.replaceAll('.', '/')), `\`${name}\` is not allowed for type ${type}`]),
    );
  });
}

const wrong: WrongCase[] = [
  [
    'a target of a function has no port',
    targetGroups(lambdaGroup({ targets: [{ id: FUNCTION, port: 80 }] })),
    [[of(0, 'targets/0/port'), /^`targets\.0\.port` is not allowed for type LAMBDA; .* are `id`$/]],
  ],
  [
    'TCP has no protocol version',
    targetGroups(ipGroup({}, { protocol: 'TCP', port: 8443, protocolVersion: 'HTTP1' })),
    [[config('protocolVersion'), /must be omitted: TCP has no protocol version, not "HTTP1"/]],
  ],
  [
    'a TCP health check does not exist, though the API has the word',
    targetGroups(ipGroup({}, { protocol: 'TCP', port: 8443, healthCheck: { protocol: 'TCP' } })),
    [
      [
        config('healthCheck/protocol'),
        /must be `HTTP` or `HTTPS`, the only health check protocols of VPC Lattice/,
      ],
    ],
  ],
  [
    'the API resets on 0, a request says what it wants',
    targetGroups(ipGroup({}, { healthCheck: { healthyThresholdCount: 0, healthCheckIntervalSeconds: 0 } })),
    [
      [config('healthCheck/healthyThresholdCount'), /from 2 to 10, not 0/],
      [config('healthCheck/healthCheckIntervalSeconds'), /from 5 to 300, not 0/],
    ],
  ],
  [
    'a slip of the finger in the configuration of the chosen type',
    targetGroups(ipGroup({}, { helthCheck: {} })),
    [[config('helthCheck'), /did you mean `healthCheck`\?$/]],
  ],
  [
    'a slip of the finger in a health check',
    targetGroups(ipGroup({}, { healthCheck: { HealthyThreshold: 2, Matcher: {} } })),
    [
      [config('healthCheck/HealthyThreshold'), /did you mean `healthyThresholdCount`\?$/],
      [config('healthCheck/Matcher'), /did you mean `matcher`\?$/],
    ],
  ],
  [
    'a slip of the finger in a matcher and in a target',
    targetGroups(
      ipGroup({ targets: [{ id: '10.0.1.5', Port: 1 }] }, { healthCheck: { matcher: { httpCodes: '200' } } }),
    ),
    [
      [config('healthCheck/matcher/httpCodes'), /did you mean `httpCode`\?$/],
      [of(0, 'targets/0/Port'), /did you mean `port`\?$/],
    ],
  ],
  [
    'a slip that no member of the type is near to',
    targetGroups(lambdaGroup({ config: { memorySize: 128 } })),
    [[config('memorySize'), /unknown member `memorySize`; .* are `lambdaEventStructureVersion`$/]],
  ],
  [
    'a tag may not begin with `aws:`',
    targetGroups(ipGroup({ tags: { 'aws:team': 'x' } })),
    [[of(0, 'tags/aws:team'), /not beginning with `aws:` or `gatehouse:`.*, not "aws:team"$/]],
  ],
  [
    'nor be taken for one of ours, nor be empty, too long or of other characters',
    targetGroups(ipGroup({ tags: { 'gatehouse:job': 'x', '': 'x', ['a'.repeat(129)]: 'x', 'a!': 'x' } })),
    [
      [of(0, 'tags/gatehouse:job'), /or `gatehouse:`/],
      [of(0, 'tags/'), /of at most 128 characters, not ""$/],
      [of(0, `tags/${'a'.repeat(129)}`), /of at most 128 characters/],
      [of(0, 'tags/a!'), /must be a tag name of letters/],
    ],
  ],
  [
    'a tag that would change a prototype is not left out in silence',
    targetGroups(ipGroup({ tags: JSON.parse('{"__proto__":"x"}') })),
    [[of(0, 'tags/__proto__'), /is not a valid tag name here/]],
  ],
  [
    'a check ends before the next begins',
    targetGroups(
      ipGroup({}, { healthCheck: { healthCheckIntervalSeconds: 10, healthCheckTimeoutSeconds: 10 } }),
    ),
    [[config('healthCheck/healthCheckTimeoutSeconds'), /10 is not less than the interval of 10 seconds/]],
  ],
  [
    'so it does with the usual interval',
    targetGroups(ipGroup({}, { healthCheck: { healthCheckTimeoutSeconds: 30 } })),
    [[config('healthCheck/healthCheckTimeoutSeconds'), /30 is not less than the interval of 30 seconds/]],
  ],
  [
    'and with the usual timeout, where the interval is what was written',
    targetGroups(ipGroup({}, { healthCheck: { healthCheckIntervalSeconds: 5 } })),
    [
      [
        config('healthCheck/healthCheckIntervalSeconds'),
        /5 is not greater than the default timeout of 5 seconds/,
      ],
    ],
  ],
  [
    'a range of codes that runs backward holds none',
    targetGroups(ipGroup({}, { healthCheck: { matcher: { httpCode: '200,299-200' } } })),
    [[config('healthCheck/matcher/httpCode'), /299-200 is not a valid range/]],
  ],
  [
    'an address is of the family of its group',
    targetGroups(ipGroup({ targets: [{ id: '10.0.1.5' }, { id: '2001:db8::1' }] })),
    [[of(0, 'targets/1/id'), /is an `IPV6` address, but the group's `ipAddressType` is `IPV4`/]],
  ],
  [
    'the other family likewise',
    targetGroups(ipGroup({}, { ipAddressType: 'IPV6' })),
    [[of(0, 'targets/0/id'), /is an `IPV4` address, but the group's `ipAddressType` is `IPV6`/]],
  ],
  [
    'a load balancer is in the region of its group',
    targetGroups(albGroup({ region: 'us-east-1' })),
    [[of(0, 'targets/0/id'), /is in `eu-west-1`, but its group is in `us-east-1`/]],
  ],
  [
    'a function is in the region of its group',
    targetGroups(lambdaGroup({ region: 'us-east-1' })),
    [[of(0, 'targets/0/id'), /is in `eu-west-1`, but its group is in `us-east-1`/]],
  ],
  [
    'a target group name is unique in its region',
    targetGroups(ipGroup(), lambdaGroup({ name: 'checkout' })),
    [[of(1, 'name'), /`checkout` is already given at \/targetGroups\/0\/name/]],
  ],
  [
    'so has the region that Gatehouse runs in',
    targetGroups(ipGroup({ region: undefined }), ipGroup({ region: undefined })),
    [[of(1, 'name'), /already given/]],
  ],
  [
    'a target is in a group once',
    targetGroups(ipGroup({ targets: [{ id: '10.0.1.5' }, { id: '10.0.1.5' }] })),
    [[of(0, 'targets/1'), /`10\.0\.1\.5 port 80` is already given at \/targetGroups\/0\/targets\/0/]],
  ],
  [
    'a target without a port has the port of its group',
    targetGroups(
      instanceGroup(
        { targets: [{ id: 'i-0a1b2c3d', port: 443 }, { id: 'i-0a1b2c3d' }] },
        { protocol: 'HTTPS' },
      ),
    ),
    [[of(0, 'targets/1'), /`i-0a1b2c3d port 443` is already given/]],
  ],
  [
    'an IPv6 address in two spellings is one address',
    targetGroups(
      ipGroup(
        { targets: [{ id: '2001:db8::1' }, { id: '2001:0DB8:0:0::1', port: 80 }] },
        { ipAddressType: 'IPV6' },
      ),
    ),
    [[of(0, 'targets/1'), /`2001:db8::1 port 80` is already given/]],
  ],
  [
    'all groups of a request share the targets that it may have',
    targetGroups(ipGroup({ targets: addresses(600) }), ipGroup({ name: 'other', targets: addresses(401) })),
    [['/targetGroups', /have 1001 targets in all; a request has at most 1000/]],
  ],
];
testWrong(wrong);

const right: [reason: string, value: unknown][] = [
  [
    'one address on two ports',
    targetGroups(ipGroup({ targets: [{ id: '10.0.1.5', port: 1 }, { id: '10.0.1.5' }] })),
  ],
  ['one name in two regions', targetGroups(ipGroup(), ipGroup({ region: 'us-east-1' }))],
  ['one address in two groups', targetGroups(ipGroup(), ipGroup({ name: 'other' }))],
  ['a region that nobody told: the targets may be in it', targetGroups(albGroup({ region: undefined }))],
  [
    'a gRPC group that is checked over HTTP2',
    targetGroups(
      ipGroup({}, { protocolVersion: 'GRPC', healthCheck: { enabled: true, protocolVersion: 'HTTP2' } }),
    ),
  ],
  [
    'the longest timeout with the longest interval',
    targetGroups(
      ipGroup({}, { healthCheck: { healthCheckIntervalSeconds: 300, healthCheckTimeoutSeconds: 120 } }),
    ),
  ],
  ['a tag that has `aws:` inside', targetGroups(ipGroup({ tags: { 'team:aws:x': '', AWS: '' } }))],
  [
    'as many targets as a request may have, in two groups',
    targetGroups(ipGroup({ targets: addresses(600) }), ipGroup({ name: 'other', targets: addresses(400) })),
  ],
];
for (const [reason, value] of right) {
  test(`accepted: ${reason}`, () => {
    assert.deepEqual(issuesOf(value), []);
  });
}

const besides: [reason: string, value: unknown, pointers: string[]][] = [
  [
    'a broken port of the group hides no doubled target, and doubles none',
    targetGroups(
      ipGroup(
        { targets: [{ id: '10.0.1.5', port: 80 }, { id: '10.0.1.5' }, { id: '10.0.1.5' }] },
        { port: 0 },
      ),
    ),
    [config('port'), of(0, 'targets/2')],
  ],
  [
    'a broken port of a target doubles none',
    targetGroups(ipGroup({ targets: [{ id: '10.0.1.5', port: 0 }, { id: '10.0.1.5' }] })),
    [of(0, 'targets/0/port')],
  ],
  [
    'a broken region is none that a target could miss',
    targetGroups(lambdaGroup({ region: 'Ireland' })),
    [of(0, 'region')],
  ],
  [
    'a broken interval is not the usual one',
    targetGroups(
      ipGroup({}, { healthCheck: { healthCheckIntervalSeconds: 500, healthCheckTimeoutSeconds: 40 } }),
    ),
    [config('healthCheck/healthCheckIntervalSeconds')],
  ],
  [
    'a broken family is not the usual one',
    targetGroups(ipGroup({ targets: [{ id: '::1' }] }, { ipAddressType: 'V6' })),
    [config('ipAddressType')],
  ],
  [
    'a broken group hides no doubled name of two others',
    targetGroups(ipGroup(), lambdaGroup({ type: 'FUNCTION' }), ipGroup()),
    [of(1, 'type'), of(2, 'name')],
  ],
  [
    'a member for another type hides no timeout above the interval',
    targetGroups(
      ipGroup({}, { lambdaEventStructureVersion: 'V1', healthCheck: { healthCheckTimeoutSeconds: 60 } }),
    ),
    [config('lambdaEventStructureVersion'), config('healthCheck/healthCheckTimeoutSeconds')],
  ],
];
for (const [reason, value, pointers] of besides) {
  test(`all mistakes are reported, and no others: ${reason}`, () => {
    assert.deepEqual(
      issuesOf(value).map(each => each.pointer),
      pointers,
    );
  });
}
