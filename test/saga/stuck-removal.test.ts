// A removal that gets stuck half-way, and each action that ends it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performAction } from '@gatehouse/core/api/act';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { jobOf, lineOf } from '../world/records.ts';
import { createWorld, type World } from '../world/world.ts';
import { addedIds } from './as-asked.ts';
import { pictureBefore } from './invariants.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

const VOICE = exampleNamed('voice-udp') as { entryPoint: string; listener: { acceleratorArn: string } };
const ACCELERATOR = `accelerator/${VOICE.listener.acceleratorArn}`;
const by = '123456789012/user/alice';

/** On another port of the same accelerator. */
function other(port: number) {
  const { acceleratorArn } = VOICE.listener;
  const portRanges = [{ fromPort: port, toPort: port }];
  const listener = { acceleratorArn, protocol: 'TCP', portRanges };
  return { operation: 'provision', entryPoint: `edge-${port}`, listener };
}

/** A removal that the cloud denies half-way: its group is gone, its listener is not. */
async function stuckRemoval() {
  const world = createWorld();
  const before = await pictureBefore(world);
  await world.finish((await world.submit(VOICE, 'provision')).id);
  const error = errorsOf('globalaccelerator').denied;
  const fault = { service: 'globalaccelerator', operation: 'DeleteListener', fault: 'error', error };
  await world.faults([{ ...fault, times: 100 }]);
  const { id } = await world.submit({ operation: 'remove', entryPoint: VOICE.entryPoint }, 'remove');
  const { job } = await world.finish(id);
  assert.deepEqual([job.status, job.leftovers?.length], ['REMOVE_FAILED', 1], JSON.stringify(job.problem));
  await world.clearFaults();
  return { world, before, id, step: job.leftovers?.[0]?.step ?? '' };
}

test('a stuck removal keeps its entry point with its leftovers, and continues when it is retried', async () => {
  const { world, before, id } = await stuckRemoval();
  const kept = await readEntryPoint(world.store, VOICE.entryPoint);
  assert.deepEqual(
    kept?.resources.map(({ kind }) => kind),
    ['listener'],
  );
  assert.deepEqual(await lineOf(world, `entry-point/${VOICE.entryPoint}`), [id]);
  assert.deepEqual(await lineOf(world, ACCELERATOR), []);
  await performAction(world.ports(), id, { action: 'retry', by });
  const { job } = await world.finish(id);
  assert.deepEqual([job.status, job.attempt], ['SUCCEEDED', 2]);
  assert.equal(await world.picture(), before.picture);
  assert.equal(await readEntryPoint(world.store, VOICE.entryPoint), undefined);
});

test('cancelled while it waits to go on, a retried removal is stuck as before', async () => {
  const { world, id } = await stuckRemoval();
  const holder = await world.submit(other(1001), 'holder');
  await performAction(world.ports(), id, { action: 'retry', by });
  assert.equal((await jobOf(world, id)).requeued, true);
  await performAction(world.ports(), id, { action: 'cancel', by });
  const job = await jobOf(world, id);
  assert.deepEqual([job.status, job.open, job.leftovers?.length], ['REMOVE_FAILED', false, 1]);
  assert.deepEqual(await lineOf(world, ACCELERATOR), [holder.id]);
  await performAction(world.ports(), id, { action: 'retry', by });
  assert.equal((await world.finish(id)).job.status, 'SUCCEEDED');
});

test('a removal can finish without a skipped step', async () => {
  const { world, before, id, step } = await stuckRemoval();
  await performAction(world.ports(), id, { action: 'skip', by, step });
  await performAction(world.ports(), id, { action: 'retry', by });
  const { job } = await world.finish(id);
  assert.equal(job.status, 'SUCCEEDED');
  assert.deepEqual(addedIds(await world.picture(), before.picture), [job.skipped?.[0]?.id]);
  assert.equal(await readEntryPoint(world.store, VOICE.entryPoint), undefined);
});

test('a removal that is forgotten leaves an entry point that another job can change or remove', async () => {
  const { world, before, id } = await stuckRemoval();
  await performAction(world.ports(), id, { action: 'forget', by, reason: 'we ask anew' });
  const again = await world.submit({ operation: 'remove', entryPoint: VOICE.entryPoint }, 'again');
  assert.equal((await world.finish(again.id)).job.status, 'SUCCEEDED');
  assert.equal(await world.picture(), before.picture);
});

test('a removal that is cancelled or stopped names its leftovers, and has succeeded if there are none', async () => {
  const ends = new Map<string, number>();
  for (const how of ['cancel', 'stop'] as const) {
    for (let write = 1; ; write++) {
      const world = createWorld();
      const before = await pictureBefore(world);
      await world.finish((await world.submit(VOICE, 'provision')).id);
      const { id } = await world.submit({ operation: 'remove', entryPoint: VOICE.entryPoint }, 'remove');
      const interrupted = atWrite(world, write, async () => {
        if (how === 'cancel') await performAction(world.ports(), id, { action: 'cancel', by });
        else await world.stopJob(id).catch(() => {});
      });
      const { job } = await world.finish(id);
      if (!interrupted()) break;
      const said = `${how} at write ${write}: ${job.status} ${JSON.stringify(job.leftovers)}`;
      ends.set(`${how} ${job.status}`, write);
      assert.equal((job.leftovers ?? []).length > 0, job.status === 'REMOVE_FAILED', said);
      if (job.status === 'SUCCEEDED') assert.equal(await world.picture(), before.picture, said);
      for (const { problem } of job.leftovers ?? []) assert.doesNotMatch(problem.message, /rollback/, said);
    }
  }
  for (const end of ['cancel REMOVE_FAILED', 'cancel SUCCEEDED', 'stop REMOVE_FAILED', 'stop SUCCEEDED'])
    assert.ok(ends.has(end), `${end} was reached`);
});

/** Something happens right before the n-th write from now on. */
function atWrite({ store }: World, n: number, act: () => Promise<unknown>): () => boolean {
  const put = store.put;
  let count = 0;
  store.put = async (key, value, version, index) => {
    if (++count === n) await act();
    return put(key, value, version, index);
  };
  return () => count >= n;
}
