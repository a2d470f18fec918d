// The faults of the twins: the caller's answer, the effect, and the row in the log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DescribeAcceleratorCommand,
  ListAcceleratorsCommand,
  ListListenersCommand,
  UpdateListenerCommand,
} from '@aws-sdk/client-global-accelerator';
import { internal, named, startedAt, startTwins } from './start.ts';

function startWithReads() {
  const twins = startTwins();
  const listeners = async () => {
    const command = new ListListenersCommand({ AcceleratorArn: internal });
    return (await twins.client.send(command)).Listeners?.length;
  };
  const status = async () => {
    const command = new DescribeAcceleratorCommand({ AcceleratorArn: internal });
    return (await twins.client.send(command)).Accelerator?.Status;
  };
  const rows = async () =>
    (await twins.calls('?operation=CreateListener')).map(
      (row: Record<string, unknown>) => [row['status'], row['changed'], row['fault'], row['late']] as const,
    );
  return { ...twins, listeners, status, rows };
}

test('error: the call is answered with it and changes nothing', async () => {
  const { createListener, faults, listeners, rows } = startWithReads();
  const error = { code: 'InternalServiceErrorException', status: 500, message: 'try again' };
  await faults({ operation: 'CreateListener', fault: 'error', error });
  await assert.rejects(createListener(443), { name: error.code, message: error.message });
  assert.equal(await listeners(), 0);
  assert.deepEqual(await rows(), [[500, false, 'error', undefined]]);
});

test('lostAnswer: the change is made and the connection drops', async () => {
  const { createListener, faults, listeners, rows } = startWithReads();
  await faults({ operation: 'CreateListener', fault: 'lostAnswer' });
  await assert.rejects(createListener(443), named('ECONNRESET'));
  assert.equal(await listeners(), 1);
  assert.deepEqual(await rows(), [['dropped', true, 'lostAnswer', undefined]]);
});

test('dropRequest: the connection drops and nothing changes', async () => {
  const { createListener, faults, listeners, rows } = startWithReads();
  await faults({ operation: 'CreateListener', fault: 'dropRequest' });
  await assert.rejects(createListener(443), named('ECONNRESET'));
  assert.equal(await listeners(), 0);
  assert.deepEqual(await rows(), [['dropped', false, 'dropRequest', undefined]]);
});

test('delay: the call is carried out after it', async () => {
  const { clock, createListener, faults, listeners } = startWithReads();
  await faults({ operation: 'CreateListener', fault: 'delay', delayMs: 7000 });
  await createListener(443);
  assert.equal(clock.now, startedAt + 7000);
  assert.equal(await listeners(), 1);
});

test('answer: the given answer is sent unchanged, with the call executed or not', async () => {
  const { createListener, faults, listeners, rows } = startWithReads();
  const answer = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html></html>' };
  await faults(
    { operation: 'CreateListener', fault: 'answer', answer },
    { operation: 'CreateListener', fault: 'answer', answer: { ...answer, carriedOut: true } },
  );
  for (const expected of [0, 1]) {
    await assert.rejects(createListener(443), SyntaxError);
    assert.equal(await listeners(), expected);
  }
  assert.deepEqual(await rows(), [
    [502, false, 'answer', undefined],
    [502, true, 'answer', undefined],
  ]);
});

test('slowAnswer: the call is carried out and answered later', async () => {
  const { clock, createListener, faults, listeners, calls } = startWithReads();
  await faults({ operation: 'CreateListener', fault: 'slowAnswer', delayMs: 7000 });
  await createListener(443);
  assert.equal(clock.now, startedAt + 7000);
  assert.equal(await listeners(), 1);
  assert.equal((await calls())[0].at, new Date(startedAt).toISOString());
});

test('locked: where nothing can be locked for money, the call is as any other', async () => {
  const { createListener, faults, listeners } = startWithReads();
  await faults({ operation: 'CreateListener', fault: 'locked' });
  await createListener(443);
  assert.equal(await listeners(), 1);
});

test('lateCreate: the connection drops at once and the object appears later', async () => {
  const { clock, createListener, faults, listeners, rows, calls } = startWithReads();
  await faults({ operation: 'CreateListener', fault: 'lateCreate', delayMs: 5000 });
  await assert.rejects(createListener(443), named('ECONNRESET'));
  clock.now += 4999;
  assert.equal(await listeners(), 0);
  clock.now += 10_000;
  assert.equal(await listeners(), 1);
  assert.deepEqual(await rows(), [
    ['dropped', false, 'lateCreate', undefined],
    [200, true, undefined, true],
  ]);
  const late = (await calls()).find((row: { late?: true }) => row.late);
  assert.equal(late.at, new Date(startedAt + 5000).toISOString());
});

test('late creates take effect in the order in which they are due', async () => {
  const { clock, createListener, faults, rows, calls } = startWithReads();
  await faults(
    { operation: 'CreateListener', fault: 'lateCreate', delayMs: 9000 },
    { operation: 'CreateListener', fault: 'lateCreate', delayMs: 3000 },
  );
  await assert.rejects(createListener(443));
  await assert.rejects(createListener(443));
  clock.now += 10_000;
  const late = (await calls()).filter((row: { late?: true }) => row.late);
  assert.deepEqual(
    late.map((row: { at: string; status: number; error?: string }) => [row.at, row.status, row.error]),
    [
      [new Date(startedAt + 3000).toISOString(), 200, undefined],
      [new Date(startedAt + 9000).toISOString(), 400, 'InvalidPortRangeException'],
    ],
  );
  assert.equal((await rows()).length, 4);
});

test('stuck: the resource of the call does not settle until the fault is removed', async () => {
  const { clock, control, createListener, faults, status } = startWithReads();
  await faults({ operation: 'CreateListener', fault: 'stuck' });
  await createListener(443);
  clock.now += 86_400_000;
  assert.equal(await status(), 'IN_PROGRESS');
  await control('DELETE', 'faults');
  assert.equal(await status(), 'DEPLOYED');
});

test('forgetTokens: a token is neither looked up nor remembered', async () => {
  const { createListener, faults } = startWithReads();
  const create = () => createListener(443, { IdempotencyToken: 'job-1' });
  await faults({ operation: 'CreateListener', fault: 'forgetTokens', times: 1 });
  await create();
  await assert.rejects(create(), named('InvalidPortRangeException'));
});

test('a fault hits so many calls, after so many, and says how often it did', async () => {
  const { client, control, faults } = startTwins();
  await faults({ operation: '*', fault: 'dropRequest', after: 1, times: 2 });
  const outcomes: string[] = [];
  for (let call = 0; call < 4; call += 1) {
    await client.send(new ListAcceleratorsCommand()).then(
      () => outcomes.push('answered'),
      () => outcomes.push('dropped'),
    );
  }
  assert.deepEqual(outcomes, ['answered', 'dropped', 'dropped', 'answered']);
  assert.deepEqual((await control('GET', 'faults')).json, [
    { service: 'globalaccelerator', operation: '*', fault: 'dropRequest', times: 2, after: 1, reached: 2 },
  ]);
});

test('one call is hit by one fault: the first that is due', async () => {
  const { client, faults, control } = startTwins();
  const error = (code: string) => ({ code, status: 400, message: code });
  await faults(
    { operation: 'UpdateListener', fault: 'dropRequest' },
    { operation: 'ListAccelerators', fault: 'error', error: error('First') },
    { operation: '*', fault: 'error', error: error('Second'), times: 2 },
  );
  const list = () => client.send(new ListAcceleratorsCommand());
  await assert.rejects(list(), named('First'));
  await assert.rejects(list(), named('Second'));
  const update = () => client.send(new UpdateListenerCommand({ ListenerArn: 'x' }));
  await assert.rejects(update(), named('ECONNRESET'));
  await assert.rejects(update(), named('Second'));
  const reached = (await control('GET', 'faults')).json.map((fault: { reached: number }) => fault.reached);
  assert.deepEqual(reached, [1, 1, 2]);
});

test('a malformed fault is refused, with what is wrong and where, and no fault is replaced', async () => {
  const { control, faults } = startTwins();
  await faults({ operation: '*', fault: 'dropRequest' });
  const good = { service: 'globalaccelerator', operation: '*', fault: 'dropRequest', times: 1 };
  const wrong = [
    ['not JSON', 'The body must be JSON'],
    [{}, 'faults must be a list'],
    [[good, { ...good, times: 0 }], 'faults[1].times must be from 1 to 9007199254740991'],
    [
      [{ ...good, service: 's3' }],
      'faults[0].service must be one of globalaccelerator, vpc-lattice, elasticloadbalancing, ga',
    ],
    [
      [{ ...good, operation: 'Create' }],
      'faults[0].operation must be * or an operation of globalaccelerator',
    ],
    [[{ ...good, times: undefined }], 'faults[0].times must be given'],
    [[{ ...good, fault: 'error' }], 'faults[0].error must be given for the fault error'],
    [[{ ...good, fault: 'answer' }], 'faults[0].answer must be given for the fault answer'],
    [[{ ...good, fault: 'slowBody' }], 'faults[0].delayMs must be given for the fault slowBody'],
    [
      [{ ...good, fault: 'answer', answer: { status: 99, body: '' } }],
      'faults[0].answer.status must be from 200 to 599',
    ],
    [[{ ...good, fault: 'delay' }], 'faults[0].delayMs must be given for the fault delay'],
    [[{ ...good, fault: 'lateCreate' }], 'faults[0].delayMs must be given for the fault lateCreate'],
    [
      [{ ...good, time: 1 }],
      "faults[0] must have no member 'time', only service, operation, fault, times, after, error, answer, delayMs",
    ],
  ] as const;
  for (const [body, message] of wrong) {
    const { status, json } = await control('PUT', 'faults', body);
    assert.deepEqual([status, json], [400, { error: message }]);
  }
  assert.equal((await control('GET', 'faults')).json.length, 1);
});
