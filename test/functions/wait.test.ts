// Prefer: wait, and the event feed. Time is virtual: a pause is what the test makes of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { waiterKey } from '@gatehouse/core/record/records';
import { getJob } from '@gatehouse/functions/api/get-job';
import { listEvents } from '@gatehouse/functions/api/list-events';
import { submitJob } from '@gatehouse/functions/api/submit-job';
import { parse } from 'yaml';
import { createWorld } from '../world/world.ts';
import { apiPorts, apiRequest, got, posted, REQUEST, told } from './api-cases.ts';
import { assertDocumented } from './documented.ts';

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
  assert.deepEqual([unchanged.status, unchanged.body, now], [304, undefined, 32_000]);
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

test('a submit that waits is answered when its job has ended, and is a 202 all the same', async () => {
  const world = createWorld();
  let pauses = 0;
  const answer = await submitJob(world.ports(), posted(cookie, { prefer: 'wait=25' }), async () => {
    pauses++;
    await world.idle();
  });
  assert.ok(pauses > 0);
  assert.equal(answer.status, 202);
  assert.equal(told(answer, 'status'), 'SUCCEEDED');
  assert.equal(answer.headers?.['preference-applied'], 'wait=25');
  assert.equal(answer.headers?.['location'], `/v1/jobs/${told(answer, 'id')}`);
});

test('a caller beyond the number of waiters is answered at once, without the header of a wait', async () => {
  const { ports } = apiPorts();
  const few = { ...ports, settings: { ...ports.settings, maxWaiters: 2 } };
  const id = String(told(await submitJob(few, posted(REQUEST)), 'id'));
  const never = async () => assert.fail('no place to wait');
  let beyond: unknown;
  const stop = new Error('enough waited');
  const second = async () => {
    beyond = await getJob(few, got(id, { prefer: 'wait=20' }), never);
    throw stop;
  };
  const first = () => getJob(few, got(id, { prefer: 'wait=20' }), second);
  await assert.rejects(getJob(few, got(id, { prefer: 'wait=20' }), first), stop);
  const { status, headers } = beyond as Awaited<ReturnType<typeof getJob>>;
  assert.equal(status, 200);
  assert.equal(headers?.['preference-applied'], undefined);
  for (const place of [0, 1])
    assert.equal(await few.store.get(waiterKey(place)), undefined, 'both have left');
});

test('the place of a waiting function that died is free once its time is over', async () => {
  const { ports } = apiPorts();
  const one = { ...ports, settings: { ...ports.settings, maxWaiters: 1 } };
  const id = String(told(await submitJob(one, posted(REQUEST)), 'id'));
  const now = one.clock.now().getTime();
  await one.store.put(waiterKey(0), { until: now + 1 }, 0);
  const taken = await getJob(one, got(id, { prefer: 'wait=20' }));
  assert.equal(taken.headers?.['preference-applied'], undefined);
  await one.store.put(waiterKey(0), { until: now }, 1);
  let time = now;
  const clock = { ...one.clock, now: () => new Date(time) };
  const waited = await getJob({ ...one, clock }, got(id, { prefer: 'wait=2' }), async ms => {
    time += ms;
  });
  assert.equal(waited.headers?.['preference-applied'], 'wait=2');
});

function feed(id: string, query: Record<string, string> = {}, prefer = '') {
  return apiRequest({ method: 'GET', parameters: { id }, query, headers: { prefer } });
}

for (const pageSize of ['1', '2', '100']) {
  test(`a caller that reads the events in pages of ${pageSize} misses none and gets none twice`, async () => {
    const world = createWorld();
    const { id } = await world.submit(cookie);
    const seen: number[] = [];
    const statuses: unknown[] = [];
    let after = '0';
    for (let asked = 0; asked < 20; asked++) {
      const answer = await listEvents(world.ports(), feed(id, { after, pageSize }, 'wait=20'), () =>
        world.finish(id),
      );
      assertDocumented('GET /v1/jobs/{id}/events', answer);
      for (let at = 0; at < Number(told(answer, 'items', 'length')); at++) {
        seen.push(Number(told(answer, 'items', at, 'sequence')));
        statuses.push(told(answer, 'items', at, 'status'));
      }
      after = String(told(answer, 'next'));
      if (answer.headers?.['retry-after'] === undefined) break;
    }
    assert.deepEqual(
      seen,
      seen.map((_, at) => at + 1),
    );
    assert.deepEqual(statuses, ['QUEUED', 'RUNNING', 'SUCCEEDED']);
  });
}

test('the feed of an ended job is answered at once, beyond its end with nothing; of no job it is a 404', async () => {
  const world = createWorld();
  const { id } = await world.submit(cookie);
  await world.finish(id);
  const never = async () => assert.fail('nothing to wait for');
  const end = await listEvents(world.ports(), feed(id, { after: '3' }, 'wait=20'), never);
  assert.deepEqual(end.body, { items: [], next: 3 });
  const beyond = await listEvents(world.ports(), feed(id, { after: '900' }, 'wait=20'), never);
  assert.deepEqual(beyond.body, { items: [], next: 900 });
  assert.equal((await listEvents(world.ports(), feed('job-none', {}, 'wait=20'), never)).status, 404);
  for (const query of [{ after: '-1' }, { after: 'x' }, { pageSize: '101' }, { pageToken: 'x' }] as const)
    assert.equal((await listEvents(world.ports(), feed(id, { ...query }))).status, 400);
});
