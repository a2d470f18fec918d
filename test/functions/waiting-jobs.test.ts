// How many jobs can wait, in a queue and of a caller: what is beyond is refused with a way out, before anything is written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobKey, queueKey, waitingKey, waitingOf } from '@gatehouse/core/record/records';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import type { ApiAnswer } from '@gatehouse/functions/api/answer';
import { cancelJob } from '@gatehouse/functions/api/cancel-job';
import { submitJob } from '@gatehouse/functions/api/submit-job';
import { requestEntryPoint } from '@gatehouse/functions/events/request';
import { apiPorts, apiRequest, posted, REQUEST, told } from './api-cases.ts';
import { assertDocumented } from './documented.ts';

const ALICE = '123456789012/user/alice';

/** A request for `name`, one of several on one accelerator. */
function send(ports: RequestPorts, name: string, key: string, caller = ALICE): Promise<ApiAnswer> {
  const body = { ...REQUEST, entryPoint: name };
  return submitJob(ports, { ...posted(body, { 'idempotency-key': key }), caller });
}

async function fill(ports: RequestPorts, name: string, count: number, caller = ALICE): Promise<void> {
  for (let at = 0; at < count; at++) {
    const answer = await send(ports, name, `${name}-${at}`, caller);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
  }
}

const nameOf = (at: number) => `edge-${at}`;

test('a queue holds 100 jobs; the next is a 429 that says so, writes nothing, and does not use its key', async () => {
  const { ports, counted } = apiPorts();
  await fill(ports, 'edge-one', 100);
  const { writes } = counted;
  const refused = await send(ports, 'edge-one', 'one-more', '123456789012/user/bob');
  assertDocumented('POST /v1/jobs', refused);
  assert.deepEqual(
    [refused.status, told(refused, 'code'), told(refused, 'retryable')],
    [429, 'QueueFull', true],
  );
  assert.equal(refused.headers?.['retry-after'], '60');
  assert.match(
    String(told(refused, 'detail')),
    /^100 jobs are in the queue of entry-point\/edge-one, and a queue holds 100; send/,
  );
  assert.equal(counted.writes, writes);
  const replayed = await send(ports, 'edge-one', 'edge-one-7');
  assert.equal(replayed.status, 202, 'a job that was accepted before is answered');
  const last = await send(ports, 'edge-one', 'edge-one-99');
  await cancelJob(ports, apiRequest({ parameters: { id: String(told(last, 'id')) } }));
  assert.equal((await send(ports, 'edge-one', 'one-more', '123456789012/user/bob')).status, 202);
});

test('the queue of an accelerator that other entry points fill is full for a new one', async () => {
  const { ports, counted } = apiPorts();
  for (let at = 0; at < 100; at++) await fill(ports, nameOf(at), 1, `123456789012/user/caller-${at}`);
  const { writes } = counted;
  const refused = await send(ports, 'edge-one', 'one-more');
  assert.equal(told(refused, 'code'), 'QueueFull');
  assert.match(String(told(refused, 'detail')), /in the queue of accelerator\//);
  assert.equal(counted.writes, writes);
});

test('an event that finds its queue full is rejected with the same problem', async () => {
  const { ports } = apiPorts();
  await fill(ports, REQUEST.entryPoint, 100);
  const detail = { metadata: { id: 'm-1' }, data: REQUEST };
  const event = {
    id: 'e-1',
    source: 'com.example.a',
    account: '111122223333',
    time: '2026-03-01T12:00:00Z',
    detail,
  };
  const answered = await requestEntryPoint(ports, event);
  assert.equal(told({ body: answered }, 'problem', 'code'), 'QueueFull');
});

test('a caller has at most 500 jobs that wait, whoever else waits, and those that began make room', async () => {
  const { ports, counted } = apiPorts();
  for (let at = 0; at < 6; at++) await fill(ports, nameOf(at), at < 5 ? 84 : 81);
  // The first job of the first queue began at once; all others wait, for it or for the accelerator.
  assert.equal((await ports.store.all(waitingOf(ALICE))).length, 500);
  const { writes } = counted;
  const refused = await send(ports, nameOf(1), 'one-more');
  assertDocumented('POST /v1/jobs', refused);
  assert.deepEqual([refused.status, told(refused, 'code')], [429, 'TooManyWaitingJobs']);
  assert.equal(counted.writes, writes);
  assert.equal((await send(ports, nameOf(1), 'one-more', '123456789012/user/bob')).status, 202);
  assert.equal((await send(ports, 'idle-edge', 'another', '123456789012/user/bob')).status, 202);
  for (const at of [3, 4]) {
    const id = String(told(await send(ports, nameOf(5), `${nameOf(5)}-${at}`), 'id'));
    await cancelJob(ports, apiRequest({ parameters: { id } }));
    assert.equal((await ports.store.get(jobKey(id)))?.value.status, 'CANCELLED');
  }
  assert.equal((await send(ports, nameOf(1), 'one-more')).status, 202);
  assert.equal((await send(ports, nameOf(1), 'and-another')).status, 202);
  assert.equal((await send(ports, nameOf(1), 'too-many')).status, 429);
});

test('a caller at the bound still gets jobs that need not wait', async () => {
  const { ports } = apiPorts();
  for (let at = 0; at < 500; at++)
    await ports.store.put(waitingKey(ALICE, `job-${at}`), { jobId: `job-${at}` }, 0);
  assert.equal((await send(ports, 'edge-one', 'first')).status, 202);
});

test('the bound of a queue holds within what is accepted at the same time', async () => {
  const { ports } = apiPorts();
  await fill(ports, 'edge-one', 95);
  const at = Array.from({ length: 20 }, (_, each) => send(ports, 'edge-one', `at-once-${each}`));
  const statuses = (await Promise.all(at)).map(({ status }) => status);
  assert.ok(statuses.every(status => status === 202 || status === 429));
  const queue = await ports.store.get(queueKey('entry-point/edge-one'));
  assert.ok((queue?.value.jobs.length ?? 0) <= 115);
  assert.equal((await send(ports, 'edge-one', 'after')).status, 429);
});
