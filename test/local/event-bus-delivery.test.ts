// Delivery: at least once, also over a restart; retried as Lambda does; an event whose retries are exhausted is kept in
// a queue.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { bench, EVERYTHING, entry, member, startOfTest, toFunction, toQueue } from './event-bus-bench.ts';

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'gatehouse-bus-'));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function failing(times: number) {
  let left = times;
  return () => {
    if (left-- > 0) throw Object.assign(new Error('not now'), { name: 'RetryableError' });
  };
}

/** One event for a function that fails so often, until nothing more is done about it. */
async function shipped({ failures, retries }: { failures: number; retries?: number }) {
  const { bus, put, rule, calls, messages } = bench({
    functions: { ship: failing(failures) },
    settings: { ship: { onFailure: 'dead', ...(retries === undefined ? {} : { retries }) } },
  });
  await rule('orders', EVERYTHING, toFunction('ship'));
  bus.start();
  await put(entry({ n: 1 }));
  await bus.idle();
  return { calls, dead: await messages('dead') };
}

test('a function that fails twice is called a third time', async () => {
  const { calls, dead } = await shipped({ failures: 2 });
  assert.equal(calls.length, 3);
  assert.deepEqual(new Set(calls.map(call => JSON.stringify(call.event))).size, 1);
  assert.deepEqual(dead, []);
});

test('an event that fails three times goes to the failure destination, from which it can be sent again', async () => {
  const { calls, dead } = await shipped({ failures: 9 });
  assert.equal(calls.length, 3);
  const [message, more] = dead;
  assert.equal(more, undefined);
  assert.equal(member(message, 'body', 'requestContext', 'condition'), 'RetriesExhausted');
  assert.equal(member(message, 'body', 'requestContext', 'approximateInvokeCount'), 3);
  assert.deepEqual(member(message, 'body', 'requestPayload'), calls[0]?.event);
  assert.deepEqual(member(message, 'body', 'responsePayload'), {
    errorType: 'RetryableError',
    errorMessage: 'not now',
  });
});

test('without retries, the first failure is the last', async () => {
  const { calls, dead } = await shipped({ failures: 9, retries: 0 });
  assert.equal(calls.length, 1);
  assert.equal(dead.length, 1);
});

test('an event that has grown too old is not delivered any more', async () => {
  const { bus, clock, put, rule, calls, messages } = bench({
    functions: { ship: () => undefined },
    settings: { ship: { maximumAgeSeconds: 60, onFailure: 'dead' } },
    timeScale: 1,
  });
  await rule('orders', EVERYTHING, toFunction('ship'));
  await put(entry());
  clock.now = startOfTest + 61_000;
  bus.start();
  await bus.idle();
  assert.deepEqual(calls, []);
  const [message] = await messages('dead');
  assert.equal(member(message, 'body', 'requestContext', 'condition'), 'EventAgeExceeded');
});

test('an event for a function that is not there goes to the dead-letter queue of its target', async () => {
  const { put, rule, messages } = bench();
  const dead = { ...toFunction('nobody'), DeadLetterConfig: { Arn: toQueue('dead').Arn } };
  await rule('orders', EVERYTHING, dead);
  const answer = await put(entry({ n: 1 }));
  const [message] = await messages('dead');
  assert.equal(member(message, 'body', 'id'), answer.Entries?.[0]?.EventId);
  assert.equal(message?.attributes['ERROR_CODE'], 'NO_RESOURCE');
  assert.match(message?.attributes['RULE_ARN'] ?? '', /rule\/orders$/);
});

test('a failed delivery without a dead-letter queue is logged', async () => {
  const { bus, put, rule, complaints } = bench({ functions: { ship: failing(9) } });
  await rule('orders', EVERYTHING, toFunction('ship'), toFunction('nobody'));
  bus.start();
  await put(entry());
  await bus.idle();
  assert.match(
    complaints.join('\n'),
    /target has no dead-letter queue[\s\S]*function has no failure destination/,
  );
});

test('one target that fails keeps nothing from the others', async () => {
  const { bus, put, rule, calls, messages } = bench({
    functions: { ship: failing(9), bill: () => undefined },
  });
  await rule('orders', EVERYTHING, toFunction('ship'), toFunction('bill'), toQueue('kept'));
  bus.start();
  await put(entry());
  await bus.idle();
  assert.equal(calls.filter(call => call.name === 'bill').length, 1);
  assert.equal((await messages('kept')).length, 1);
});

test('events that were accepted before a crash are delivered after the next start', async t => {
  const dataDir = folder(t);
  const functions = { ship: () => undefined };
  const first = bench({ dataDir, functions });
  await first.rule('orders', EVERYTHING, toFunction('ship'));
  const answer = await first.put(entry({ n: 1 }), entry({ n: 2 }));
  assert.deepEqual(first.calls, []);

  const second = bench({ dataDir, functions });
  second.bus.start();
  await second.bus.idle();
  assert.deepEqual(
    second.calls.map(call => member(call, 'event', 'id')),
    answer.Entries?.map(each => each.EventId),
  );
});

test('a function that was called when the process died is called again', async t => {
  const dataDir = folder(t);
  const first = bench({ dataDir, functions: { ship: () => new Promise(() => {}) } });
  await first.rule('orders', EVERYTHING, toFunction('ship'));
  first.bus.start();
  await first.put(entry());
  while (first.calls.length === 0) await new Promise(resolve => setImmediate(resolve));
  first.bus.stop();

  const second = bench({ dataDir, functions: { ship: () => undefined } });
  second.bus.start();
  await second.bus.idle();
  assert.deepEqual(second.calls, first.calls);

  const third = bench({ dataDir, functions: { ship: () => undefined } });
  third.bus.start();
  await third.bus.idle();
  assert.deepEqual(third.calls, [], 'once it was delivered, it is done');
});

test('rules, events and messages are found again by the next start', async t => {
  const dataDir = folder(t);
  const first = bench({ dataDir });
  await first.rule('orders', EVERYTHING, toQueue('kept'));
  await first.put(entry({ n: 1 }));
  const second = bench({ dataDir });
  await second.put(entry({ n: 2 }));
  assert.deepEqual(
    (await second.messages('kept')).map(message => member(message, 'body', 'detail')),
    [{ n: 1 }, { n: 2 }],
  );
  assert.deepEqual(
    (await second.events()).map(row => row.n),
    [1, 2],
  );
  const lines = readFileSync(join(dataDir, 'event-bus', 'events.jsonl'), 'utf8')
    .trim()
    .split('\n');
  assert.equal(lines.length, 2);
});

test('a rule that the host brings along replaces the one that an older start had put', async t => {
  const dataDir = folder(t);
  const rule = (source: string) => ({
    Name: 'ours',
    EventBusName: 'gatehouse',
    State: 'ENABLED' as const,
    EventPattern: JSON.stringify({ source: [source] }),
    Targets: [toQueue('kept')],
  });
  bench({ dataDir, rules: [rule('old')] });
  const { put, events } = bench({ dataDir, rules: [rule('com.example.shop')] });
  await put(entry({}, { EventBusName: 'gatehouse' }));
  assert.deepEqual((await events())[0]?.rules, ['ours']);
});

test('a schedule ticks, and leaves a tick out while the one before is being worked on', async () => {
  const gate = Promise.withResolvers<void>();
  const twice = Promise.withResolvers<void>();
  const { bus, calls } = bench({
    functions: {
      sweep: () => {
        if (calls.length === 2) twice.resolve();
        return gate.promise;
      },
    },
    rules: [
      {
        Name: 'every-minute',
        EventBusName: 'default',
        State: 'ENABLED',
        ScheduleExpression: 'rate(1 minute)',
        Targets: [toFunction('sweep')],
      },
    ],
  });
  bus.start();
  while (calls.length === 0) await new Promise(resolve => setImmediate(resolve));
  assert.equal(member(calls, 0, 'event', 'source'), 'aws.events');
  assert.equal(member(calls, 0, 'event', 'detail-type'), 'Scheduled Event');
  // Ticks come every 100 ms at the fastest: three of them pass.
  await new Promise(resolve => setTimeout(resolve, 350));
  assert.equal(calls.length, 1);
  gate.resolve();
  await twice.promise;
});

test('a service of the same machine tells the default bus in its own name', async () => {
  const { bus, rule, messages } = bench();
  await rule('states', { source: ['aws.states'], detail: { status: ['FAILED'] } }, toQueue('kept'));
  const event = {
    source: 'aws.states',
    detailType: 'Status',
    resources: ['arn'],
    detail: { status: 'FAILED' },
  };
  bus.emit(event);
  bus.emit({ ...event, detail: { status: 'RUNNING' } });
  assert.equal((await messages('kept')).length, 1);
});
