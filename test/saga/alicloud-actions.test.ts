// Actions on jobs of Alibaba Cloud, whose steps form one lane, so that a stuck step keeps its parents: cancelled in the
// middle, stuck in a rollback or a removal, retried, skipped, forgotten. Meanwhile other jobs can use the instance.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performAction } from '@gatehouse/core/api/act';
import type { Action } from '@gatehouse/core/record/events';
import type { Job } from '@gatehouse/core/record/job';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { jobOf, lineOf } from '../world/records.ts';
import { createWorld, type LambdaFaults, type World } from '../world/world.ts';
import { denied } from './alicloud-run.ts';
import { addedIds } from './as-asked.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { exampleNamed } from './sweep.ts';

const SHOP = exampleNamed('shop-accelerator') as { entryPoint: string; listener: { acceleratorId: string } };
const INSTANCE = `instance/${SHOP.listener.acceleratorId}`;
const ENTRY_POINT = `entry-point/${SHOP.entryPoint}`;
/** All that the shop is of, children first. */
const BACKWARD = [
  'forwarding-rule-images-path',
  'forwarding-rule-images-domain',
  'virtual-group-images',
  'endpoint-group-cn-hangzhou',
  'certificate-images.example.com',
  'listener',
];
const by = '123456789012/user/alice';

/** On another port of the same instance. */
function beside(entryPoint: string, port: number) {
  const { acceleratorId } = SHOP.listener;
  const portRanges = [{ fromPort: port, toPort: port }];
  const listener = { acceleratorId, protocol: 'TCP', portRanges };
  return { operation: 'provision', entryPoint, cloud: 'alicloud', listener };
}

const verb = (world: World, id: string, asked: Action, step?: string) =>
  performAction(world.ports(), id, {
    action: asked,
    by,
    reason: 'the right was given',
    ...(step ? { step } : {}),
  });

const leftOf = ({ leftovers = [] }: Job) => leftovers.map(({ step }) => step);

/** A shop whose last rule is refused, and whose undo may not do one thing. */
async function stuckBy(operation: string, lambdaFaults: LambdaFaults = {}) {
  const world = createWorld(lambdaFaults);
  const before = await pictureBefore(world);
  await world.faults([{ ...denied('CreateForwardingRules'), after: 1 }, denied(operation, 100)]);
  const { id } = await world.submit(SHOP, 'stuck');
  const { job } = await world.finish(id);
  assert.equal(job.status, 'ROLLBACK_FAILED', JSON.stringify(job.problem));
  return { world, before, id, job };
}

async function stuckRemoval() {
  const world = createWorld();
  const before = await pictureBefore(world);
  assert.equal((await world.finish((await world.submit(SHOP, 'provision')).id)).job.status, 'SUCCEEDED');
  world.pass(3600);
  await world.faults([denied('DissociateAdditionalCertificatesFromListener', 100)]);
  const { id } = await world.submit({ operation: 'remove', entryPoint: SHOP.entryPoint }, 'remove');
  const { job } = await world.finish(id);
  await world.clearFaults();
  return { world, before, id, job };
}

/** What holds what: a denied removal leaves its parents, too, and everything else goes. */
const DENIALS: [operation: string, left: string[]][] = [
  ['DeleteForwardingRules', BACKWARD.slice(1).filter(step => !step.startsWith('certificate'))],
  ['DeleteEndpointGroup', ['virtual-group-images', 'endpoint-group-cn-hangzhou', 'listener']],
  ['DissociateAdditionalCertificatesFromListener', ['certificate-images.example.com', 'listener']],
  ['DeleteListener', ['listener']],
];

for (const [operation, left] of DENIALS) {
  test(`a rollback without ${operation} names all that is left, and a retry finishes it`, async () => {
    const { world, before, id, job } = await stuckBy(operation);
    assert.deepEqual(leftOf(job).toSorted(), left.toSorted());
    assert.deepEqual([await lineOf(world, ENTRY_POINT), await lineOf(world, INSTANCE)], [[id], []]);
    await world.clearFaults();
    const other = await world.submit(beside('beside', 1001), 'beside');
    assert.equal((await world.finish(other.id)).job.status, 'SUCCEEDED', 'the instance is free for others');
    const removal = await world.submit({ operation: 'remove', entryPoint: 'beside' }, 'gone');
    await world.finish(removal.id);
    assert.deepEqual(await verb(world, id, 'retry'), { outcome: 'done' });
    const jobRecord = await world.finish(id);
    assert.deepEqual([jobRecord.job.status, jobRecord.job.attempt], ['ROLLED_BACK', 2]);
    world.pass(3600);
    assert.equal(await world.picture(), before.picture);
  });
}

test('a resource that a user left behind is not touched again', async () => {
  const { world, before, id } = await stuckBy('DeleteListener');
  assert.deepEqual(await verb(world, id, 'skip', 'endpoint-group-cn-hangzhou'), {
    outcome: 'notLeft',
    steps: ['listener'],
  });
  assert.deepEqual(await verb(world, id, 'skip', 'listener'), { outcome: 'done' });
  const calls = (await world.calls()).length;
  await verb(world, id, 'retry');
  const jobRecord = await world.finish(id);
  assert.equal(jobRecord.job.status, 'ROLLED_BACK');
  assert.equal((await world.calls()).length, calls, 'nothing touches it any more');
  await assertInvariants(world, before, jobRecord);
});

test('a forgotten job names its leftovers, and the next job of the entry point begins', async () => {
  const { world, id } = await stuckBy('DeleteListener');
  await world.clearFaults();
  const behind = await world.submit(beside(SHOP.entryPoint, 1002), 'behind');
  assert.deepEqual(await verb(world, id, 'forget'), { outcome: 'done' });
  const { status, resolution, open } = await jobOf(world, id);
  assert.deepEqual(
    [status, open, resolution?.leftovers?.map(({ step }) => step)],
    ['ROLLBACK_FAILED', false, ['listener']],
  );
  assert.equal((await world.finish(behind.id)).job.status, 'SUCCEEDED');
});

test('a stuck removal keeps the rest of its entry point, and a retry ends it', async () => {
  const { world, before, id, job } = await stuckRemoval();
  assert.equal(job.status, 'REMOVE_FAILED');
  const kept = await readEntryPoint(world.store, SHOP.entryPoint);
  assert.deepEqual(kept?.resources.map(({ step }) => step).toSorted(), [
    'certificate-images.example.com',
    'listener',
  ]);
  await verb(world, id, 'retry');
  assert.equal((await world.finish(id)).job.status, 'SUCCEEDED');
  world.pass(3600);
  assert.equal(await world.picture(), before.picture);
  assert.equal(await readEntryPoint(world.store, SHOP.entryPoint), undefined);
});

test('a removal continues without a skipped step', async () => {
  const { world, before, id, job } = await stuckRemoval();
  for (const step of leftOf(job)) await verb(world, id, 'skip', step);
  await verb(world, id, 'retry');
  const jobRecord = await world.finish(id);
  assert.equal(jobRecord.job.status, 'SUCCEEDED');
  const skipped = jobRecord.job.skipped?.map(each => each.id) ?? [];
  assert.equal(skipped.length, 2);
  assert.deepEqual(addedIds(await world.picture(), before.picture).toSorted(), skipped.toSorted());
});

for (const call of ['CreateListener', 'CreateEndpointGroup', 'CreateForwardingRules']) {
  test(`cancelled while ${call} is in progress, it undoes that call`, async () => {
    const first = createWorld();
    const probe = await first.finish((await first.submit(SHOP, 'probe')).id);
    assert.equal(probe.job.status, 'SUCCEEDED');
    const n = (await first.calls()).findIndex(({ operation }) => operation === call) + 1;
    const world = createWorld({ hold: { call: n, when: 'after' } });
    const before = await pictureBefore(world);
    const { id } = await world.submit(SHOP, 'cancelled');
    await world.held;
    assert.deepEqual(await verb(world, id, 'cancel'), { outcome: 'done' });
    world.release();
    const jobRecord = await world.finish(id);
    assert.deepEqual(
      [jobRecord.job.status, jobRecord.job.rollbackCause?.reason],
      ['ROLLED_BACK', 'cancelled'],
    );
    await assertInvariants(world, before, jobRecord);
    world.pass(3600);
    assert.equal(await world.picture(), before.picture);
  });
}
