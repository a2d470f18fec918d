// Prefer: wait. Time is virtual: a pause is what the test makes of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { getJob } from '@gatehouse/functions/api/get-job';
import { parse } from 'yaml';
import { createWorld } from '../world/world.ts';
import { got, told } from './api-cases.ts';

const cookie = parse(readFileSync('examples/app-cookie.yaml', 'utf8'));

test('an answer waits for the next change of the job', async () => {
  const world = createWorld();
  const { id } = await world.submit(cookie);
  let pauses = 0;
  const answer = await getJob(world.ports(), got(id, { prefer: 'wait=20' }), async () => {
    pauses++;
    await world.finish(id);
  });
  assert.equal(pauses, 1);
  assert.equal(told(answer, 'status'), 'SUCCEEDED');
  assert.equal(answer.headers?.['preference-applied'], 'wait=20');
});

test('without a change it answers when the time is up, and a known ETag gives 304', async () => {
  const world = createWorld();
  const { id } = await world.submit(cookie);
  const ports = world.ports();
  let now = 0;
  const clock = { ...ports.clock, now: () => new Date(now) };
  const pause = async (ms: number) => {
    now += ms;
  };
  const waited = await getJob({ ...ports, clock }, got(id, { prefer: 'respond-async, wait=7' }), pause);
  assert.deepEqual([waited.status, now], [200, 7_000]);
  const known = { prefer: 'wait=999', 'if-none-match': waited.headers?.['etag'] ?? '' };
  const unchanged = await getJob({ ...ports, clock }, got(id, known), pause);
  assert.deepEqual([unchanged.status, unchanged.body, now], [304, undefined, 27_000]);
  await world.finish(id);
});

test('an ended job, an unknown one and a stale ETag are answered at once', async () => {
  const world = createWorld();
  const { id } = await world.submit(cookie);
  const never = async () => assert.fail('nothing to wait for');
  const stale = await getJob(
    world.ports(),
    got(id, { prefer: 'wait=20', 'if-none-match': '"older"' }),
    never,
  );
  assert.equal(stale.status, 200);
  await world.finish(id);
  assert.equal((await getJob(world.ports(), got(id, { prefer: 'wait=20' }), never)).status, 200);
  assert.equal((await getJob(world.ports(), got('job-none', { prefer: 'wait=20' }), never)).status, 404);
});
