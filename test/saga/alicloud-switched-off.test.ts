// Alibaba Cloud is disabled during a job: its functions are gone while an execution still calls them, and a later
// execution uses a machine without them. The job ends and names its leftovers; once the cloud is enabled again, a retry
// finishes it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performAction } from '@gatehouse/core/api/act';
import { type AnyFunctionName, functionsWithout, machine } from '@gatehouse/core/machine/machine';
import { createWorld } from '../world/world.ts';
import { run } from './alicloud-run.ts';
import { pictureBefore } from './invariants.ts';
import { exampleNamed } from './sweep.ts';

const SHOP = exampleNamed('shop-accelerator') as { entryPoint: string };
const REMOVAL = { operation: 'remove', entryPoint: SHOP.entryPoint };
const by = '123456789012/user/alice';
const CERTIFICATE = 'certificate-images.example.com';

/** Its functions are there for so many calls more, and, until that is said, for good. */
function switchable() {
  let callsLeft = Number.POSITIVE_INFINITY;
  const gone = (name: AnyFunctionName) =>
    functionsWithout(['aws']).some(each => each === name) && callsLeft-- <= 0;
  const goneAfter = (calls: number) => {
    callsLeft = calls;
  };
  return { world: createWorld({ gone }), goneAfter };
}

/** By then so much stands. */
const MAKING: [calls: number, stands: string[]][] = [
  [1, ['listener']],
  [9, ['listener', CERTIFICATE]],
  [14, ['listener', CERTIFICATE, 'endpoint-group-cn-hangzhou']],
];

for (const [calls, stands] of MAKING) {
  test(`functions are removed after ${calls} calls of a job: it names its leftovers, and a retry undoes them`, async () => {
    const { world, goneAfter } = switchable();
    const before = await pictureBefore(world);
    goneAfter(calls);
    const { job } = await run(world, SHOP, 'provision');
    assert.equal(job.status, 'ROLLBACK_FAILED', JSON.stringify(job.problem));
    assert.equal(job.problem?.code, 'Lambda.ResourceNotFoundException');
    assert.deepEqual(
      job.leftovers?.map(({ step }) => step),
      stands,
    );
    const picture = await world.picture();
    for (const { id, title } of job.leftovers ?? []) {
      const [listener = '', certificate] = (id ?? '').split('/certificates/');
      assert.ok(picture.includes(certificate ?? listener), `${title} ${id}`);
    }
    goneAfter(Number.POSITIVE_INFINITY);
    assert.deepEqual(await performAction(world.ports(), job.id, { action: 'retry', by }), {
      outcome: 'done',
    });
    assert.equal((await world.finish(job.id)).job.status, 'ROLLED_BACK');
    world.pass(3600);
    assert.equal(await world.picture(), before.picture);
  });
}

test('functions that are gone before their first call: the job is rolled back, as it has made nothing', async () => {
  const { world, goneAfter } = switchable();
  const before = await pictureBefore(world);
  goneAfter(0);
  const { job } = await run(world, SHOP, 'provision');
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.problem));
  assert.equal(await world.picture(), before.picture);
});

test('functions are removed during a removal: it names its leftovers, and a retry ends it', async () => {
  const { world, goneAfter } = switchable();
  const before = await pictureBefore(world);
  assert.equal((await run(world, SHOP, 'provision')).job.status, 'SUCCEEDED');
  goneAfter(7);
  const { job } = await run(world, REMOVAL, 'remove');
  assert.equal(job.status, 'REMOVE_FAILED', JSON.stringify(job.problem));
  assert.equal(job.problem?.code, 'Lambda.ResourceNotFoundException');
  assert.ok(job.leftovers?.some(({ step }) => step === 'remove-listener'));
  assert.ok(!job.leftovers?.some(({ step }) => step === 'remove-forwarding-rule-images-path'), 'it has gone');
  goneAfter(Number.POSITIVE_INFINITY);
  assert.deepEqual(await performAction(world.ports(), job.id, { action: 'retry', by }), { outcome: 'done' });
  assert.equal((await world.finish(job.id)).job.status, 'SUCCEEDED');
  world.pass(3600);
  assert.equal(await world.picture(), before.picture);
});

test('on a machine that knows nothing of Alibaba Cloud a job is rolled back, and has touched nothing', async () => {
  const world = createWorld({}, 'saga', arnOf => machine(arnOf, { clouds: ['aws'] }));
  const before = await pictureBefore(world);
  const { job } = await run(world, SHOP, 'provision');
  assert.equal(job.status, 'ROLLED_BACK');
  assert.equal(job.problem?.code, 'KindNotDeployed');
  assert.equal(await world.picture(), before.picture);
});
