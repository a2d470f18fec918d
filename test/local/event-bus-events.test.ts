// PutEvents with the real SDK client: accepted and refused entries, one by one, and the event that a target gets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { bench, EVERYTHING, entry, region, toBus, toFunction, toQueue } from './event-bus-bench.ts';

test('a function is given the event as EventBridge gives it', async () => {
  const { bus, put, rule, calls } = bench({ functions: { ship: () => undefined } });
  await rule('orders', { source: ['com.example.shop'] }, toFunction('ship'));
  bus.start();
  const Time = new Date('2026-03-01T12:00:00.750Z');
  const answer = await put(entry({ order: 7 }, { Time, Resources: ['arn:one'] }));
  await bus.idle();
  assert.equal(answer.FailedEntryCount, 0);
  assert.deepEqual(calls, [
    {
      name: 'ship',
      event: {
        version: '0',
        id: answer.Entries?.[0]?.EventId,
        'detail-type': 'Order Placed',
        source: 'com.example.shop',
        account: '123456789012',
        time: '2026-03-01T12:00:00Z',
        region,
        resources: ['arn:one'],
        detail: { order: 7 },
      },
    },
  ]);
});

test('an event without a time has the time at which it came', async () => {
  const { put, events } = bench();
  await put(entry());
  assert.equal((await events())[0]?.event.time, '2026-01-01T00:00:00Z');
});

for (const [why, bad, code, message] of [
  ['no source', entry({}, { Source: '' }), 'InvalidArgument', /Source is a required argument/],
  ['no detail type', { Source: 'a', Detail: '{}' }, 'InvalidArgument', /DetailType is a required argument/],
  [
    'a detail type of 129 characters',
    entry({}, { DetailType: 'x'.repeat(129) }),
    'InvalidArgument',
    /DetailType must have at most 128 characters/,
  ],
  ['no detail', { Source: 'a', DetailType: 'b' }, 'InvalidArgument', /Detail is a required argument/],
  ['a detail that is no JSON', entry({}, { Detail: '{' }), 'MalformedDetail', /Detail is malformed/],
  ['a detail that is no object', entry({}, { Detail: '[1]' }), 'MalformedDetail', /Detail is malformed/],
  [
    'a detail that is nested too deeply to be delivered',
    entry({}, { Detail: `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}` }),
    'MalformedDetail',
    /Detail is malformed/,
  ],
  ['a source of AWS', entry({}, { Source: 'aws.ec2' }), 'NotAuthorizedForSourceException', /Not authorized/],
] as const) {
  test(`an entry with ${why} is refused, and its neighbours are taken`, async () => {
    const { put, events } = bench();
    const answer = await put(entry({ n: 1 }), bad, entry({ n: 3 }));
    assert.equal(answer.FailedEntryCount, 1);
    assert.equal(answer.Entries?.[1]?.ErrorCode, code);
    assert.match(answer.Entries?.[1]?.ErrorMessage ?? '', message);
    assert.deepEqual(
      answer.Entries?.map(each => each.EventId !== undefined),
      [true, false, true],
    );
    assert.deepEqual(
      (await events()).map(row => row.event.detail),
      [{ n: 1 }, { n: 3 }],
    );
  });
}

test('eleven entries, none at all and too many bytes are refused as a whole', async () => {
  const { client, put, events } = bench();
  const eleven = Array.from({ length: 11 }, () => entry());
  await assert.rejects(put(...eleven), { name: 'ValidationException', message: /length from 1 to 10/ });
  await assert.rejects(client.send(new PutEventsCommand({ Entries: [] })), { name: 'ValidationException' });
  const big = entry({ text: 'x'.repeat(130 * 1024) });
  await assert.rejects(put(big, big), { name: 'ValidationException', message: /over the limit/ });
  assert.deepEqual(await events(), []);
  assert.equal((await put(big)).FailedEntryCount, 0);
});

const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

test('a detail that is nested too deeply is malformed, and is shown all the same', async () => {
  const { put, rule, events } = bench();
  await rule('all', EVERYTHING, toQueue('kept'));
  const answer = await put(entry({ n: 1 }), entry({}, { Detail: `{"deep":${deep}}` }));
  assert.equal(answer.Entries?.[1]?.ErrorCode, 'MalformedDetail');
  assert.deepEqual(
    (await events()).map(row => row.event.detail),
    [{ n: 1 }],
  );
});

for (const [why, bad] of [
  ['a time after all years of four digits', { Time: new Date(8.64e15) }],
  ['a bus whose name is no text', { EventBusName: 7 as unknown as string }],
] as const) {
  test(`with ${why} in one entry, none is sent`, async () => {
    const { put, events } = bench();
    await assert.rejects(put(entry({ n: 1 }), entry({ n: 2 }, bad)), { name: 'SerializationException' });
    assert.deepEqual(await events(), []);
  });
}

test('an event to a bus that is not there is accepted and goes nowhere', async () => {
  const { put, events } = bench();
  const answer = await put(entry({}, { EventBusName: 'nowhere' }));
  assert.equal(answer.FailedEntryCount, 0);
  assert.deepEqual(await events(), []);
});

test('a rule that does not match, and one that is disabled, deliver nothing', async () => {
  const { bus, put, rule, calls, events } = bench({ functions: { ship: () => undefined } });
  await rule('others', { source: ['com.example.other'] }, toFunction('ship'));
  bus.start();
  await put(entry());
  await bus.idle();
  assert.deepEqual(calls, []);
  assert.deepEqual((await events())[0]?.rules, []);
});

test('a target with an input of its own is given that', async () => {
  const { bus, put, rule, calls } = bench({ functions: { ship: () => undefined } });
  await rule('orders', EVERYTHING, { ...toFunction('ship'), Input: '{"fixed":true}' });
  bus.start();
  await put(entry());
  await bus.idle();
  assert.deepEqual(calls, [{ name: 'ship', event: { fixed: true } }]);
});

test('a forwarded event keeps everything but its id', async () => {
  const rules = [
    {
      Name: 'hear',
      EventBusName: 'team/one',
      State: 'ENABLED' as const,
      EventPattern: JSON.stringify(EVERYTHING),
      Targets: [toQueue('heard')],
    },
  ];
  const { put, rule, messages, events } = bench({ rules });
  await rule('forward', EVERYTHING, toBus('team/one'));
  await put(entry({ n: 1 }));
  const [sent, forwarded] = (await events()).map(row => row.event);
  const [message] = await messages('heard');
  assert.deepEqual(message?.body, forwarded);
  assert.notEqual(forwarded?.id, sent?.id);
  assert.deepEqual({ ...forwarded, id: '' }, { ...sent, id: '' });
});

test('events in a cycle of rules end in the dead-letter queue', async () => {
  const { put, rule, messages } = bench();
  const DeadLetterConfig = { Arn: toQueue('dead').Arn };
  await rule('circle', EVERYTHING, { ...toBus('default'), DeadLetterConfig });
  await put(entry());
  const [message, more] = await messages('dead');
  assert.match(message?.attributes['ERROR_MESSAGE'] ?? '', /cycle/);
  assert.equal(more, undefined);
});

test('events on the buses can be listed by source and detail type', async () => {
  const { put, events } = bench();
  await put(entry(), entry({}, { Source: 'com.example.other' }), entry({}, { DetailType: 'Other' }));
  assert.equal((await events('?source=com.example.shop')).length, 2);
  assert.equal((await events('?detailType=Other')).length, 1);
  assert.deepEqual(
    (await events('?after=2')).map(row => row.n),
    [3],
  );
});

test('a rule hears of a field whose name in the event has a dot', async () => {
  const { put, events, rule } = bench();
  await rule('paid', { detail: { order: { state: ['paid'] } } }, toQueue('paid'));
  await put(entry({ 'order.state': 'paid' }), entry({ 'order.state': 'open' }));
  assert.deepEqual(
    (await events()).map(row => row.rules),
    [['paid'], []],
  );
});
