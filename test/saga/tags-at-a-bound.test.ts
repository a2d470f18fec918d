// Tags of a resource that has as many as it can: exchanged and rolled back, without an interruption. Foreign tags count.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TagResourceCommand } from '@aws-sdk/client-vpc-lattice';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { foreignLattice } from '../clouds/foreign-clients.ts';
import { createWorld, type World } from '../world/world.ts';
import { planOf, provisioned, type Spec, updated } from './bounds.ts';
import { errorsOf } from './sweep.ts';

const tags = (count: number, from = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at + from}`, 'v']));

const ON_AWS = {
  service: 'vpc-lattice',
  last: 'TagResource',
  specOf: (given: Record<string, string>): Spec => ({
    operation: 'provision',
    entryPoint: 'tagged',
    targetGroups: [{ name: 'tagged', region: 'eu-west-1', type: 'LAMBDA', tags: given }],
  }),
};

const ON_ALICLOUD = {
  service: 'ga',
  last: 'TagResources',
  specOf: (given: Record<string, string>): Spec => ({
    operation: 'provision',
    entryPoint: 'tagged',
    cloud: 'alicloud',
    listener: {
      acceleratorId: 'ga-bp1arcade5n8r2v6y3j0',
      protocol: 'TCP',
      portRanges: [{ fromPort: 80, toPort: 80 }],
    },
    endpointGroups: [
      { region: 'cn-hangzhou', endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.1' }], tags: given },
    ],
  }),
};

const FULL = [
  { name: '48 tags of a target group, one exchanged', on: ON_AWS, from: tags(48), to: tags(48, 1) },
  { name: '25 tags of a target group, all exchanged', on: ON_AWS, from: tags(25), to: tags(25, 25) },
  { name: '20 tags of an endpoint group, one exchanged', on: ON_ALICLOUD, from: tags(20), to: tags(20, 1) },
  { name: '11 tags of an endpoint group, all exchanged', on: ON_ALICLOUD, from: tags(11), to: tags(11, 11) },
];

for (const { name, on, from, to } of FULL) {
  const { service, last, specOf } = on;

  test(`tags at their bound are exchanged, and back: ${name}`, async () => {
    const world = createWorld();
    await provisioned(world, specOf(from));
    const before = await world.picture();
    await world.faults([
      { service, operation: last, fault: 'error', times: 1, error: errorsOf(service).denied },
    ]);
    const failed = await updated(world, specOf(to));
    assert.equal(failed.job.status, 'ROLLED_BACK', JSON.stringify(failed.job.leftovers));
    world.pass(3600);
    assert.equal(await world.picture(), before);
    const { job, operations } = await updated(world, specOf(to), 'third');
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
    assert.deepEqual(operations.length, 2);
  });
}

test('a resource that foreign tags fill takes no more: the plan says so before any change', async () => {
  const world = createWorld();
  const { specOf } = ON_AWS;
  await provisioned(world, specOf(tags(40)));
  await tagOutside(world, tags(8, 100));
  const more = specOf(tags(41));
  const { findings } = await planOf(world, { ...more, operation: 'update' });
  assert.deepEqual(
    findings.map(({ pointer, code }) => [pointer, code]),
    [['/targetGroups/0/tags', 'ServiceLimitExceeded']],
  );
  assert.match(findings[0]?.detail ?? '', /would have 51 tags, foreign ones included, and can have 50/);
  const exchanged = await updated(world, specOf(tags(40, 1)), 'third');
  assert.equal(exchanged.job.status, 'SUCCEEDED', JSON.stringify(exchanged.job.problem));
});

async function tagOutside(world: World, given: Record<string, string>): Promise<void> {
  const stands = await readEntryPoint(world.store, 'tagged');
  const resourceArn = stands?.resources.find(({ kind }) => kind === 'targetGroup')?.id;
  await foreignLattice(world).send(new TagResourceCommand({ resourceArn, tags: given }));
}
