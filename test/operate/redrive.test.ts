// Every kind of dead letter, as the hosts of EventBridge and Lambda write it, shown and sent again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { REQUEST_REJECTED } from '@gatehouse/core/record/event-names';
import type { Rule } from '@gatehouse/local/event-bridge/buses';
import { serve } from '@gatehouse/local/http/http-service';
import { signedFor } from '@gatehouse/twins/http/wire';
import { account, bench, queueArn, toFunction } from '../local/event-bus-bench.ts';
import { operate } from './operator.ts';

const QUEUE = 'letters';
const REQUEST = { Source: 'com.example.pipeline', DetailType: 'Entry Point Requested', Detail: '{"n":1}' };

function rule(name: string, on: object, target: Rule['Targets'][number], EventBusName = 'gatehouse'): Rule {
  const DeadLetterConfig = { Arn: queueArn(QUEUE) };
  const EventPattern = JSON.stringify(on);
  return {
    Name: name,
    EventBusName,
    State: 'ENABLED',
    EventPattern,
    Targets: [{ ...target, DeadLetterConfig }],
  };
}

/** A bus whose function `request` fails until it is repaired, and that has no function `later` yet. */
async function hostWithLetters(t: TestContext) {
  const state = { isBroken: true, refuses: false };
  const served: unknown[] = [];
  const host = bench({
    functions: {
      request(event: unknown) {
        if (state.isBroken) throw new TypeError('the table cannot be reached');
        served.push(event);
      },
    },
    settings: { request: { retries: 1, onFailure: QUEUE } },
    rules: [
      rule('requested', { 'detail-type': [REQUEST.DetailType] }, toFunction('request')),
      rule('rejected', { 'detail-type': [REQUEST_REJECTED] }, { Id: QUEUE, Arn: queueArn(QUEUE) }),
      rule('other', { 'detail-type': ['Other'] }, { Id: QUEUE, Arn: queueArn(QUEUE) }),
      rule('later', { 'detail-type': ['Later'] }, toFunction('later')),
    ],
  });
  host.bus.start();
  const by: Record<string, typeof host.bus.request> = {
    // The policy of a deployed bus denies the operator the sources of others.
    events: async request =>
      state.refuses
        ? { status: 400, headers: {}, body: '{"__type":"AccessDeniedException"}' }
        : host.bus.request(request),
    sqs: host.bus.sqs,
    lambda: host.bus.invoke,
  };
  const server = await serve(
    async request => (await by[signedFor(request.headers)?.service ?? '']?.(request)) ?? 'dropped',
    { port: 0, maxBodyBytes: 1e6 },
  );
  t.after(() => server.close());
  const url = `http://127.0.0.1:${server.port}`;
  const queue = `${url}/${account}/${QUEUE}`;
  return {
    ...host,
    state,
    served,
    url,
    redrive: (...args: string[]) => operate(url, 'redrive', '--queue', queue, ...args),
  };
}

function rejection(eventAccount: string, entry: object | null = REQUEST) {
  const data = {
    problem: { code: 'AccessDenied', message: 'the source is not allowed' },
    event: { id: 'e-1', source: REQUEST.Source, account: eventAccount, time: '2026-01-01T00:00:00Z' },
    ...(entry ? { entry } : {}),
  };
  return {
    Source: 'io.gatehouse',
    DetailType: REQUEST_REJECTED,
    Detail: JSON.stringify({ data }),
    EventBusName: 'gatehouse',
  };
}

const here = (entry: object) => ({ ...REQUEST, ...entry, EventBusName: 'gatehouse' });

test('a call that failed to the end is shown, and sent to its function again once that is repaired', async t => {
  const { bus, put, state, served, redrive, messages } = await hostWithLetters(t);
  await put(here({}));
  await bus.idle();
  const shown = await redrive();
  assert.equal(shown.code, 0, shown.stderr);
  assert.match(
    shown.stdout,
    /call {2}Entry Point Requested \S+\n.*RetriesExhausted: TypeError: the table cannot be reached/,
  );
  assert.match(shown.stdout, /--apply sends it to \S+:function:request again\n1 letters, 1 of them stay/);
  assert.equal((await messages(QUEUE)).length, 1, 'nothing was changed');

  state.isBroken = false;
  const sent = await redrive('--apply');
  assert.equal(sent.code, 0, sent.stderr);
  assert.match(sent.stdout, /sent to \S+ again\n1 letters, 0 of them stay/);
  await bus.idle();
  assert.deepEqual(
    served.map(event => Object(event).detail),
    [{ n: 1 }],
  );
  assert.deepEqual(await messages(QUEUE), []);
});

test('an event that a rule could not deliver stays as long as its target cannot take it', async t => {
  const { bus, put, redrive, messages } = await hostWithLetters(t);
  await put(here({ DetailType: 'Later' }));
  const failed = await redrive('--apply');
  assert.equal(failed.code, 1);
  assert.match(
    failed.stdout,
    /call {2}Later \S+\n.*NO_RESOURCE: .*\n.*not sent: Function not found: \S+:later/,
  );
  assert.equal((await messages(QUEUE)).length, 1, 'a letter that was not sent stays');
  await bus.idle();
});

test('a rejected request is sent again only where that is asked for, as its sender had sent it', async t => {
  const { bus, put, state, served, redrive, messages } = await hostWithLetters(t);
  state.isBroken = false;
  await put(rejection(account), rejection('210987654321'), rejection(account, null));
  await bus.idle();
  const kept = await redrive('--apply');
  assert.match(
    kept.stdout,
    /rejected {2}request of com.example.pipeline in 123456789012\n +AccessDenied: the source is not allowed/,
  );
  assert.match(kept.stdout, /--apply --rejected-to FUNCTION sends it again; --discard \S+ deletes it/);
  assert.match(kept.stdout, /its sender must send it again, because it is too large for a letter/);
  assert.equal((await messages(QUEUE)).length, 3);

  state.refuses = true;
  const sent = await redrive('--apply', '--rejected-to', 'request');
  assert.match(sent.stdout, /sent to request again[\s\S]*3 letters, 1 of them stay/);
  await bus.idle();
  const told = { id: 'e-1', source: REQUEST.Source, time: '2026-01-01T00:00:00Z' };
  assert.deepEqual(
    served.toSorted((a, b) => Object(a).account - Object(b).account),
    [account, '210987654321'].map(each => ({
      ...told,
      account: each,
      'detail-type': REQUEST.DetailType,
      detail: { n: 1 },
    })),
  );
  const [large] = await messages(QUEUE);
  const dropped = await redrive('--discard', large?.messageId ?? '');
  assert.match(dropped.stdout, /deleted, as asked\n1 letters, 0 of them stay/);
  assert.deepEqual(await messages(QUEUE), []);
});

test('a tick of the schedule is not sent again, and what nobody knows is left alone', async t => {
  const { bus, put, redrive, messages } = await hostWithLetters(t);
  await put(here({ DetailType: 'Other' }));
  const invoked = await bus.invoke({
    method: 'POST',
    path: '/2015-03-31/functions/request/invocations',
    headers: { 'x-amz-invocation-type': 'Event' },
    body: JSON.stringify({ source: 'aws.events', 'detail-type': 'Scheduled Event' }),
  });
  assert.partialDeepStrictEqual(invoked, { status: 202 });
  await bus.idle();
  const { stdout, code } = await redrive('--apply');
  assert.equal(code, 0);
  assert.match(stdout, /tick {2}a tick of the schedule\n.*\n +deleted: later ticks have done its work/);
  assert.match(
    stdout,
    /unknown {2}a message that Gatehouse did not write\n.*\n +read it in the console of SQS/,
  );
  assert.equal((await messages(QUEUE)).length, 1);
});

test('a queue that does not exist is named, without a stack', async t => {
  const { url } = await hostWithLetters(t);
  const { code, stderr } = await operate(url, 'redrive', '--queue', `${url}/${account}/other`);
  assert.deepEqual([code, stderr], [1, 'error: The specified queue does not exist.\n']);
});

test('every option on the page of operators is one of its command', async () => {
  const page = readFileSync('docs/operate.md', 'utf8');
  const commands = [...page.matchAll(/npm run operate -- (\w+) ([^#\n]*)/g)];
  assert.ok(commands.length >= 4);
  for (const [line, command = '', options = ''] of commands) {
    const { stdout } = await operate('', command, '--help');
    for (const [option] of options.matchAll(/--[\w-]+/g)) assert.ok(stdout.includes(`${option} `), line);
  }
});
