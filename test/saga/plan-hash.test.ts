// The hash of a plan covers all that its job would do, also what follows from the inventory or from foreign items that are not
// observed: a job with an earlier hash ends before its first change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddEndpointsCommand } from '@aws-sdk/client-global-accelerator';
import { RegisterTargetsCommand } from '@aws-sdk/client-vpc-lattice';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { EDGE, LEGACY_NLB } from '../clouds/fixtures.ts';
import { foreignLattice } from '../clouds/foreign-clients.ts';
import { createWorld, type World } from '../world/world.ts';
import { planOf, provisioned, type Spec, updated } from './bounds.ts';

const addresses = (count: number, from = 0) =>
  Array.from(
    { length: count },
    (_, at) => `10.0.${Math.floor((at + from) / 250)}.${((at + from) % 250) + 1}`,
  );

const groups = (names: string[], targets: string[] = []): Spec => ({
  operation: 'provision',
  entryPoint: 'lattice',
  targetGroups: names.map(name => ({
    name,
    region: 'eu-west-1',
    type: 'IP',
    config: { protocol: 'HTTP', port: 8080, vpcIdentifier: 'vpc-0a1b2c3d4e5f60718' },
    targets: targets.map(id => ({ id })),
  })),
});

const edge = (...endpointIds: string[]): Spec => ({
  operation: 'provision',
  entryPoint: 'edge',
  listener: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [{ fromPort: 9443, toPort: 9443 }] },
  endpointGroups: [{ region: 'eu-west-1', endpoints: endpointIds.map(endpointId => ({ endpointId })) }],
});

async function idOf(world: World, { entryPoint }: Spec, kind: string): Promise<string> {
  const resources = (await readEntryPoint(world.store, entryPoint))?.resources ?? [];
  return resources.find(each => each.kind === kind)?.id ?? assert.fail(`it has no ${kind}`);
}

async function registerOthers(world: World, targetGroupIdentifier: string, ids: string[]): Promise<void> {
  const targets = ids.map(id => ({ id, port: 9999 }));
  await foreignLattice(world).send(new RegisterTargetsCommand({ targetGroupIdentifier, targets }));
}

/** The job with the hash of the earlier plan ends before any change. */
async function assertRefused(world: World, asked: Spec, meanwhile: () => Promise<unknown>): Promise<void> {
  const { planHash } = await planOf(world, asked);
  assert.equal((await planOf(world, asked)).planHash, planHash);
  await meanwhile();
  const picture = await world.picture();
  const { job } = await world.finish((await world.submit(asked, 'approved', planHash)).id);
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'PlanChanged']);
  assert.equal(await world.picture(), picture);
}

test('a resource that another update has added, and that the plan would also delete', async () => {
  const world = createWorld();
  await provisioned(world, groups(['blue', 'green']));
  const asked = { ...groups(['blue']), operation: 'update' };
  await assertRefused(world, asked, () => updated(world, groups(['blue', 'green', 'late']), 'late'));
});

test('an endpoint that another update has taken over, and that the plan would drop', async () => {
  const world = createWorld();
  await provisioned(world, edge());
  const EndpointGroupArn = await idOf(world, edge(), 'endpointGroup');
  const EndpointConfigurations = [{ EndpointId: LEGACY_NLB, Weight: 128 }];
  await world.stranger().send(new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations }));
  await assertRefused(world, { ...edge(), operation: 'update' }, async () => {
    const { job, operations } = await updated(world, edge(LEGACY_NLB), 'taken over');
    assert.deepEqual([job.status, operations], ['SUCCEEDED', []]);
  });
});

test('the number of targets that a plan deletes first, to make room beside foreign ones', async () => {
  const world = createWorld();
  const full = groups(['blue'], addresses(900));
  await provisioned(world, full);
  const group = await idOf(world, full, 'targetGroup');
  await registerOthers(world, group, addresses(98, 2000));
  const asked = {
    ...groups(['blue'], addresses(900, 5)),
    operation: 'update',
    options: { allowInterruption: true },
  };
  await assertRefused(world, asked, () => registerOthers(world, group, addresses(1, 3000)));
});
