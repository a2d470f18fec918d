import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescribeExecutionCommand, ListActivitiesCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { bench, executionArn, functionArn, gate, machineArn, startOfTest } from './step-functions-bench.ts';

const day = 24 * 60 * 60 * 1000;
const stateMachineArn = machineArn('m');
const definitions = {
  m: { StartAt: 'T', States: { T: { Type: 'Task', Resource: functionArn('f'), End: true } } },
};

function held() {
  const door = gate<unknown>();
  return { ...bench({ definitions, functions: { f: () => door.promise } }), door };
}

test('StartExecution answers with the ARN and the start date to the millisecond', async () => {
  const { client } = held();
  const answer = await client.send(
    new StartExecutionCommand({ stateMachineArn, name: 'a', input: '{"n":1}' }),
  );
  assert.equal(answer.executionArn, executionArn('m', 'a'));
  assert.equal(answer.startDate?.getTime(), startOfTest);
  assert.match(String(answer.$metadata.requestId), /^[0-9a-f-]{36}$/);
});

test('the same name and input while it runs answers with the first start, and starts nothing', async () => {
  const { client, clock, calls, door, host } = held();
  const start = () =>
    client.send(new StartExecutionCommand({ stateMachineArn, name: 'a', input: '{"n":1}' }));
  const first = await start();
  clock.now += 5_000;
  const second = await start();
  assert.deepEqual([second.executionArn, second.startDate], [first.executionArn, first.startDate]);
  door.resolve({});
  await host.idle();
  assert.equal(calls.length, 1);
});

test('the same name with another input while it runs is ExecutionAlreadyExists', async () => {
  const { client } = held();
  await client.send(new StartExecutionCommand({ stateMachineArn, name: 'a', input: '{"n":1}' }));
  for (const input of ['{"n":2}', '{ "n":1}', undefined])
    await assert.rejects(client.send(new StartExecutionCommand({ stateMachineArn, name: 'a', input })), {
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${executionArn('m', 'a')}'`,
    });
});

test('the name of an ended execution is reserved for 90 days, whatever the input', async () => {
  const { client, clock, door, host } = held();
  const start = (input: string) =>
    client.send(new StartExecutionCommand({ stateMachineArn, name: 'a', input }));
  await start('1');
  door.resolve('first');
  await host.idle();
  clock.now += 90 * day - 1;
  await assert.rejects(start('1'), { name: 'ExecutionAlreadyExists' });
  await assert.rejects(start('2'), { name: 'ExecutionAlreadyExists' });
  clock.now += 1;
  assert.equal((await start('2')).startDate?.getTime(), clock.now);
  await host.idle();
});

test('without a name each start is one of its own, under a UUID', async () => {
  const { client } = held();
  const one = await client.send(new StartExecutionCommand({ stateMachineArn }));
  const other = await client.send(new StartExecutionCommand({ stateMachineArn }));
  assert.match(String(one.executionArn), /:execution:m:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.notEqual(one.executionArn, other.executionArn);
  const { input } = await client.send(new DescribeExecutionCommand({ executionArn: one.executionArn }));
  assert.equal(input, '{}');
});

const refusals: [string, { stateMachineArn?: string; name?: string; input?: string }, string][] = [
  ['an empty name', { name: '' }, 'InvalidName'],
  ['a name of 81 characters', { name: 'a'.repeat(81) }, 'InvalidName'],
  ...[...' <>{}[]?*"#%\\^|~`$&,;:/\n\u0007\u009f'].map((character): [string, { name: string }, string] => [
    `a name with ${JSON.stringify(character)}`,
    { name: `a${character}b` },
    'InvalidName',
  ]),
  ['an input that is no JSON', { input: '{' }, 'InvalidExecutionInput'],
  ['an empty input', { input: '' }, 'InvalidExecutionInput'],
  ['an input of 262,145 bytes', { input: `"${'a'.repeat(262_143)}"` }, 'InvalidExecutionInput'],
  ['262,145 bytes in fewer characters', { input: `"${'é'.repeat(131_071)}a"` }, 'InvalidExecutionInput'],
  ['a machine that is not there', { stateMachineArn: machineArn('other') }, 'StateMachineDoesNotExist'],
  ['no ARN at all', { stateMachineArn: 'm' }, 'InvalidArn'],
  ['an ARN of something else', { stateMachineArn: executionArn('m', 'a') }, 'InvalidArn'],
];

for (const [what, input, name] of refusals)
  test(`StartExecution refuses ${what} with ${name}`, async () => {
    const { client, events } = held();
    await assert.rejects(client.send(new StartExecutionCommand({ stateMachineArn, ...input })), { name });
    assert.deepEqual(events, []);
  });

test('a name of 80 characters and an input of 262,144 bytes are accepted', async () => {
  const { client, calls, door, host } = held();
  const input = `"${'é'.repeat(131_071)}"`;
  await client.send(new StartExecutionCommand({ stateMachineArn, name: 'é.+@!='.padEnd(80, 'a'), input }));
  door.resolve(null);
  await host.idle();
  assert.deepEqual(calls, [{ name: 'f', event: JSON.parse(input) }]);
});

test('a missing stateMachineArn is a ValidationException', async () => {
  await assert.rejects(held().client.send(new StartExecutionCommand({ stateMachineArn: undefined })), {
    name: 'ValidationException',
  });
});

test('an operation that is not there is an UnknownOperationException', async () => {
  await assert.rejects(held().client.send(new ListActivitiesCommand({})), {
    name: 'UnknownOperationException',
  });
});

const signed =
  'AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=s';
const target = 'AWSStepFunctions.ListStateMachines';

const wireCases: [string, Record<string, string>, string, number, string | undefined][] = [
  ['unsigned', { 'x-amz-target': target }, '{}', 403, 'MissingAuthenticationToken'],
  [
    'signed for another service',
    { authorization: signed.replace('/states/', '/lambda/'), 'x-amz-target': target },
    '{}',
    403,
    'MissingAuthenticationToken',
  ],
  ['without a target', { authorization: signed }, '{}', 400, 'UnknownOperationException'],
  ['with a torn body', { authorization: signed, 'x-amz-target': target }, '{', 400, 'SerializationException'],
  ['in order', { authorization: signed, 'x-amz-target': target }, '{}', 200, undefined],
];

for (const [what, headers, body, status, type] of wireCases)
  test(`a request ${what} is answered with ${status} ${type ?? ''} as awsJson1_0`, async () => {
    const answer = await held().host.request({ method: 'POST', path: '/', headers, body });
    assert.ok(answer !== 'dropped');
    assert.equal(answer.status, status);
    assert.equal(answer.headers['content-type'], 'application/x-amz-json-1.0');
    assert.ok(answer.headers['x-amzn-requestid']);
    assert.equal(JSON.parse(answer.body).__type, type);
  });

test('an input that is nested without end is refused before it starts', async () => {
  const { client, calls } = held();
  const input = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  await assert.rejects(client.send(new StartExecutionCommand({ stateMachineArn, name: 'a', input })), {
    name: 'InvalidExecutionInput',
  });
  assert.equal(calls.length, 0);
});
