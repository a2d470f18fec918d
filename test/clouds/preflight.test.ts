// What a look at the accelerator forbids before the first change: each rule in a table, with the place in the
// request that it blames; and the end of a job that breaks one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EndpointGroup } from '@aws-sdk/client-global-accelerator';
import { CreateEndpointGroupCommand, CreateListenerCommand } from '@aws-sdk/client-global-accelerator';
import type { ExistingListener } from '@gatehouse/clouds/global-accelerator/existing';
import { findings } from '@gatehouse/clouds/global-accelerator/preflight';
import { warnings } from '@gatehouse/clouds/global-accelerator/warnings';
import { createWorld, type World } from '../world/world.ts';
import { FOREIGN_POLICY, strangerOf, TCP, TLS_POLICY, WEB } from './elb-fixtures.ts';
import { EDGE, FOREIGN_LISTENER, GONE_ACCELERATOR, INTERNAL, listenerOf, requestOf } from './fixtures.ts';
import { VPC } from './lattice-fixtures.ts';

const OTHER = `${EDGE}/listener/11111111`;
/** UDP 1, in the way of nothing. */
const FOREIGN = {
  ListenerArn: `${EDGE}/listener/22222222`,
  Protocol: 'UDP' as const,
  PortRanges: [{ FromPort: 1, ToPort: 1 }],
};

function standing(
  protocol: 'TCP' | 'UDP',
  ranges: [from: number, to: number][],
  groups: EndpointGroup[] = [],
): ExistingListener {
  const PortRanges = ranges.map(([FromPort, ToPort]) => ({ FromPort, ToPort }));
  return { listener: { ListenerArn: OTHER, Protocol: protocol, PortRanges }, groups };
}

/** Of a group in `region`, which no other standing group of a test is in. */
const groupArn = (region: string) => `${OTHER}/endpoint-group/${region}`;

function groupWith(region: string, ...endpointPorts: number[]): EndpointGroup {
  return {
    EndpointGroupArn: groupArn(region),
    EndpointGroupRegion: region,
    PortOverrides: endpointPorts.map(EndpointPort => ({ ListenerPort: 9000, EndpointPort })),
  };
}

const ports = (...ranges: [number, number][]) => ranges.map(([fromPort, toPort]) => ({ fromPort, toPort }));
const listening = (...ranges: [number, number][]) => ({
  listener: listenerOf({ portRanges: ports(...ranges) }),
});
const overriding = (...overrides: [region: string, listenerPort: number, endpointPort: number][]) => ({
  endpointGroups: overrides.map(([region, listenerPort, endpointPort]) => ({
    region,
    portOverrides: [{ listenerPort, endpointPort }],
  })),
});
const regions = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ region: `eu-west-${at + 1}` }));

interface Row {
  reason: string;
  request: object;
  standing: ExistingListener[];
  ours?: string[];
  found: [pointer: string, code: string][];
}

const TABLE: Row[] = [
  { reason: 'an empty accelerator allows everything', request: {}, standing: [], found: [] },
  {
    reason: 'ports beside those of another listener are free',
    request: listening([443, 443]),
    standing: [
      standing('TCP', [
        [442, 442],
        [444, 500],
      ]),
    ],
    found: [],
  },
  {
    reason: 'a port is taken by a listener of the same protocol',
    request: listening([80, 80], [443, 443]),
    standing: [standing('TCP', [[443, 443]])],
    found: [['/listener/portRanges/1', 'AlreadyExists']],
  },
  {
    reason: 'one port in common is an overlap, at either end',
    request: listening([100, 200], [300, 400]),
    standing: [standing('TCP', [[200, 300]])],
    found: [
      ['/listener/portRanges/0', 'AlreadyExists'],
      ['/listener/portRanges/1', 'AlreadyExists'],
    ],
  },
  {
    reason: 'a range inside another overlaps it',
    request: listening([150, 160]),
    standing: [standing('TCP', [[100, 200]])],
    found: [['/listener/portRanges/0', 'AlreadyExists']],
  },
  {
    reason: 'TCP and UDP are separate spaces',
    request: listening([53, 53]),
    standing: [standing('UDP', [[53, 53]])],
    found: [],
  },
  {
    reason: 'a port that is overridden to on the accelerator can be no listener’s, whatever its protocol',
    request: listening([80, 80], [8000, 9000]),
    standing: [standing('UDP', [[53, 53]], [groupWith('us-east-1', 8443)])],
    found: [['/listener/portRanges/1', 'InvalidRequest']],
  },
  {
    reason: 'an override may not lead onto a port of another listener',
    request: { ...listening([443, 443]), ...overriding(['eu-west-1', 443, 9000]) },
    standing: [standing('TCP', [[9000, 9000]])],
    found: [['/endpointGroups/0/portOverrides/0/endpointPort', 'InvalidRequest']],
  },
  {
    reason: 'nor onto one of another protocol: the API says any listener range',
    request: { ...listening([443, 443]), ...overriding(['eu-west-1', 443, 53]) },
    standing: [standing('UDP', [[53, 53]])],
    found: [['/endpointGroups/0/portOverrides/0/endpointPort', 'InvalidRequest']],
  },
  {
    reason: 'in one region an override’s endpoint port belongs to the groups of one listener',
    request: { ...listening([443, 443]), ...overriding(['eu-west-1', 443, 8443]) },
    standing: [standing('TCP', [[9000, 9000]], [groupWith('eu-west-1', 8443)])],
    found: [['/endpointGroups/0/portOverrides/0/endpointPort', 'AlreadyExists']],
  },
  {
    reason: 'in another region it is free',
    request: { ...listening([443, 443]), ...overriding(['eu-west-1', 443, 8443]) },
    standing: [standing('TCP', [[9000, 9000]], [groupWith('us-east-1', 8443)])],
    found: [],
  },
  {
    reason: 'every finding is told, each with its place',
    request: { ...listening([443, 443]), ...overriding(['us-east-1', 443, 8000], ['eu-west-1', 443, 9000]) },
    standing: [
      standing(
        'TCP',
        [
          [443, 443],
          [9000, 9000],
        ],
        [groupWith('us-east-1', 8000)],
      ),
    ],
    found: [
      ['/listener/portRanges/0', 'AlreadyExists'],
      ['/endpointGroups/1/portOverrides/0/endpointPort', 'InvalidRequest'],
      ['/endpointGroups/0/portOverrides/0/endpointPort', 'AlreadyExists'],
    ],
  },
  {
    reason: '42 endpoint groups on an accelerator are allowed',
    request: { endpointGroups: regions(2) },
    standing: [
      standing(
        'TCP',
        [[9000, 9000]],
        Array.from({ length: 40 }, () => groupWith('us-east-1')),
      ),
    ],
    found: [],
  },
  {
    reason: 'a 43rd is a quota that cannot be raised, counted over all listeners',
    request: { endpointGroups: regions(2) },
    standing: [
      standing(
        'TCP',
        [[9000, 9000]],
        Array.from({ length: 40 }, () => groupWith('us-east-1')),
      ),
      standing('UDP', [[9000, 9000]], [groupWith('us-east-1')]),
    ],
    found: [['/endpointGroups', 'ServiceLimitExceeded']],
  },
  {
    reason: 'ten listeners are a quota that can be raised, so the cloud is asked',
    request: {},
    standing: Array.from({ length: 10 }, (_, at) => standing('TCP', [[9000 + at, 9000 + at]])),
    found: [],
  },
  {
    reason: 'a range told without its end is one port',
    request: listening([9000, 9001]),
    standing: [
      { listener: { ListenerArn: OTHER, Protocol: 'TCP', PortRanges: [{ FromPort: 9000 }] }, groups: [] },
    ],
    found: [['/listener/portRanges/0', 'AlreadyExists']],
  },
  {
    reason: 'the ports of our own listener are in nobody’s way',
    request: listening([80, 81], [443, 443]),
    standing: [standing('TCP', [[80, 443]])],
    ours: [OTHER],
    found: [],
  },
  {
    reason: 'what our own overrides lead onto is changed with them, in an order that the API allows',
    request: { ...listening([8443, 8443]), ...overriding(['eu-west-1', 8443, 9000]) },
    standing: [standing('TCP', [[9000, 9000]], [groupWith('eu-west-1', 8443)])],
    ours: [OTHER, groupArn('eu-west-1')],
    found: [],
  },
  {
    reason: 'a listener of somebody else stays in the way beside ours',
    request: listening([443, 443]),
    standing: [
      standing('TCP', [[80, 80]]),
      { listener: { ...FOREIGN, Protocol: 'TCP', PortRanges: [{ FromPort: 443, ToPort: 443 }] }, groups: [] },
    ],
    ours: [OTHER],
    found: [['/listener/portRanges/0', 'AlreadyExists']],
  },
  {
    reason: 'a group that somebody else hung on our listener has its region, and its overrides hold',
    request: { ...listening([443, 443], [8000, 8443]), ...overriding(['eu-west-1', 443, 7000]) },
    standing: [standing('TCP', [[9000, 9000]], [groupWith('eu-west-1', 8443)])],
    ours: [OTHER],
    found: [
      ['/listener/portRanges/1', 'InvalidRequest'],
      ['/listener/portRanges', 'InvalidRequest'],
      ['/endpointGroups/0/region', 'AlreadyExists'],
    ],
  },
  {
    reason:
      'our own groups count once, and one in a new region besides, as it is made before another is dropped',
    request: { endpointGroups: [{ region: 'us-east-1' }, { region: 'eu-west-1' }] },
    standing: [
      standing('TCP', [[9000, 9000]], [groupWith('us-east-1'), groupWith('us-west-2')]),
      { listener: FOREIGN, groups: Array.from({ length: 39 }, () => groupWith('us-east-1')) },
    ],
    ours: [OTHER, groupArn('us-east-1'), groupArn('us-west-2')],
    found: [],
  },
  {
    reason: 'one more than 42 that are left is refused',
    request: { endpointGroups: [{ region: 'us-east-1' }, { region: 'eu-west-1' }] },
    standing: [
      standing('TCP', [[9000, 9000]], [groupWith('us-east-1'), groupWith('us-west-2')]),
      { listener: FOREIGN, groups: Array.from({ length: 41 }, () => groupWith('ap-southeast-2')) },
    ],
    ours: [OTHER, groupArn('us-east-1'), groupArn('us-west-2')],
    found: [['/endpointGroups', 'ServiceLimitExceeded']],
  },
];

for (const { reason, request, standing: there, ours, found } of TABLE) {
  test(`preflight: ${reason}`, () => {
    const { listener, ...parts } = requestOf(request);
    assert.ok(listener);
    const told = findings({ ...parts, listener }, there, ours);
    assert.deepEqual(
      told.map(({ pointer, code }) => [pointer, code]),
      found,
    );
    for (const { detail } of told) assert.ok(detail.length > 20, 'it says what is wrong');
  });
}

const HEALTH_CHECKED = { ...groupWith('eu-west-1'), HealthCheckPort: 80 };
const group = (changes: object) => ({
  endpointGroups: [{ region: 'eu-west-1', endpoints: [], ...changes }],
});
const endpoint = (weight?: number) => ({
  endpointId: 'i-0123456789abcdef0',
  ...(weight === undefined ? {} : { weight }),
});

/** On a listener of ours, whose group checks port 80; the request has the ports 443 and 8080-8089. */
const SURPRISES = [
  {
    reason: 'a health check stays on a port that the listener loses',
    request: group({}),
    expected: [/^the health checks of endpoint group eu-west-1 stay on port 80, .* set healthCheckPort/],
  },
  { reason: 'a health check port that is named', request: group({ healthCheckPort: 80 }), expected: [] },
  {
    reason: 'a group whose weights are all 0',
    request: group({ healthCheckPort: 80, endpoints: [endpoint(0)] }),
    expected: [/^endpoint group eu-west-1 gets no traffic: every weight in it is 0$/],
  },
  {
    reason: 'a weight of 0 beside another one',
    request: group({
      healthCheckPort: 80,
      endpoints: [endpoint(0), { ...endpoint(), endpointId: 'i-0123456789abcdef1' }],
    }),
    expected: [],
  },
];

for (const { reason, request, expected } of SURPRISES) {
  test(`${expected.length > 0 ? 'a warning' : 'no warning'} for ${reason}`, () => {
    const portRanges = [
      { fromPort: 443, toPort: 443 },
      { fromPort: 8080, toPort: 8089 },
    ];
    const { listener, ...parts } = requestOf({ listener: listenerOf({ portRanges }), ...request });
    assert.ok(listener);
    const found = warnings({ ...parts, listener }, [standing('TCP', [[80, 80]], [HEALTH_CHECKED])], [OTHER]);
    assert.equal(found.length, expected.length, found.join());
    expected.forEach((pattern, at) => {
      assert.match(found[at] ?? '', pattern);
    });
  });
}

const valid = (changes: object = {}) => ({
  operation: 'provision',
  entryPoint: 'checkout-edge',
  listener: listenerOf(),
  ...changes,
});

async function foreignOverride(world: World) {
  const stranger = world.stranger();
  const { Listener } = await stranger.send(
    new CreateListenerCommand({
      AcceleratorArn: INTERNAL,
      Protocol: 'UDP',
      PortRanges: [{ FromPort: 53, ToPort: 53 }],
    }),
  );
  await stranger.send(
    new CreateEndpointGroupCommand({
      ListenerArn: Listener?.ListenerArn,
      EndpointGroupRegion: 'eu-west-1',
      PortOverrides: [{ ListenerPort: 53, EndpointPort: 8443 }],
    }),
  );
}

const targetGroup = (name: string) => ({
  name,
  type: 'IP',
  config: { protocol: 'HTTP', vpcIdentifier: VPC },
});

const sticky = (changes: object = {}) => ({
  loadBalancerName: WEB,
  policyName: 'checkout-sticky',
  loadBalancerPorts: [443],
  ...changes,
});

const REFUSED: {
  reason: string;
  prepare?: (world: World) => Promise<unknown>;
  request: object;
  code: string;
  pointer: string;
  detail: RegExp;
}[] = [
  {
    reason: 'no such accelerator',
    request: valid({ listener: listenerOf({ acceleratorArn: GONE_ACCELERATOR }) }),
    code: 'NotFound',
    pointer: '/listener/acceleratorArn',
    detail: /accelerator .* does not exist/,
  },
  {
    reason: 'ports taken by another listener',
    request: valid({ listener: listenerOf({ portRanges: ports([443, 443], [8999, 9001]) }) }),
    code: 'AlreadyExists',
    pointer: '/listener/portRanges/1',
    detail: new RegExp(`overlap 9000-9000 of listener ${FOREIGN_LISTENER}`),
  },
  {
    reason: "an override onto another listener's port",
    request: valid(overriding(['eu-west-1', 443, 9000])),
    code: 'InvalidRequest',
    pointer: '/endpointGroups/0/portOverrides/0/endpointPort',
    detail: /9000 is a port of listener/,
  },
  {
    reason: "a port that another listener's group overrides to",
    prepare: foreignOverride,
    request: valid({ listener: listenerOf({ acceleratorArn: INTERNAL, portRanges: ports([8443, 8443]) }) }),
    code: 'InvalidRequest',
    pointer: '/listener/portRanges/0',
    detail: /overrides a port to 8443/,
  },
  {
    reason: "a target group's name that somebody has",
    request: valid({ targetGroups: [targetGroup('checkout'), targetGroup('billing')] }),
    code: 'AlreadyExists',
    pointer: '/targetGroups/1/name',
    detail: /the name billing is taken by arn:aws:vpc-lattice:eu-west-1:.*tg-0b1c2d3e4f5a60718/,
  },
  {
    reason: 'a load balancer that is not there',
    request: valid({ stickinessPolicies: [sticky({ loadBalancerName: 'gone' })] }),
    code: 'NotFound',
    pointer: '/stickinessPolicies/0/loadBalancerName',
    detail: /Classic load balancer gone does not exist/,
  },
  {
    reason: 'a load balancer of another region',
    request: valid({ stickinessPolicies: [sticky({ region: 'us-east-1' })] }),
    code: 'NotFound',
    pointer: '/stickinessPolicies/0/loadBalancerName',
    detail: /Classic load balancer checkout-classic does not exist in us-east-1/,
  },
  {
    reason: 'a port that the load balancer does not have',
    request: valid({ stickinessPolicies: [sticky({ loadBalancerPorts: [443, 444] })] }),
    code: 'NotFound',
    pointer: '/stickinessPolicies/0/loadBalancerPorts/1',
    detail: /checkout-classic has no port 444; its ports are 443, 80, 8443/,
  },
  {
    reason: 'a port that speaks TCP',
    request: valid({
      stickinessPolicies: [sticky(), sticky({ loadBalancerName: TCP, loadBalancerPorts: [1883] })],
    }),
    code: 'InvalidRequest',
    pointer: '/stickinessPolicies/1/loadBalancerPorts/0',
    detail: /the protocol of port 1883 is TCP; a stickiness policy requires HTTP or HTTPS/,
  },
  {
    reason: 'a port with somebody’s stickiness policy',
    request: valid({ stickinessPolicies: [sticky({ loadBalancerPorts: [80, 8443] })] }),
    code: 'AlreadyExists',
    pointer: '/stickinessPolicies/0/loadBalancerPorts/1',
    detail: /port 8443 has the stickiness policy legacy-sticky; set replace: true/,
  },
  {
    reason: 'a policy’s name that its load balancer has, also with replace',
    request: valid({ stickinessPolicies: [sticky({ policyName: FOREIGN_POLICY, replace: true })] }),
    code: 'AlreadyExists',
    pointer: '/stickinessPolicies/0/policyName',
    detail: /checkout-classic already has a policy legacy-sticky/,
  },
];

for (const { reason, prepare, request, code, pointer, detail } of REFUSED) {
  test(`${reason}: the job ends FAILED before the first change, with its place in the request`, async () => {
    const world = createWorld();
    await prepare?.(world);
    const before = await world.picture();
    const changedBefore = (await world.calls()).filter(call => call.changed).length;
    const { id } = await world.submit(request);
    const { job, ledger } = await world.finish(id);
    assert.equal(job.status, 'FAILED');
    assert.equal(job.problem?.code, code);
    assert.equal(job.problem?.retryable, false);
    assert.deepEqual(
      job.problem?.errors?.map(error => error.pointer),
      [pointer],
    );
    assert.match(job.problem?.errors?.[0]?.detail ?? '', detail);
    assert.equal(ledger.size, 0);
    assert.equal(await world.picture(), before);
    const calls = await world.calls();
    assert.equal(calls.filter(call => call.changed).length, changedBefore);
    assert.ok(calls.every(call => call.changed || /^(Describe|List)/.test(call.operation)));
  });
}

test('a refused job leaves its queues: the next request for the name and accelerator succeeds', async () => {
  const world = createWorld();
  const refused = await world.submit(valid(overriding(['eu-west-1', 443, 9000])), 'key-1');
  assert.equal((await world.finish(refused.id)).job.status, 'FAILED');
  const next = await world.submit(valid(), 'key-2');
  assert.equal((await world.finish(next.id)).job.status, 'SUCCEEDED');
});

test('a preflight that may not look ends the job FAILED, and a throttled one is asked again', async () => {
  const looking = { service: 'globalaccelerator', operation: 'DescribeAccelerator', fault: 'error' };
  const denied = createWorld();
  await denied.faults([
    { ...looking, times: 1, error: { code: 'AccessDeniedException', status: 403, message: 'not allowed' } },
  ]);
  const first = await denied.finish((await denied.submit(valid())).id);
  assert.equal(first.job.status, 'FAILED');
  assert.equal(first.job.problem?.code, 'AccessDenied');

  const throttled = createWorld();
  await throttled.faults([
    { ...looking, times: 3, error: { code: 'ThrottlingException', status: 400, message: 'slow down' } },
  ]);
  const second = await throttled.finish((await throttled.submit(valid())).id);
  assert.equal(second.job.status, 'SUCCEEDED');
});

test('problems in several clouds are reported in one answer, each with its location', async () => {
  const world = createWorld();
  const request = valid({
    listener: listenerOf({ portRanges: ports([9000, 9000]) }),
    targetGroups: [targetGroup('billing')],
    stickinessPolicies: [sticky({ loadBalancerPorts: [8443, 444] })],
  });
  const { job } = await world.finish((await world.submit(request)).id);
  assert.equal(job.status, 'FAILED');
  assert.deepEqual(job.problem?.errors?.map(error => error.pointer).toSorted(), [
    '/listener/portRanges/0',
    '/stickinessPolicies/0/loadBalancerPorts/0',
    '/stickinessPolicies/0/loadBalancerPorts/1',
    '/targetGroups/0/name',
  ]);
});

test('with replace, a stickiness policy on the port is no obstacle and is taken off it', async () => {
  const world = createWorld();
  const request = {
    operation: 'provision',
    entryPoint: 'checkout-edge',
    stickinessPolicies: [sticky({ loadBalancerPorts: [8443], replace: true })],
  };
  const { job } = await world.finish((await world.submit(request)).id);
  assert.equal(job.status, 'SUCCEEDED');
  assert.deepEqual(await strangerOf(world).policiesOn(8443), ['checkout-sticky', TLS_POLICY].toSorted());
});

test('the same name in another region, and on another load balancer, is free', async () => {
  const world = createWorld();
  const request = {
    operation: 'provision',
    entryPoint: 'checkout-edge',
    targetGroups: [
      {
        name: 'billing',
        region: 'us-east-1',
        type: 'IP',
        config: { protocol: 'HTTP', vpcIdentifier: 'vpc-0f1e2d3c4b5a69788' },
      },
    ],
    stickinessPolicies: [sticky(), sticky({ loadBalancerName: 'shop-classic', region: 'us-east-1' })],
  };
  const { job } = await world.finish((await world.submit(request)).id);
  assert.equal(job.status, 'SUCCEEDED');
});

test('owned resources do not conflict with a request of their own entry point, in every cloud', async () => {
  const world = createWorld();
  const whole = {
    ...listening([443, 443]),
    ...overriding(['eu-west-1', 443, 8443]),
    targetGroups: [targetGroup('checkout')],
    stickinessPolicies: [sticky({ loadBalancerPorts: [80, 443] })],
  };
  const { id } = await world.submit(valid(whole));
  assert.equal((await world.finish(id)).job.status, 'SUCCEEDED');
  const ours = [...(await world.finish(id)).ledger.values()].flatMap(entry => entry.id ?? []);
  const request = requestOf(whole);
  assert.deepEqual(await world.ports().preflight(request, ours), []);
  assert.deepEqual(
    (await world.ports().preflight(request)).map(({ pointer }) => pointer),
    [
      '/listener/portRanges/0',
      '/endpointGroups/0/portOverrides/0/endpointPort',
      '/targetGroups/0/name',
      '/stickinessPolicies/0/policyName',
      '/stickinessPolicies/0/loadBalancerPorts/0',
      '/stickinessPolicies/0/loadBalancerPorts/1',
    ],
    'to anybody else it is one',
  );
});

test('our cookie policy on a port makes room for another name, and those of others on the same port do not', async () => {
  const world = createWorld();
  const ports = world.ports();
  const stranger = strangerOf(world);
  await stranger.create('ours-so-far');
  await stranger.set(80, 'ours-so-far');
  const request = requestOf({ stickinessPolicies: [sticky({ loadBalancerPorts: [80, 8443] })] });
  const found = await ports.preflight(request, [`eu-west-1/${WEB}/ours-so-far`]);
  assert.deepEqual(
    found.map(({ pointer }) => pointer),
    ['/stickinessPolicies/0/loadBalancerPorts/1'],
  );
});
