// "Entry Point Requested": the same job however often and by whichever way it comes; a bad one is answered, and can be
// sent again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OutgoingEvent } from '@gatehouse/core/ports/ports';
import { requestRejectedSchema } from '@gatehouse/core/record/bus-events';
import { jobKey } from '@gatehouse/core/record/records';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import { requestEntryPoint } from '@gatehouse/functions/events/request';
import { apiPorts, REQUEST } from './api-cases.ts';

const SOURCE = 'com.example.pipeline';

function event(detail: unknown, changes: object = {}) {
  const id = '00000000-0000-4000-8000-000000000001';
  return { id, source: SOURCE, account: '111122223333', time: '2026-03-01T12:00:00Z', detail, ...changes };
}

const asked = (metadata: object, data: unknown = REQUEST) => ({ metadata, data });

async function accepted(ports: RequestPorts, ...sent: Parameters<typeof event>): Promise<string> {
  const answered = await requestEntryPoint(ports, event(...sent));
  assert.ok('jobId' in answered, JSON.stringify(answered));
  return answered.jobId;
}

const rejections = (told: OutgoingEvent[]) =>
  told
    .filter(each => each.detailType === 'Entry Point Request Rejected')
    .map(each => requestRejectedSchema.parse(each.detail));

async function rejected(ports: RequestPorts, told: OutgoingEvent[], ...sent: Parameters<typeof event>) {
  const answered = await requestEntryPoint(ports, event(...sent));
  assert.ok('problem' in answered, JSON.stringify(answered));
  const [rejection, ...more] = rejections(told);
  assert.ok(rejection);
  assert.deepEqual(more, []);
  assert.deepEqual(rejection.data.problem, answered.problem);
  return rejection;
}

test('an event makes a job of its account and source', async () => {
  const { ports, counted } = apiPorts();
  const id = await accepted(ports, asked({ idempotencyKey: 'k-1' }));
  const job = (await ports.store.get(jobKey(id)))?.value;
  assert.equal(job?.caller, '111122223333/event/com.example.pipeline');
  assert.equal(job?.entryPoint, REQUEST.entryPoint);
  assert.deepEqual(counted.started, [`${id}-1`]);
});

for (const [why, again] of [
  ['delivered twice', {}],
  ['forwarded between buses, with a new event id', { id: '00000000-0000-4000-8000-000000000002' }],
  ['forwarded by another region', { region: 'us-east-1', id: '00000000-0000-4000-8000-000000000003' }],
] as const) {
  for (const metadata of [{ idempotencyKey: 'k-1' }, { id: 'm-1' }]) {
    test(`${why}, ${JSON.stringify(metadata)} is one job`, async () => {
      const { ports, counted } = apiPorts();
      const first = await accepted(ports, asked(metadata));
      const { writes } = counted;
      assert.equal(await accepted(ports, asked(metadata), again), first);
      assert.equal(counted.writes, writes, 'the second one writes nothing');
      assert.deepEqual(rejections(counted.told), []);
    });
  }
}

test('fifty deliveries at once are one job', async () => {
  const { ports, counted } = apiPorts();
  const ids = await Promise.all(Array.from({ length: 50 }, () => accepted(ports, asked({ id: 'm-1' }))));
  assert.equal(new Set(ids).size, 1);
  assert.equal(counted.started.length, 1);
});

test('another source, another account or another key is another job', async () => {
  const { ports } = apiPorts();
  const ids = [
    await accepted(ports, asked({ idempotencyKey: 'k-1' })),
    await accepted(ports, asked({ idempotencyKey: 'k-1' }), { source: 'com.example.other' }),
    await accepted(ports, asked({ idempotencyKey: 'k-1' }), { account: '444455556666' }),
    await accepted(ports, asked({ idempotencyKey: 'k-2' })),
    await accepted(ports, asked({ id: 'k-1' })),
  ];
  assert.equal(new Set(ids).size, ids.length);
});

test('an explicit key goes before the id, which may differ from delivery to delivery', async () => {
  const { ports } = apiPorts();
  const first = await accepted(ports, asked({ idempotencyKey: 'k-1', id: 'a' }));
  assert.equal(await accepted(ports, asked({ idempotencyKey: 'k-1', id: 'b' })), first);
});

test('the correlation id of the sender is in every event of the job', async () => {
  for (const [metadata, correlationId] of [
    [{ idempotencyKey: 'k-1' }, 'k-1'],
    [{ id: 'm-1' }, 'm-1'],
    [{ id: 'm-1', correlationId: 'c-1' }, 'c-1'],
  ] as const) {
    const { ports, counted } = apiPorts();
    await accepted(ports, asked(metadata));
    const [told] = counted.told;
    assert.equal(Reflect.get(Reflect.get(told?.detail ?? {}, 'metadata'), 'correlationId'), correlationId);
  }
});

test("members of the sender's own envelope are left alone", async () => {
  const { ports } = apiPorts();
  await accepted(ports, { ...asked({ id: 'm-1', trace: 'abc' }), domain: 'network' });
});

for (const [why, detail, code, pointer] of [
  [
    'a request that is not valid',
    asked({ id: 'm-1' }, { ...REQUEST, entryPoint: 'X' }),
    'InvalidRequest',
    '/data/entryPoint',
  ],
  [
    'an unknown member',
    asked({ id: 'm-1' }, { ...REQUEST, Listener: {} }),
    'InvalidRequest',
    '/data/Listener',
  ],
  ['no request', { metadata: { id: 'm-1' } }, 'InvalidRequest', '/data'],
  ['no metadata', { data: REQUEST }, 'InvalidRequest', '/metadata'],
  ['neither key nor id', asked({}), 'InvalidRequest', '/metadata'],
  ['a key that is none', asked({ idempotencyKey: 'a b' }), 'InvalidRequest', '/metadata/idempotencyKey'],
  ['an id that is no text', asked({ id: 7 }), 'InvalidRequest', '/metadata/id'],
] as const) {
  test(`${why} is rejected, with the place, and nothing is written`, async () => {
    const { ports, counted } = apiPorts();
    const { data } = await rejected(ports, counted.told, detail);
    assert.equal(data.problem.code, code);
    assert.equal(data.problem.errors?.[0]?.pointer, pointer);
    assert.equal(counted.writes, 0);
  });
}

test('a rejection has everything that is needed to send the request again', async () => {
  const { ports, counted } = apiPorts();
  const bad = asked({ id: 'm-1' }, { ...REQUEST, entryPoint: 'X' });
  const { metadata, data } = await rejected(ports, counted.told, bad);
  assert.equal(metadata.id, event(bad).id);
  assert.equal(metadata.correlationId, 'm-1');
  assert.deepEqual(data.event, {
    id: event(bad).id,
    source: SOURCE,
    account: '111122223333',
    time: '2026-03-01T12:00:00Z',
  });
  assert.equal(data.entry?.Source, SOURCE);
  assert.equal(data.entry?.DetailType, 'Entry Point Requested');
  assert.deepEqual(JSON.parse(data.entry?.Detail ?? ''), bad);
});

test('a request that was mended goes through under the key of the one that was rejected', async () => {
  const { ports, counted } = apiPorts();
  await rejected(ports, counted.told, asked({ id: 'm-1' }, { ...REQUEST, entryPoint: 'X' }));
  await accepted(ports, asked({ id: 'm-1' }));
});

test('a key that belongs to another request is rejected', async () => {
  const { ports, counted } = apiPorts();
  const first = await accepted(ports, asked({ id: 'm-1' }));
  const { data } = await rejected(
    ports,
    counted.told,
    asked({ id: 'm-1' }, { ...REQUEST, entryPoint: 'other' }),
  );
  assert.equal(data.problem.code, 'IdempotencyKeyReused');
  assert.match(data.problem.message, new RegExp(first));
});

test('a source that is not allowed is rejected without the list of the allowed ones', async () => {
  const { ports, counted } = apiPorts();
  const { data } = await rejected(ports, counted.told, asked({ id: 'm-1' }), { source: 'org.stranger' });
  assert.equal(data.problem.code, 'AccessDenied');
  assert.doesNotMatch(data.problem.message, /com\.example/);
  assert.equal(counted.writes, 0);
});

for (const [sources, source, taken] of [
  [['com.example.a'], 'com.example.a', true],
  [['com.example.a'], 'com.example.ab', false],
  [['com.example.*'], 'com.example.deep.er', true],
  [['com.example.*'], 'com.examples', false],
  [['*'], 'anything', true],
  [[], 'com.example.a', false],
] as const) {
  test(`with sources ${JSON.stringify(sources)}, ${source} is ${taken ? 'taken' : 'rejected'}`, async () => {
    const { ports } = apiPorts();
    const open = { ...ports, settings: { ...ports.settings, eventSources: sources } };
    assert.equal('jobId' in (await requestEntryPoint(open, event(asked({ id: 'm-1' }), { source }))), taken);
  });
}

test('a detail that is too large for an event is rejected without being carried along', async () => {
  const { ports, counted } = apiPorts();
  const { data } = await rejected(ports, counted.told, asked({ id: 'm-1', padding: 'x'.repeat(251 * 1024) }));
  assert.equal(data.problem.code, 'BodyTooLarge');
  assert.equal(data.entry, undefined);
});

test('a rejection fits an event, however much of its request is quotation marks', async () => {
  const { ports, counted } = apiPorts();
  const bad = asked({ id: 'm-1' }, { ...REQUEST, many: Array(60_000).fill('') });
  assert.ok(JSON.stringify(bad).length < 200 * 1024);
  const rejection = await rejected(ports, counted.told, bad);
  assert.ok(JSON.stringify(rejection).length < 256 * 1024);
  assert.equal(rejection.data.problem.code, 'InvalidRequest');
});

test('if the rejection cannot be published, the event is delivered again', async () => {
  const { ports } = apiPorts();
  const down = { ...ports, bus: { put: () => Promise.reject(new Error('down')) } };
  await assert.rejects(requestEntryPoint(down, event({})), { message: 'down' });
});
