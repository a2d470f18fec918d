// Alibaba Cloud is disabled during a job: its functions are gone while an execution still calls them, and a later
// execution uses a machine without them. The job ends at its deadline and names its leftovers; once the cloud is enabled
// again, a retry finishes it. Functions that are gone for a while only, as in a bad deployment, delay the job.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performAction } from '@gatehouse/core/api/act';
import { type AnyFunctionName, functionsWithout, machine } from '@gatehouse/core/machine/machine';
import { createWorld, type World } from '../world/world.ts';
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
  let backAt: number | undefined;
  const world: World = createWorld({ gone: name => isGone(name), schedule: true });
  const isGone = (name: AnyFunctionName) => {
    if (!functionsWithout(['aws']).some(each => each === name) || callsLeft-- > 0) return false;
    return backAt === undefined || world.now().getTime() < backAt;
  };
  return {
    world,
    /** Disabled after so many calls. The machine is deployed at once, for executions that begin later. */
    disableAfter(calls: number) {
      callsLeft = calls;
      world.deploy(arnOf => machine(arnOf, { clouds: ['aws'] }));
    },
    enable() {
      callsLeft = Number.POSITIVE_INFINITY;
      world.deploy(machine);
    },
    /** Gone after so many calls, for so long. */
    absentAfter(calls: number, minutes: number) {
      callsLeft = calls;
      backAt = world.now().getTime() + minutes * 60_000;
    },
  };
}

/** By then so much stands. */
const MAKING: [calls: number, stands: string[]][] = [
  [1, ['listener']],
  [9, ['listener', CERTIFICATE]],
  [14, ['listener', CERTIFICATE, 'endpoint-group-cn-hangzhou']],
];

for (const [calls, stands] of MAKING) {
  test(`functions that are absent for 40 minutes after ${calls} calls of a job delay it`, async () => {
    const { world, absentAfter } = switchable();
    absentAfter(calls, 40);
    const { job } = await run(world, SHOP, 'provision');
    assert.deepEqual([job.status, job.attempt], ['SUCCEEDED', 1], JSON.stringify(job.problem));
  });

  test(`functions are removed for good after ${calls} calls of a job: it names its leftovers, and a retry undoes them`, async () => {
    const { world, disableAfter, enable } = switchable();
    const before = await pictureBefore(world);
    const { id } = await world.submit(SHOP, 'provision');
    disableAfter(calls);
    const { job } = await world.finish(id);
    assert.equal(job.status, 'ROLLBACK_FAILED', JSON.stringify(job.problem));
    assert.equal(job.problem?.code, 'DeadlineExceeded');
    assert.deepEqual(
      job.leftovers?.map(({ step }) => step),
      stands,
    );
    const picture = await world.picture();
    for (const { id, title } of job.leftovers ?? []) {
      const [listener = '', certificate] = (id ?? '').split('/certificates/');
      assert.ok(picture.includes(certificate ?? listener), `${title} ${id}`);
    }
    enable();
    assert.deepEqual(await performAction(world.ports(), job.id, { action: 'retry', by }), {
      outcome: 'done',
    });
    assert.equal((await world.finish(job.id)).job.status, 'ROLLED_BACK');
    world.pass(3600);
    assert.equal(await world.picture(), before.picture);
  });
}

test('functions that are gone before their first call: the job is rolled back, as it has made nothing', async () => {
  const { world, disableAfter } = switchable();
  const before = await pictureBefore(world);
  const { id } = await world.submit(SHOP, 'provision');
  disableAfter(0);
  const { job } = await world.finish(id);
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.problem));
  assert.equal(await world.picture(), before.picture);
});

test('functions are removed during a removal: it names its leftovers, and a retry ends it', async () => {
  const { world, disableAfter, enable } = switchable();
  const before = await pictureBefore(world);
  assert.equal((await run(world, SHOP, 'provision')).job.status, 'SUCCEEDED');
  const { id } = await world.submit(REMOVAL, 'remove');
  disableAfter(7);
  const { job } = await world.finish(id);
  assert.equal(job.status, 'REMOVE_FAILED', JSON.stringify(job.problem));
  assert.equal(job.problem?.code, 'KindNotDeployed');
  assert.ok(job.leftovers?.some(({ step }) => step === 'remove-listener'));
  assert.ok(!job.leftovers?.some(({ step }) => step === 'remove-forwarding-rule-images-path'), 'it has gone');
  enable();
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
