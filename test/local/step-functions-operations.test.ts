import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  type ExecutionStatus,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import {
  bench,
  executionArn,
  functionArn,
  gate,
  machineArn,
  startOfTest,
  types,
} from './step-functions-bench.ts';

const stateMachineArn = machineArn('m');
const run = { executionArn: executionArn('m', 'run') };
const task = (name: string, more: object) => ({ Type: 'Task', Resource: functionArn(name), ...more });
const caught = {
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Undo' }],
  Retry: [{ ErrorEquals: ['States.ALL'] }],
};
const definition = {
  StartAt: 'P',
  States: {
    P: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'T', States: { T: task('f', { Next: 'U' }), U: task('next', { End: true }) } }],
      ...caught,
      End: true,
    },
    Undo: task('undo', { End: true }),
  },
};

async function started() {
  const door = gate<unknown>();
  const made = bench({
    definitions: { m: definition },
    functions: { f: () => door.promise, next: () => 'ok' },
  });
  await made.client.send(new StartExecutionCommand({ stateMachineArn, name: 'run', input: '{"n":1}' }));
  for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve));
  return { ...made, door };
}

test('DescribeExecution tells a running execution and then a closed one', async () => {
  const { client, clock, door, host } = await started();
  const { $metadata: _, ...running } = await client.send(new DescribeExecutionCommand(run));
  const startDate = new Date(startOfTest);
  const told = {
    ...run,
    stateMachineArn,
    name: 'run',
    startDate,
    input: '{"n":1}',
    inputDetails: { included: true },
    redriveCount: 0,
  };
  const redriveStatus = 'NOT_REDRIVABLE';
  assert.deepEqual(running, {
    ...{ ...told, status: 'RUNNING', redriveStatus },
    redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
  });
  clock.now += 1_001;
  door.resolve(1);
  await host.idle();
  const { $metadata: __, ...closed } = await client.send(new DescribeExecutionCommand(run));
  const ended = {
    stopDate: new Date(startOfTest + 1_001),
    output: '["ok"]',
    outputDetails: { included: true },
  };
  assert.deepEqual(closed, {
    ...{ ...told, ...ended, status: 'SUCCEEDED', redriveStatus },
    redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
  });
});

test('StopExecution aborts in mid-task: no Retry, no Catch, no next state, and the late result is ignored', async () => {
  const { client, clock, calls, door, host, events } = await started();
  clock.now += 2_000;
  const { stopDate } = await client.send(
    new StopExecutionCommand({ ...run, error: 'Told', cause: 'by a person' }),
  );
  assert.equal(stopDate?.getTime(), clock.now);
  await host.idle();
  door.resolve('late');
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
  const { status, error, cause, output } = await client.send(new DescribeExecutionCommand(run));
  assert.deepEqual([status, error, cause, output], ['ABORTED', 'Told', 'by a person', undefined]);
  assert.deepEqual(
    calls.map(call => call.name),
    ['f'],
  );
  assert.deepEqual(
    events.map(event => event.status),
    ['RUNNING', 'ABORTED'],
  );
  const history = await client.send(
    new GetExecutionHistoryCommand({ ...run, reverseOrder: true, maxResults: 1 }),
  );
  assert.deepEqual(history.events?.[0]?.executionAbortedEventDetails, {
    error: 'Told',
    cause: 'by a person',
  });
});

test('StopExecution on a closed execution changes nothing and answers with the date of its close', async () => {
  const { client, clock, door, host, events } = await started();
  door.resolve(1);
  await host.idle();
  clock.now += 9_000;
  const { stopDate } = await client.send(new StopExecutionCommand({ ...run, error: 'Told' }));
  assert.equal(stopDate?.getTime(), startOfTest);
  assert.equal((await client.send(new DescribeExecutionCommand(run))).status, 'SUCCEEDED');
  assert.equal(events.length, 2);
});

test('StopExecution refuses an error of 257 characters', async () => {
  const { client } = await started();
  await assert.rejects(client.send(new StopExecutionCommand({ ...run, error: 'a'.repeat(257) })), {
    name: 'ValidationException',
  });
});

for (const Command of [DescribeExecutionCommand, StopExecutionCommand, GetExecutionHistoryCommand])
  test(`${Command.name} knows a malformed ARN from an execution that is not there`, async () => {
    const { client } = bench({ definitions: { m: definition } });
    const sent = (arn: string) =>
      client.send<never, never>(Reflect.construct(Command, [{ executionArn: arn }]));
    await assert.rejects(sent(run.executionArn), { name: 'ExecutionDoesNotExist' });
    await assert.rejects(sent(stateMachineArn), { name: 'InvalidArn' });
  });

test('ListExecutions gives pages, newest first, that later starts do not shift', async () => {
  const { client, clock } = bench({
    definitions: { m: definition, n: definition },
    functions: { f: () => gate().promise },
  });
  const start = (name: string, machine = stateMachineArn) =>
    client.send(new StartExecutionCommand({ stateMachineArn: machine, name }));
  for (const name of ['a', 'b', 'c', 'd']) await start(name);
  await start('elsewhere', machineArn('n'));
  await client.send(new StopExecutionCommand({ executionArn: executionArn('m', 'b') }));
  const list = async (more: {
    statusFilter?: ExecutionStatus;
    maxResults?: number;
    nextToken?: string | undefined;
  }) => {
    const { executions, nextToken } = await client.send(
      new ListExecutionsCommand({ stateMachineArn, ...more }),
    );
    return { names: executions?.map(execution => execution.name), nextToken };
  };
  const first = await list({ maxResults: 3 });
  assert.deepEqual(first.names, ['d', 'c', 'b']);
  clock.now += 1;
  await start('e');
  assert.deepEqual(await list({ nextToken: first.nextToken }), { names: ['a'], nextToken: undefined });
  assert.deepEqual((await list({})).names, ['e', 'd', 'c', 'b', 'a']);
  assert.deepEqual((await list({ statusFilter: 'ABORTED' })).names, ['b']);
  const running = await list({ statusFilter: 'RUNNING', maxResults: 2 });
  assert.deepEqual(running.names, ['e', 'd']);
  await client.send(new StopExecutionCommand({ executionArn: executionArn('m', 'd') }));
  const { nextToken } = running;
  assert.deepEqual((await list({ statusFilter: 'RUNNING', nextToken })).names, ['c', 'a']);
  await assert.rejects(list({ nextToken: 'x' }), { name: 'InvalidToken' });
  await assert.rejects(list({ maxResults: 1001 }), { name: 'ValidationException' });
  const unknown = new ListExecutionsCommand({ stateMachineArn: machineArn('o') });
  await assert.rejects(client.send(unknown), { name: 'StateMachineDoesNotExist' });
});

test('DescribeStateMachine gives the definition as it was written', async () => {
  const { client } = bench({ definitions: { m: definition } });
  const { $metadata: _, ...machine } = await client.send(
    new DescribeStateMachineCommand({ stateMachineArn }),
  );
  assert.deepEqual(machine, {
    stateMachineArn,
    name: 'm',
    type: 'STANDARD',
    status: 'ACTIVE',
    definition: JSON.stringify(definition),
    roleArn: 'arn:aws:iam::000000000000:role/m',
    creationDate: new Date(startOfTest),
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  });
});

test('ListStateMachines gives pages', async () => {
  const { client } = bench({ definitions: { m: definition, n: definition } });
  const first = await client.send(new ListStateMachinesCommand({ maxResults: 1 }));
  const second = await client.send(new ListStateMachinesCommand({ nextToken: first.nextToken }));
  assert.deepEqual(
    [first, second].flatMap(page => page.stateMachines ?? []).map(machine => machine.name),
    ['m', 'n'],
  );
  assert.equal(second.nextToken, undefined);
});

test('GetExecutionHistory returns pages, forwards and backwards', async () => {
  const { client, door, host } = await started();
  door.resolve(1);
  await host.idle();
  const all = types((await client.send(new GetExecutionHistoryCommand(run))).events);
  const paged: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetExecutionHistoryCommand({ ...run, maxResults: 4, reverseOrder: true, nextToken }),
    );
    paged.push(...types(page.events));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  assert.deepEqual(paged, all.toReversed());
});
