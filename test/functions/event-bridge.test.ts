// The event bus behind core's port: all events taken, by tens, or an error that says whether it heals.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';
import { eventBridgeBus } from '@gatehouse/functions/event-bridge';
import type { WireService } from '@gatehouse/twins/http/wire';
import { bench, clientOf } from '../local/event-bus-bench.ts';

const event = (n: number) => ({
  detailType: 'Job Status Changed',
  time: '2026-03-01T12:00:00.123Z',
  detail: { metadata: { id: `job-1-${n}` }, data: { sequence: n } },
});

/** EventBridge as it answers when it takes the first entry and not the second. */
function refusing(ErrorCode: string): WireService {
  const Entries = [{ EventId: '1' }, { ErrorCode, ErrorMessage: 'no' }];
  const body = JSON.stringify({ FailedEntryCount: 1, Entries });
  return async () => ({ status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body });
}

test('an event comes out as the bus gives it to a rule', async () => {
  const { client, events } = bench();
  await eventBridgeBus(client, 'default').put([event(1)]);
  const [row] = await events();
  assert.equal(row?.event.source, 'io.gatehouse');
  assert.equal(row?.event['detail-type'], 'Job Status Changed');
  assert.equal(row?.event.time, '2026-03-01T12:00:00Z');
  assert.deepEqual(row?.event.detail, event(1).detail);
});

test('more than ten events go in their order', async () => {
  const { client, events } = bench();
  const all = Array.from({ length: 23 }, (_, at) => event(at + 1));
  await eventBridgeBus(client, 'default').put(all);
  assert.deepEqual(
    (await events()).map(row => row.event.detail),
    all.map(each => each.detail),
  );
});

test('large events go in calls that the bus takes', async () => {
  const { client, events } = bench();
  const note = 'x'.repeat(60_000);
  const all = Array.from({ length: 11 }, (_, at) => ({
    ...event(at),
    detail: { ...event(at).detail, note },
  }));
  await eventBridgeBus(client, 'default').put(all);
  assert.deepEqual(
    (await events()).map(row => row.event.detail),
    all.map(each => each.detail),
  );
});

for (const code of ['ThrottlingException', 'InternalFailure']) {
  test(`an entry that is refused with ${code} can be published again`, async () => {
    const put = eventBridgeBus(clientOf(refusing(code)), 'default').put([event(1), event(2)]);
    await assert.rejects(put, RetryableError);
  });
}

for (const code of ['NotAuthorizedForSourceException', 'MalformedDetail', 'InvalidArgument']) {
  test(`an entry that is refused with ${code} is an error that no retry heals`, async () => {
    const put = eventBridgeBus(clientOf(refusing(code)), 'default').put([event(1), event(2)]);
    await assert.rejects(put, TerminalError);
  });
}

test('events can be published again to a bus that does not answer', async () => {
  await assert.rejects(
    eventBridgeBus(
      clientOf(async () => 'dropped'),
      'default',
    ).put([event(1)]),
    RetryableError,
  );
});
