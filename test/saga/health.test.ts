// The health of an entry point, read from the clouds now: the verdict on each endpoint and target of ours, with the cloud's own
// words, and UNKNOWN where it cannot be read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddEndpointsCommand, RemoveEndpointsCommand } from '@aws-sdk/client-global-accelerator';
import { CreateListenerCommand, RegisterTargetsCommand } from '@aws-sdk/client-vpc-lattice';
import { entryPointHealthSchema, type HealthView } from '@gatehouse/core/api/health-answers';
import { getHealth } from '@gatehouse/functions/api/get-health';
import { ARCADE } from '../clouds/alicloud-fixtures.ts';
import { ALB, EDGE, NLB } from '../clouds/fixtures.ts';
import { foreignLattice } from '../clouds/foreign-clients.ts';
import { VPC } from '../clouds/lattice-fixtures.ts';
import { createWorld, type World } from '../world/world.ts';
import { MUTATING } from './invariants.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

const SERVICE = 'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0c9b8a7f6e5d40312';

const WHOLE = {
  operation: 'provision',
  entryPoint: 'checked-edge',
  listener: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [{ fromPort: 443, toPort: 443 }] },
  endpointGroups: [{ region: 'eu-west-1', endpoints: [{ endpointId: ALB }, { endpointId: NLB }] }],
  targetGroups: [
    {
      name: 'checked',
      type: 'IP',
      config: { protocol: 'HTTP', port: 8080, vpcIdentifier: VPC },
      targets: [{ id: '10.0.1.5' }, { id: '10.0.1.6', port: 9090 }],
    },
  ],
};
const ECS = 'i-bp14web7k2m9q4x1z8t';
const TARGETS = ['10.0.1.5:8080', '10.0.1.6:9090'];

async function health(world: World, name = 'checked-edge'): Promise<HealthView> {
  const answer = await getHealth(world.ports(), { parameters: { name } });
  assert.equal(answer.status, 200);
  return entryPointHealthSchema.parse(answer.body);
}

async function provisioned(value: object): Promise<World> {
  const world = createWorld();
  const { job } = await world.finish((await world.submit(value)).id);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  return world;
}

const endpointsIn = ({ resources }: HealthView, kind: string) =>
  resources.find(each => each.kind === kind)?.endpoints ?? assert.fail(`no ${kind}`);
const all = (ids: readonly string[], rest: object) => ids.map(id => ({ id, ...rest }));

/** A service forwards to the target group. Gives the ARN of the group. */
async function inService(world: World): Promise<string> {
  const { resources } = await health(world);
  const id = resources.find(({ kind }) => kind === 'targets')?.id ?? '';
  const targetGroupIdentifier = id.replace(/\/targets$/, '');
  await foreignLattice(world).send(
    new CreateListenerCommand({
      serviceIdentifier: SERVICE,
      name: 'checked',
      protocol: 'HTTP',
      port: 8080,
      defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier }] } },
    }),
  );
  return targetGroupIdentifier;
}

test('on AWS, each endpoint and target has the verdict of its cloud, and nothing is changed', async () => {
  const world = await provisioned(WHOLE);
  const unused = await health(world);
  assert.deepEqual(endpointsIn(unused, 'targets'), all(TARGETS, { state: 'NOT_CHECKED', reason: 'UNUSED' }));
  await inService(world);
  world.pass(600);
  const calls = (await world.calls()).length;
  const { state, resources } = await health(world);
  assert.equal(state, 'HEALTHY');
  assert.deepEqual(
    resources.map(each => [each.kind, each.state, each.endpoints]),
    [
      ['endpointGroup', 'HEALTHY', all([ALB, NLB], { state: 'HEALTHY' })],
      ['targets', 'HEALTHY', all(TARGETS, { state: 'HEALTHY' })],
    ],
  );
  const made = (await world.calls()).slice(calls);
  assert.deepEqual(
    made.map(({ operation }) => operation),
    ['DescribeEndpointGroup', 'ListTargets'],
  );
  assert.ok(made.every(({ operation }) => !MUTATING.test(operation)));
});

test('endpoints and targets that never become healthy are unhealthy, with a reason where the cloud has one', async () => {
  const world = await provisioned(WHOLE);
  await inService(world);
  await world.switches({
    globalaccelerator: { endpointHealth: 'never' },
    'vpc-lattice': { targetHealth: 'never' },
  });
  world.pass(600);
  const now = await health(world);
  assert.equal(now.state, 'UNHEALTHY');
  assert.deepEqual(endpointsIn(now, 'endpointGroup'), all([ALB, NLB], { state: 'UNHEALTHY' }));
  assert.deepEqual(
    endpointsIn(now, 'targets'),
    all(TARGETS, { state: 'UNHEALTHY', reason: 'HealthCheckFailed' }),
  );
});

test('what flaps has another verdict a minute later', async () => {
  const world = await provisioned(WHOLE);
  world.pass(600);
  await world.switches({ globalaccelerator: { endpointHealth: 'flaps' } });
  const states = [];
  for (let minute = 0; minute < 4; minute++) {
    const [first] = endpointsIn(await health(world), 'endpointGroup');
    states.push(first?.state);
    world.pass(60);
  }
  assert.deepEqual(new Set(states.slice(0, 2)), new Set(['HEALTHY', 'UNHEALTHY']));
  assert.deepEqual(states.slice(2), states.slice(0, 2));
});

test('an endpoint that somebody has removed is MISSING, added again INITIAL; foreign targets do not count', async () => {
  const world = await provisioned(WHOLE);
  const group = (await health(world)).resources.find(({ kind }) => kind === 'endpointGroup');
  const EndpointGroupArn = group?.id;
  const EndpointId = NLB;
  await world
    .stranger()
    .send(new RemoveEndpointsCommand({ EndpointGroupArn, EndpointIdentifiers: [{ EndpointId }] }));
  const targetGroupIdentifier = await inService(world);
  await foreignLattice(world).send(
    new RegisterTargetsCommand({ targetGroupIdentifier, targets: [{ id: '10.0.1.99', port: 8080 }] }),
  );
  world.pass(600);
  const removed = await health(world);
  assert.equal(removed.state, 'MISSING');
  assert.deepEqual(endpointsIn(removed, 'endpointGroup')[1], { id: NLB, state: 'MISSING' });
  assert.deepEqual(
    endpointsIn(removed, 'targets').map(({ id }) => id),
    TARGETS,
  );
  await world
    .stranger()
    .send(new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations: [{ EndpointId }] }));
  const added = await health(world);
  assert.equal(added.state, 'INITIAL');
  assert.deepEqual(endpointsIn(added, 'endpointGroup')[1], { id: NLB, state: 'INITIAL' });
});

test('a resource that cannot be read is UNKNOWN and says why; the others have their verdicts', async () => {
  const world = await provisioned(WHOLE);
  const error = errorsOf('vpc-lattice').denied;
  await world.faults([
    { service: 'vpc-lattice', operation: 'ListTargets', fault: 'error', error, times: 10 },
  ]);
  world.pass(600);
  const { state, resources } = await health(world);
  assert.equal(state, 'UNKNOWN');
  assert.deepEqual(
    resources.map(each => [each.kind, each.state, each.endpoints.length, each.problem?.code]),
    [
      ['endpointGroup', 'HEALTHY', 2, undefined],
      ['targets', 'UNKNOWN', 0, 'AccessDenied'],
    ],
  );
});

test('an entry point without health checks has no verdict, and an unknown one is a 404', async () => {
  const world = await provisioned(exampleNamed('app-cookie') as object);
  assert.deepEqual(await health(world, 'app-cookie'), {
    entryPoint: 'app-cookie',
    state: 'NOT_CHECKED',
    resources: [],
  });
  assert.equal((await getHealth(world.ports(), { parameters: { name: 'nobody' } })).status, 404);
});

test('on Alibaba Cloud, one call per group gives the verdict on its endpoints; a group without checks has none', async () => {
  const shop = exampleNamed('shop-accelerator') as { entryPoint: string };
  const world = await provisioned(shop);
  world.pass(3600);
  const checked = ['203.0.113.11', '203.0.113.12', '203.0.113.13', '203.0.113.14'].map(
    ip => `PublicIp ${ip}`,
  );
  const healthy = await health(world, shop.entryPoint);
  const [group, virtual] = healthy.resources;
  assert.deepEqual([healthy.state, group?.state, virtual?.state], ['HEALTHY', 'HEALTHY', 'NOT_CHECKED']);
  assert.deepEqual(group?.endpoints, all(checked, { state: 'HEALTHY' }));
  assert.deepEqual(virtual?.endpoints, [{ id: 'Domain images.origin.example.net', state: 'NOT_CHECKED' }]);
  await world.switches({ ga: { endpointHealth: 'never' } });
  const [never] = (await health(world, shop.entryPoint)).resources;
  assert.deepEqual(never?.endpoints, all(checked, { state: 'UNHEALTHY' }));
});

test('on Alibaba Cloud, the group decides about an endpoint that the answer does not name', async () => {
  const spec = {
    operation: 'provision',
    entryPoint: 'by-id',
    cloud: 'alicloud',
    listener: { acceleratorId: ARCADE, protocol: 'TCP', portRanges: [{ fromPort: 7443, toPort: 7443 }] },
    endpointGroups: [
      {
        region: 'cn-hangzhou',
        endpoints: [{ type: 'ECS', endpoint: ECS, weight: 10 }],
        healthCheckEnabled: true,
        healthCheckProtocol: 'tcp',
        healthCheckPort: 7443,
      },
    ],
  };
  const world = await provisioned(spec);
  world.pass(3600);
  for (const [endpointHealth, state] of [
    ['becomesHealthy', 'HEALTHY'],
    ['never', 'UNHEALTHY'],
  ] as const)
    for (const healthAddress of ['id', 'ip']) {
      await world.switches({ ga: { healthAddress, endpointHealth } });
      assert.deepEqual((await health(world, 'by-id')).resources[0]?.endpoints, [{ id: `ECS ${ECS}`, state }]);
    }
});
