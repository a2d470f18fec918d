// Publishing on the event bus, whatever happens between a change and its event: at least once, in sequence, without a
// gap.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept } from '@gatehouse/core/api/accept';
import { jobKey, publishedKey } from '@gatehouse/core/record/records';
import { recoverAll } from '@gatehouse/core/saga/recover-all';
import { createWorld, type World } from '../world/world.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { assertAllPublished, publishedSequences } from './published-events.ts';
import { exampleNamed } from './sweep.ts';

const checkout = exampleNamed('checkout-edge') as object;

/** The world's ports, whose bus is down. */
function withoutBus(world: World) {
  return {
    ...world.ports(),
    bus: { put: () => Promise.reject(new Error('the event bus is down')) },
    log: { info() {}, warn() {}, error() {} },
  };
}

test('without failures, every change is published once, in order', async () => {
  const world = createWorld();
  const { job } = await world.finish((await world.submit(checkout)).id);
  assert.deepEqual(await publishedSequences(world, job), [1, 2, 3]);
  await assertAllPublished(world, job);
});

/** Every place in a job's life at which the bus is told, or at which it is noted how far. */
async function placesOfTelling(): Promise<number[]> {
  const places: number[] = [];
  const world = createWorld({
    dieAtWrite: (n, key) => {
      if (key === 'BUS' || key.endsWith(' JOB') || key.endsWith(' PUBLISHED')) places.push(n);
      return undefined;
    },
  });
  await world.finish((await world.submit(checkout)).id);
  return places;
}

const places = await placesOfTelling();

for (const when of ['before', 'after'] as const) {
  test(`a Lambda that dies right ${when} it changes a job, tells of it or notes so leaves no gap`, async () => {
    assert.ok(places.length > 8, 'a job changes, tells and notes');
    for (const place of places) {
      const world = createWorld({ dieAtWrite: n => (n === place ? when : undefined) });
      const before = await pictureBefore(world);
      const jobRecord = await world.finish((await world.submit(checkout)).id);
      const told = await publishedSequences(world, jobRecord.job);
      const firsts = told.filter((sequence, at) => told.indexOf(sequence) === at);
      assert.deepEqual(firsts, [1, 2, 3], `place ${place}`);
      assert.ok(told.length <= 4, `place ${place}: told again only what the crash left in doubt: ${told}`);
      await assertInvariants(world, before, jobRecord);
    }
  });
}

test('a job whose end could not be published stays open until the schedule publishes it', async () => {
  const world = createWorld();
  const { id } = await world.submit(checkout);
  const { job } = await world.finish(id);
  const key = publishedKey(id);
  const published = await world.store.get(key);
  // As it stands when the bus was down from the first change on.
  await world.store.remove(key, published?.version ?? 0);
  const standing = await world.store.get(jobKey(id));
  await world.store.put(jobKey(id), { ...job, open: true }, standing?.version ?? 0, {
    open: 'open',
    order: 'a',
  });
  await recoverAll(withoutBus(world));
  assert.equal((await world.store.get(jobKey(id)))?.value.open, true);
  await recoverAll(world.ports());
  assert.equal((await world.store.get(jobKey(id)))?.value.open, false);
  assert.deepEqual(await publishedSequences(world, job), [1, 2, 3, 1, 2, 3]);
});

test('if the acceptance of a queued job could not be published, the schedule publishes it', async () => {
  const world = createWorld();
  await world.submit(checkout, 'first');
  const second = { ...checkout, entryPoint: 'checkout-too' };
  const asked = { caller: 'test', idempotencyKey: 'second', value: second };
  const accepted = await accept(withoutBus(world), asked);
  assert.ok('job' in accepted && accepted.job.status === 'QUEUED', 'a bus that is down refuses nothing');
  const { id } = accepted.job;
  assert.deepEqual(await publishedSequences(world, { id }), []);
  await recoverAll(world.ports());
  assert.deepEqual(await publishedSequences(world, { id }), [1]);
  await assertAllPublished(world, (await world.finish(id)).job);
});

test('two Lambdas that publish at the same time leave no gap', async () => {
  const world = createWorld({ twice: { interleaved: 7 } });
  const { job } = await world.finish((await world.submit(checkout)).id);
  await assertAllPublished(world, job);
});
