// The action cancel over the API: a queued job ends, a running job rolls back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { queueKey } from '@gatehouse/core/record/records';
import { cancelJob } from '@gatehouse/functions/api/cancel-job';
import { getJob } from '@gatehouse/functions/api/get-job';
import { parse } from 'yaml';
import { assertInvariants, pictureBefore } from '../saga/invariants.ts';
import { createWorld } from '../world/world.ts';
import { apiRequest, got, told } from './api-cases.ts';

const checkout = parse(readFileSync('examples/checkout-edge.yaml', 'utf8'));
const voice = parse(readFileSync('examples/voice-udp.yaml', 'utf8'));

function cancelling(id: string, body = '', caller = '123456789012/user/alice') {
  return apiRequest({ caller, parameters: { id }, body, headers: { 'content-type': 'application/json' } });
}

test('a job that waits is cancelled at once, leaves its lines, and the next one goes on', async () => {
  const world = createWorld();
  const before = await pictureBefore(world);
  const first = await world.submit(checkout, 'first');
  const waiting = await world.submit(voice, 'second');
  const third = await world.submit({ ...voice, entryPoint: 'voice-too' }, 'third');
  const answer = await cancelJob(world.ports(), cancelling(waiting.id, '{"reason":"wrong accelerator"}'));
  assert.equal(answer.status, 202);
  assert.equal(told(answer, 'status'), 'CANCELLED');
  assert.match(
    String(told(answer, 'summary')),
    /^Nothing was changed: cancelled by .*alice: wrong accelerator$/,
  );
  assert.equal((await world.finish(third.id)).job.status, 'SUCCEEDED');
  await world.finish(first.id);
  const line = await world.store.get(queueKey(`accelerator/${voice.listener.acceleratorArn}`));
  assert.deepEqual(line?.value.jobs, []);
  assert.notEqual(await world.picture(), before.picture);
});

test('the history has the requester, the time and the reason', async () => {
  const world = createWorld();
  await world.submit(checkout, 'first');
  const { id } = await world.submit(voice, 'second');
  await cancelJob(world.ports(), cancelling(id, '{"reason":"a mistake"}'));
  const shown = await getJob(world.ports(), got(id));
  assert.equal(told(shown, 'events', 1, 'action'), 'cancel');
  assert.equal(told(shown, 'events', 1, 'by'), '123456789012/user/alice');
  assert.equal(told(shown, 'events', 1, 'reason'), 'a mistake');
  assert.equal(told(shown, 'events', 2, 'status'), 'CANCELLED');
  await world.idle();
});

test('cancelling twice is cancelling once', async () => {
  const world = createWorld();
  await world.submit(checkout, 'first');
  const { id } = await world.submit(voice, 'second');
  const [one, two] = [
    await cancelJob(world.ports(), cancelling(id)),
    await cancelJob(world.ports(), cancelling(id)),
  ];
  assert.deepEqual([one.status, two.status], [202, 202]);
  assert.deepEqual(told(one, 'events'), told(two, 'events'));
  await world.idle();
});

test('a job that has ended is a 409, one that is not there a 404', async () => {
  const world = createWorld();
  const { id } = await world.submit(voice);
  await world.finish(id);
  const late = await cancelJob(world.ports(), cancelling(id));
  assert.deepEqual([late.status, told(late, 'code')], [409, 'ActionNotAllowed']);
  assert.equal((await cancelJob(world.ports(), cancelling('job-none'))).status, 404);
});

for (const [what, body, pointer] of [
  ['an unknown member', '{"because":"x"}', '/because'],
  ['a reason that is no text', '{"reason":5}', '/reason'],
  ['a reason that is too long', JSON.stringify({ reason: 'x'.repeat(501) }), '/reason'],
  ['a body that is no object', '[]', ''],
  ['a broken body', '{', ''],
] as const) {
  test(`${what} is a 400, and cancels nothing`, async () => {
    const world = createWorld();
    const { id } = await world.submit(voice);
    const answer = await cancelJob(world.ports(), cancelling(id, body));
    assert.equal(answer.status, 400);
    assert.ok(String(told(answer, 'errors', 0, 'pointer')).startsWith(pointer));
    assert.equal((await world.finish(id)).job.status, 'SUCCEEDED');
  });
}

test('cancelled at any write, a job ends as requested, as before, or before it began', async () => {
  const counted = createWorld();
  await counted.finish((await counted.submit(checkout)).id);
  const ends = new Set<string>();
  for (let n = 1; n <= counted.writes(); n++) {
    let asked: Promise<unknown> | undefined;
    const world = createWorld({
      dieAtWrite: (write, key) => {
        const id = /JOB#(job-\w+)/.exec(key)?.[1];
        if (write >= n && id && !asked)
          asked = Promise.resolve().then(() => cancelJob(world.ports(), cancelling(id)));
        return undefined;
      },
    });
    const before = await pictureBefore(world);
    const jobRecord = await world.finish((await world.submit(checkout)).id);
    await asked;
    ends.add(jobRecord.job.status);
    await assertInvariants(world, before, jobRecord);
  }
  assert.deepEqual([...ends].toSorted(), ['CANCELLED', 'ROLLED_BACK', 'SUCCEEDED']);
});
