// Every member of a request: its default, both ends of its range and one beyond, and what is said of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alicloudParts } from '@gatehouse/core/request/alicloud/parts';
import { parseRequest, requestSchema } from '@gatehouse/core/request/request';
import { z } from 'zod';
import { inlined } from './inlined.ts';
import {
  at,
  group,
  issuesOf,
  lambdaGroup,
  type MemberCase,
  many,
  policy,
  request,
  stickinessPolicies,
  targetGroups,
  testMembers,
} from './requests.ts';

const ACCELERATOR =
  'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-12ab-34cd-56ef-1234567890ab';
const NLB = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/edge/0123456789abcdef';
const ATTACHMENT = 'arn:aws:globalaccelerator::123456789012:attachment/1234abcd-12ab-34cd-56ef-1234567890ab';

test('the smallest request gets every default of ours and none that is the cloud to choose', () => {
  const smallest = {
    operation: 'provision',
    entryPoint: 'checkout-edge',
    listener: { acceleratorArn: ACCELERATOR, protocol: 'TCP', portRanges: [{ fromPort: 443, toPort: 443 }] },
    endpointGroups: [{ region: 'eu-west-1', endpoints: [{ endpointId: NLB }] }],
  };
  assert.deepEqual(parseRequest(smallest), {
    ok: true,
    request: {
      operation: 'provision',
      entryPoint: 'checkout-edge',
      cloud: 'aws',
      options: {
        queueSeconds: 86_400,
        adopt: false,
        protected: false,
        allowInterruption: false,
        force: false,
      },
      listener: {
        acceleratorArn: ACCELERATOR,
        protocol: 'TCP',
        portRanges: [{ fromPort: 443, toPort: 443 }],
        clientAffinity: 'NONE',
      },
      endpointGroups: [
        {
          region: 'eu-west-1',
          trafficDialPercentage: 100,
          healthCheckProtocol: 'TCP',
          healthCheckPath: '/',
          healthCheckIntervalSeconds: 30,
          thresholdCount: 3,
          endpoints: [{ endpointId: NLB, weight: 128 }],
          portOverrides: [],
        },
      ],
      targetGroups: [],
      stickinessPolicies: [],
    },
  });
});

test('a listener without endpoint groups has an empty list of them', () => {
  const parsed = parseRequest({ ...request(), endpointGroups: undefined });
  assert.deepEqual(parsed.ok && parsed.request.endpointGroups, []);
});

test('a request asks for a listener, target groups or stickiness policies: for one of them at least', () => {
  const nothing = { operation: 'provision', entryPoint: 'checkout-edge' };
  for (const empty of [{}, { endpointGroups: [] }, { targetGroups: [], stickinessPolicies: [] }]) {
    assert.deepEqual(issuesOf({ ...nothing, ...empty }), [
      {
        pointer: '',
        detail: 'the spec is empty; it must have a `listener`, `targetGroups` or `stickinessPolicies`',
      },
    ]);
  }
  for (const part of [
    { listener: request().listener },
    targetGroups(lambdaGroup()),
    stickinessPolicies(policy()),
    { ...request(), ...targetGroups(lambdaGroup()), ...stickinessPolicies(policy()) },
    { ...targetGroups(lambdaGroup()), endpointGroups: [], stickinessPolicies: [] },
  ]) {
    assert.deepEqual(issuesOf({ ...nothing, ...part }), []);
  }
});

test('endpoint groups without a listener miss it, whatever else is asked for', () => {
  for (const others of [{}, targetGroups(lambdaGroup())]) {
    const issues = issuesOf({ ...request({ listener: undefined }), ...others });
    assert.deepEqual(
      issues.map(each => each.pointer),
      ['/listener'],
    );
    assert.match(issues[0]?.detail ?? '', /; it must be given with `endpointGroups`$/);
  }
});

test('a part that is wrong is there: nothing is said of a part that is missing', () => {
  for (const [part, wrong] of [
    ['listener', null],
    ['targetGroups', 'all'],
    ['stickinessPolicies', [5]],
  ] as const) {
    const issues = issuesOf({ operation: 'provision', entryPoint: 'checkout-edge', [part]: wrong });
    assert.equal(issues.length, 1, JSON.stringify(issues));
    assert.match(issues[0]?.pointer ?? '', new RegExp(`^/${part}`));
  }
});

test('zero is a value: a weight and a traffic dial of 0 survive', () => {
  const endpoints = [{ endpointId: NLB, weight: 0 }];
  const parsed = parseRequest(request({ endpointGroups: [group({ trafficDialPercentage: 0, endpoints })] }));
  assert.ok(parsed.ok && parsed.request.cloud === 'aws');
  const [parsedGroup] = parsed.request.endpointGroups;
  assert.deepEqual([parsedGroup?.trafficDialPercentage, parsedGroup?.endpoints[0]?.weight], [0, 0]);
});

const ranges = (count: number) => many(count, index => ({ fromPort: index + 1, toPort: index + 1 }));
const nlb = (name: string) => NLB.replace('/edge/', `/${name}/`);
const endpoints = (count: number) => many(count, index => ({ endpointId: nlb(`edge${index}`) }));
const overrides = (count: number) =>
  many(count, index => ({ listenerPort: 400 + index, endpointPort: 8000 + index }));
const regions = (count: number) => many(count, index => group({ region: `eu-west-${index}`, endpoints: [] }));

const members: MemberCase[] = [
  ['/operation', ['provision', 'update'], ['PROVISION', '', null, 1, ['update'], { toString: 1 }]],
  [
    '/entryPoint',
    ['abc', 'a'.repeat(63), 'a-1-b'],
    ['ab', 'a'.repeat(64), 'Abc', '1ab', 'ab-', 'a--b', 'a_b', 'abc\n', 7],
  ],
  ['/cloud', ['aws'], ['gcp', 'AWS', '', null]],
  ['/options', [{}], [[], null, 'fast', new Date(0)]],
  [
    '/options/deadlineSeconds',
    [60, 43_200],
    [59, 43_201, 60.5, '60', null, Number.NaN, Number.POSITIVE_INFINITY],
  ],
  [
    '/listener/acceleratorArn',
    [ACCELERATOR, ACCELERATOR.replace('arn:aws:', 'arn:aws-us-gov:')],
    [
      '',
      `${ACCELERATOR}/listener/0123abcd`,
      ACCELERATOR.replace('::', ':us-west-2:'),
      'arn:aws:s3:::bucket',
      `${ACCELERATOR}\n`,
      ACCELERATOR + '0'.repeat(255),
      5,
    ],
  ],
  ['/listener/protocol', ['TCP', 'UDP'], ['tcp', 'HTTP', '', 6, null]],
  ['/listener/clientAffinity', ['NONE', 'SOURCE_IP'], ['none', 'DEST_IP', null]],
  ['/listener/portRanges', [ranges(1), ranges(10)], [[], ranges(11), {}, '443', null]],
  ['/listener/portRanges/0/fromPort', [1, 499], [0, -1, 65_536, 1.5, '443', null, true, 443n]],
  ['/listener/portRanges/0/toPort', [400, 65_535], [0, 65_536, Number.NaN]],
  ['/endpointGroups', [[], regions(1), regions(42)], [regions(43), {}, null]],
  [
    '/endpointGroups/0/region',
    ['eu-west-1', 'us-gov-west-1', 'ap-southeast-7'],
    ['Ireland', 'eu-west-1a', 'EU-WEST-1', '', 1],
  ],
  ['/endpointGroups/0/trafficDialPercentage', [0, 0.5, 100], [-0.1, 100.1, '50', null, Number.NaN]],
  ['/endpointGroups/0/healthCheckPort', [1, 65_535], [0, 65_536, null]],
  ['/endpointGroups/0/healthCheckProtocol', ['TCP', 'HTTP', 'HTTPS'], ['UDP', 'https', null]],
  [
    '/endpointGroups/0/healthCheckPath',
    ['/', '/health?deep=1&x=~a#b', `/${'a'.repeat(254)}`],
    ['', 'health', `/${'a'.repeat(255)}`, '/a b', '/a\n', '/é', '/a\0', '/\ud800', null],
  ],
  ['/endpointGroups/0/healthCheckIntervalSeconds', [10, 30], [9, 11, 20, 31, '10', null]],
  ['/endpointGroups/0/thresholdCount', [1, 10], [0, 11, 1.5]],
  ['/endpointGroups/0/endpoints', [[], endpoints(10)], [endpoints(11), null, {}]],
  ['/endpointGroups/0/endpoints/0/endpointId', [NLB], ['', 'x'.repeat(256), 5, null]],
  ['/endpointGroups/0/endpoints/0/weight', [0, 255], [-1, 256, 0.5, '1', null]],
  ['/endpointGroups/0/endpoints/0/clientIPPreservationEnabled', [true, false], ['true', 1, null]],
  [
    '/endpointGroups/0/endpoints/0/attachmentArn',
    [ATTACHMENT],
    ['', ACCELERATOR, ATTACHMENT.repeat(4), null],
  ],
  ['/endpointGroups/0/portOverrides', [[], overrides(10)], [overrides(11), null, {}]],
  ['/endpointGroups/0/portOverrides/0/listenerPort', [400, 499], [0, 65_536, '443']],
  ['/endpointGroups/0/portOverrides/0/endpointPort', [1, 65_535], [0, 65_536, null]],
];

/** Nothing in it limits another member's range: the instance is of no known region, and only a load balancer has the choice. */
function roomyRequest(pointer: string) {
  const listener = { ...request().listener, portRanges: [{ fromPort: 400, toPort: 499 }] };
  const portOverrides = pointer.includes('portOverrides') ? overrides(1) : [];
  const endpointId = pointer.endsWith('clientIPPreservationEnabled') ? NLB : 'i-0123456789abcdef0';
  const endpointGroups = [group({ endpoints: [{ endpointId }], portOverrides })];
  return request({ listener, endpointGroups });
}

testMembers(members, roomyRequest);

for (const pointer of [
  '/operation',
  '/entryPoint',
  '/listener',
  '/listener/acceleratorArn',
  '/listener/protocol',
  '/listener/portRanges',
  '/listener/portRanges/0/fromPort',
  '/listener/portRanges/0/toPort',
  '/endpointGroups/0/region',
  '/endpointGroups/0/endpoints/0/endpointId',
]) {
  test(`a request without ${pointer} is refused: it is missing, and must be as described`, () => {
    const [first, ...others] = issuesOf(at(request(), pointer, undefined));
    assert.equal(first?.pointer, pointer);
    assert.match(first.detail, /^is missing; it must be /);
    assert.deepEqual(others, []);
  });
}

test('a whole that is no object is one mistake at the whole', () => {
  for (const whole of [
    null,
    [],
    'text',
    1,
    true,
    undefined,
    Number.NaN,
    () => 1,
    Symbol('x'),
    1n,
    new Map(),
  ]) {
    const issues = issuesOf(whole);
    assert.deepEqual(
      issues.map(each => each.pointer),
      [''],
      JSON.stringify(issues),
    );
  }
});

test('for an unknown cloud only what no cloud allows is reported besides', () => {
  const issues = issuesOf({ entryPoint: 'X', cloud: 'gcp', operation: 'provision', targetGroups: 1 });
  assert.deepEqual(
    issues.map(({ pointer }) => pointer),
    ['/entryPoint', '/cloud'],
  );
  assert.equal(issues[1]?.detail, 'must be `aws` or `alicloud`, not "gcp"');
});

const unknown: [reason: string, pointer: string, said: RegExp][] = [
  ['a slip of the finger', '/lissener', /did you mean `listener`\?$/],
  ['the name in the API', '/listener/PortRanges', /did you mean `portRanges`\?$/],
  ['snake case', '/listener/portRanges/0/from_port', /did you mean `fromPort`\?$/],
  ['a missing plural', '/endpointGroup', /did you mean `endpointGroups`\?$/],
  ['a member of a list item deep inside', '/endpointGroups/0/endpoints/0/wieght', /did you mean `weight`\?$/],
  ['a member of an optional object', '/options/deadlineSecond', /did you mean `deadlineSeconds`\?$/],
  [
    'a member of an override',
    '/endpointGroups/0/portOverrides/0/endpointPorts',
    /did you mean `endpointPort`\?$/,
  ],
  [
    'nothing near: the known names are listed',
    '/listener/name',
    /known here are `acceleratorArn`, `protocol`, `portRanges`, `clientAffinity`$/,
  ],
  ['a part in the singular', '/targetGroup', /did you mean `targetGroups`\?$/],
  ['a part of no kind that we know', '/accelerators', /known here are `operation`, /],
  ['a name of every object', '/constructor', /unknown member `constructor`/],
  ['a name of every object, deeper', '/listener/toString', /unknown member `toString`/],
  ['a name that a pointer must escape', '/listener/a~1b~0c', /unknown member `a\/b~c`/],
  [
    'a name too long to compare or to quote',
    `/listener/${'portRanges'.repeat(20)}`,
    /^unknown member `.{60}\.\.\.`; the members/,
  ],
];
for (const [reason, pointer, said] of unknown) {
  test(`an unknown member is reported at its place: ${reason}`, () => {
    const base = request({
      endpointGroups: [group({ portOverrides: [{ listenerPort: 443, endpointPort: 8443 }] })],
    });
    const issues = issuesOf(at(base, pointer, 'x'));
    assert.deepEqual(
      issues.map(each => each.pointer),
      [pointer],
    );
    assert.match(issues[0]?.detail ?? '', said);
  });
}

test('a member named __proto__ is unknown and changes no prototype', () => {
  const issues = issuesOf(JSON.parse(JSON.stringify(request()).replace('{', '{"__proto__":{"polluted":1},')));
  assert.deepEqual(
    issues.map(each => each.pointer),
    ['/__proto__'],
  );
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
});

test('details quote the given value, shortened and without its contents', () => {
  const said = (value: unknown) => issuesOf(at(request(), '/listener/protocol', value))[0]?.detail;
  assert.equal(said('x'.repeat(100)), `must be \`TCP\` or \`UDP\`, not "${'x'.repeat(60)}..."`);
  assert.equal(said({ secret: 1 }), 'must be `TCP` or `UDP`, not an object');
  assert.equal(said([1, 2]), 'must be `TCP` or `UDP`, not a list of 2');
});

test('more than 100 mistakes are cut, and the last one counts the rest', () => {
  const foreignObjects = Object.fromEntries(many(200, index => [`stranger${index}`, 1]));
  const issues = issuesOf({ ...request(), ...foreignObjects });
  assert.equal(issues.length, 100);
  assert.deepEqual(issues.at(-1), { pointer: '', detail: 'and 101 more errors' });
});

const hostile: [reason: string, value: unknown, said: RegExp][] = [
  ['nesting', JSON.parse('['.repeat(5000) + ']'.repeat(5000)), /nested deeper than 32 levels/],
  ['number of values', Array.from({ length: 100_000 }, () => 1), /more than 50000 values/],
  ['an object that is not plain', { ...request(), listener: new Map() }, /not a plain JSON object/],
  ['a cycle', cycle(), /nested deeper than 32 levels/],
];
for (const [reason, value, said] of hostile) {
  test(`a hostile value is a mistake: ${reason}`, () => {
    assert.match(
      issuesOf(value)
        .map(each => each.detail)
        .join('\n'),
      said,
    );
  });
}

function cycle(): unknown {
  const value: Record<string, unknown> = {};
  value['listener'] = value;
  return value;
}

test('the schema has type, range, default, unit, change in place and description of every leaf', () => {
  const leaves = leavesOf(inlined(requestSchema), '');
  // 27 for the listener's lane and the request itself; 48, 51, 14 and 6 for the types of a target group, those
  // of its configuration once for each protocol; 7 for a stickiness policy. The rest is Alibaba Cloud's.
  const alicloud = leavesOf(inlined(z.object(alicloudParts)), '');
  assert.equal(leaves.length - alicloud.length, 153 + 9);
  for (const { pointer, leaf } of leaves) {
    assert.equal(typeof leaf['inPlace'], 'boolean', pointer);
    assert.match(String(leaf['description']), /^[A-Z].*\.$/, pointer);
  }
});

test('of a target group health check, tags and targets change in place, of a policy its ports and `replace`', () => {
  const leaves = leavesOf(inlined(requestSchema), '');
  const inPlace = leaves
    .filter(({ pointer, leaf }) => /^\/(targetGroups|stickinessPolicies)\//.test(pointer) && leaf['inPlace'])
    .map(({ pointer }) => pointer.replace(/\/healthCheck\/.*/, '/healthCheck'));
  assert.deepEqual(
    new Set(inPlace),
    new Set([
      '/targetGroups/*/config/healthCheck',
      '/targetGroups/*/tags',
      '/targetGroups/*/targets/*/id',
      '/targetGroups/*/targets/*/port',
      '/stickinessPolicies/*/loadBalancerPorts/*',
      '/stickinessPolicies/*/replace',
    ]),
  );
});

function leavesOf(schema: unknown, pointer: string): { pointer: string; leaf: Record<string, unknown> }[] {
  const node = z.record(z.string(), z.unknown()).parse(schema);
  if (node['oneOf']) {
    return z
      .array(z.unknown())
      .parse(node['oneOf'])
      .flatMap(option => leavesOf(option, pointer));
  }
  if (node['items']) return leavesOf(node['items'], `${pointer}/*`);
  const properties = z.record(z.string(), z.unknown()).optional().parse(node['properties']);
  if (!properties) return [{ pointer, leaf: node }];
  return Object.entries(properties).flatMap(([name, member]) => leavesOf(member, `${pointer}/${name}`));
}
