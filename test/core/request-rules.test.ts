// The rules that no schema says: what is wrong only together, each with the reason why.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEndpointId } from '@gatehouse/core/request/aws/endpoint-id';
import { ALB, at, group, issuesOf, NLB, request, testWrong, type WrongCase } from './requests.ts';

const elb = (name: string, region = 'eu-west-1') =>
  `arn:aws:elasticloadbalancing:${region}:123456789012:${name}`;
const ranges = (...pairs: [number, number][]) => pairs.map(([fromPort, toPort]) => ({ fromPort, toPort }));
const listening = (protocol: string, ...pairs: [number, number][]) => ({
  ...request().listener,
  protocol,
  portRanges: ranges(...pairs),
});
const withEndpoints = (...endpoints: object[]) => request({ endpointGroups: [group({ endpoints })] });
const withOverrides = (...pairs: [number, number][]) =>
  request({
    listener: listening('TCP', [80, 89], [443, 443]),
    endpointGroups: [
      group({ portOverrides: pairs.map(([listenerPort, endpointPort]) => ({ listenerPort, endpointPort })) }),
    ],
  });
const endpointPath = '/endpointGroups/0/endpoints/0/endpointId';

const wrong: WrongCase[] = [
  [
    'a range that runs backward holds no port',
    request({ listener: listening('TCP', [443, 80]) }),
    [['/listener/portRanges/0', /`fromPort` 443 is greater than `toPort` 80/]],
  ],
  [
    'a port in two ranges of a listener is InvalidPortRange',
    request({ listener: listening('TCP', [80, 443], [443, 500]) }),
    [['/listener/portRanges/1', /443-500 overlaps 80-443 at \/listener\/portRanges\/0/]],
  ],
  [
    'a range inside an earlier one overlaps, whichever comes first',
    request({ listener: listening('TCP', [443, 443], [1, 1000], [500, 501]) }),
    [
      ['/listener/portRanges/1', /1-1000 overlaps 443 at/],
      ['/listener/portRanges/2', /500-501 overlaps 1-1000 at/],
    ],
  ],
  [
    'the same range twice overlaps',
    request({ listener: listening('UDP', [53, 53], [53, 53]) }),
    [['/listener/portRanges/1', /53 overlaps 53/]],
  ],
  [
    'the endpoints of a group are in its region',
    withEndpoints({ endpointId: elb('loadbalancer/net/a/0123456789abcdef', 'us-east-1') }),
    [[endpointPath, /is in `us-east-1`, but its group is in `eu-west-1`/]],
  ],
  [
    'so are those of another account',
    withEndpoints({ endpointId: 'arn:aws:ec2:us-east-1:123456789012:elastic-ip/eipalloc-0123456789abcdef0' }),
    [[endpointPath, /is in `us-east-1`/]],
  ],
  [
    'a Classic Load Balancer is no endpoint',
    withEndpoints({ endpointId: elb('loadbalancer/classic') }),
    [[endpointPath, /is a Classic Load Balancer; expected the ARN of /]],
  ],
  [
    'a Gateway Load Balancer is no endpoint',
    withEndpoints({ endpointId: elb('loadbalancer/gwy/a/0123456789abcdef') }),
    [[endpointPath, /is a Gateway Load Balancer/]],
  ],
  [
    'a target group is no endpoint',
    withEndpoints({ endpointId: elb('targetgroup/a/0123456789abcdef') }),
    [[endpointPath, /is a target group/]],
  ],
  [
    'a listener of a load balancer is no endpoint',
    withEndpoints({ endpointId: elb('listener/app/a/0123456789abcdef/0123456789abcdef') }),
    [[endpointPath, /is a listener of a load balancer/]],
  ],
  [
    'an ARN without the load balancer is cut off',
    withEndpoints({ endpointId: elb('loadbalancer/app/a') }),
    [[endpointPath, /is not a valid load balancer ARN/]],
  ],
  [
    'a Lattice target group is no endpoint',
    withEndpoints({
      endpointId: 'arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-0123456789abcdef0',
    }),
    [[endpointPath, /ARN of the service `vpc-lattice`/]],
  ],
  [
    'an EC2 ARN of something else is no endpoint',
    withEndpoints({ endpointId: 'arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-0123456789abcdef0' }),
    [[endpointPath, /is not a valid endpoint/]],
  ],
  [
    'a DNS name is no endpoint id',
    withEndpoints({ endpointId: 'edge.elb.amazonaws.com' }),
    [[endpointPath, /is not a valid endpoint/]],
  ],
  [
    'an address is no endpoint id',
    withEndpoints({ endpointId: '10.0.0.1' }),
    [[endpointPath, /is not a valid endpoint/]],
  ],
  [
    'a NUL makes an id of nothing',
    withEndpoints({ endpointId: `${NLB}\0` }),
    [
      [endpointPath, /contains the character NUL/],
      [endpointPath, /is not a valid/],
    ],
  ],
  [
    'a listener has one group per region',
    request({ endpointGroups: [group(), group({ endpoints: [] }), group({ endpoints: [] })] }),
    [
      ['/endpointGroups/1/region', /`eu-west-1` is already given at \/endpointGroups\/0\/region/],
      ['/endpointGroups/2/region', /at \/endpointGroups\/0\/region/],
    ],
  ],
  [
    'an endpoint twice in a group would have two weights',
    withEndpoints({ endpointId: NLB, weight: 1 }, { endpointId: NLB, weight: 2 }),
    [
      [
        '/endpointGroups/0/endpoints/1/endpointId',
        /already given at \/endpointGroups\/0\/endpoints\/0\/endpointId/,
      ],
    ],
  ],
  [
    'an instance by id and by ARN is one endpoint',
    withEndpoints(
      { endpointId: 'i-0123456789abcdef0' },
      { endpointId: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0' },
    ),
    [['/endpointGroups/0/endpoints/1/endpointId', /`i-0123456789abcdef0` is already given/]],
  ],
  [
    'an endpoint in two groups of a listener would be in two regions',
    request({
      endpointGroups: [
        group({ endpoints: [{ endpointId: 'eipalloc-0123456789abcdef0' }] }),
        group({ region: 'eu-west-2', endpoints: [{ endpointId: 'eipalloc-0123456789abcdef0' }] }),
      ],
    }),
    [['/endpointGroups/1/endpoints/0/endpointId', /each endpoint can be on a listener only once/]],
  ],
  [
    'an Application Load Balancer serves no UDP',
    request({
      listener: listening('UDP', [53, 53]),
      endpointGroups: [group({ endpoints: [{ endpointId: ALB }] })],
    }),
    [
      [
        endpointPath,
        /is an Application Load Balancer, which does not support UDP; use TCP, or a Network Load Balancer/,
      ],
    ],
  ],
  [
    "an Elastic IP cannot preserve the client's address",
    withEndpoints({ endpointId: 'eipalloc-0123456789abcdef0', clientIPPreservationEnabled: true }),
    [
      [
        '/endpointGroups/0/endpoints/0/clientIPPreservationEnabled',
        /is not supported for an Elastic IP; omit it or set it to false/,
      ],
    ],
  ],
  [
    "an instance always preserves the client's address",
    withEndpoints({ endpointId: 'i-0123456789abcdef0', clientIPPreservationEnabled: false }),
    [
      [
        '/endpointGroups/0/endpoints/0/clientIPPreservationEnabled',
        /is always on for an instance; omit it or set it to true/,
      ],
    ],
  ],
  [
    'an override begins at a port of the listener',
    withOverrides([90, 8080]),
    [['/endpointGroups/0/portOverrides/0/listenerPort', /90 is not a port of the listener \(80-89, 443\)/]],
  ],
  [
    'an override may not end on a port of the listener',
    withOverrides([443, 85]),
    [['/endpointGroups/0/portOverrides/0/endpointPort', /85 is a port of the listener;/]],
  ],
  [
    'nor lead a port to itself',
    withOverrides([443, 443]),
    [['/endpointGroups/0/portOverrides/0/endpointPort', /443 is a port of the listener;/]],
  ],
  [
    'two listener ports cannot share an endpoint port',
    withOverrides([80, 8080], [81, 8080]),
    [['/endpointGroups/0/portOverrides/1/endpointPort', /`8080` is already given/]],
  ],
  [
    'a listener port goes to one endpoint port',
    withOverrides([80, 8080], [80, 8081]),
    [['/endpointGroups/0/portOverrides/1/listenerPort', /`80` is already given/]],
  ],
];
testWrong(wrong);

const right: [reason: string, value: unknown][] = [
  [
    'ranges that touch do not overlap',
    request({ listener: listening('TCP', [80, 442], [443, 443], [444, 500]) }),
  ],
  ['every port of a listener in one range', request({ listener: listening('TCP', [1, 65_535]) })],
  [
    'a Network Load Balancer, an Elastic IP and an instance serve UDP',
    request({
      listener: listening('UDP', [53, 53]),
      endpointGroups: [
        group({
          endpoints: [
            { endpointId: NLB },
            { endpointId: 'eipalloc-01234567' },
            { endpointId: 'i-0123456789abcdef0' },
          ],
        }),
      ],
    }),
  ],
  [
    'every kind of endpoint serves TCP, mixed',
    withEndpoints(
      { endpointId: ALB, clientIPPreservationEnabled: false },
      { endpointId: NLB, clientIPPreservationEnabled: true },
      { endpointId: 'eipalloc-0123456789abcdef0', clientIPPreservationEnabled: false },
      { endpointId: 'i-01234567' },
    ),
  ],
  [
    'an endpoint of another account goes by its ARN',
    withEndpoints({ endpointId: 'arn:aws:ec2:eu-west-1:210987654321:elastic-ip/eipalloc-0123456789abcdef0' }),
  ],
  ['overrides from any port of the listener to any other', withOverrides([80, 8080], [89, 79], [443, 90])],
  [
    'the same override in two groups, as each is a group of its own',
    request({
      endpointGroups: ['eu-west-1', 'eu-west-2'].map(region =>
        group({ region, endpoints: [], portOverrides: [{ listenerPort: 443, endpointPort: 8443 }] }),
      ),
    }),
  ],
  [
    'a path for a TCP check, which ignores it',
    request({ endpointGroups: [group({ healthCheckProtocol: 'TCP', healthCheckPath: '/health' })] }),
  ],
  ['a group without endpoints, to be filled later', request({ endpointGroups: [group({ endpoints: [] })] })],
];
for (const [reason, value] of right) {
  test(`accepted: ${reason}`, () => {
    assert.deepEqual(issuesOf(value), []);
  });
}

/** One mistake that a schema finds and one that a rule finds: both are told. */
const overlapping = request({ listener: listening('TCP', [80, 90], [85, 95]) });
const besides: [reason: string, value: unknown, pointers: string[]][] = [
  [
    'a group that is no object hides no overlap',
    at(overlapping, '/endpointGroups', [group(), 5]),
    ['/listener/portRanges/1', '/endpointGroups/1'],
  ],
  [
    'groups that are no list hide no overlap',
    at(overlapping, '/endpointGroups', 'all'),
    ['/listener/portRanges/1', '/endpointGroups'],
  ],
  [
    'a wrong accelerator hides no overlap',
    at(overlapping, '/listener/acceleratorArn', 5),
    ['/listener/acceleratorArn', '/listener/portRanges/1'],
  ],
  [
    'an unknown member hides no overlap',
    at(overlapping, '/listener/x', 5),
    ['/listener/portRanges/1', '/listener/x'],
  ],
  [
    'one broken range hides no overlap of two others',
    at(overlapping, '/listener/portRanges/2', { fromPort: 0, toPort: 1 }),
    ['/listener/portRanges/1'],
  ],
  [
    'a missing name hides no overlap',
    at(overlapping, '/entryPoint', undefined),
    ['/entryPoint', '/listener/portRanges/1'],
  ],
  [
    'a wrong weight hides no wrong region',
    withEndpoints({ endpointId: elb('loadbalancer/net/a/0123456789abcdef', 'us-east-1'), weight: -1 }),
    [endpointPath, '/endpointGroups/0/endpoints/0/weight'],
  ],
  [
    'a wrong region hides no doubled endpoint',
    at(withEndpoints({ endpointId: NLB }, { endpointId: NLB }), '/endpointGroups/0/region', 'Ireland'),
    ['/endpointGroups/0/region', '/endpointGroups/0/endpoints/1/endpointId'],
  ],
  [
    'a broken range hides no override onto a range that can be read',
    at(at(withOverrides([1, 85]), '/listener/portRanges/1', 5), '/listener/clientAffinity', 'NONE'),
    ['/listener/portRanges/1', '/endpointGroups/0/portOverrides/0/endpointPort'],
  ],
  [
    'without a listener no override is blamed',
    at(withOverrides([1, 2]), '/listener', undefined),
    ['/listener'],
  ],
];
for (const [reason, value, pointers] of besides) {
  test(`all mistakes are reported: ${reason}`, () => {
    assert.deepEqual(
      issuesOf(value).map(each => each.pointer),
      pointers,
    );
  });
}

test('an endpoint id determines its type, and its region if it has one', () => {
  assert.deepEqual(readEndpointId(ALB), {
    kind: 'applicationLoadBalancer',
    identity: ALB,
    region: 'eu-west-1',
  });
  assert.deepEqual(readEndpointId(NLB), { kind: 'networkLoadBalancer', identity: NLB, region: 'eu-west-1' });
  const elasticIp = { kind: 'elasticIp', identity: 'eipalloc-0123456789abcdef0', region: undefined };
  assert.deepEqual(readEndpointId('eipalloc-0123456789abcdef0'), elasticIp);
  const instance = { kind: 'instance', identity: 'i-01234567', region: undefined };
  assert.deepEqual(readEndpointId('i-01234567'), instance);
});
