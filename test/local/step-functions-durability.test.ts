import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { Executions } from '../../packages/local/src/step-functions/executions.ts';
import { diskJournal } from '../../packages/local/src/step-functions/journal.ts';
import { createMachine } from '../../packages/local/src/step-functions/machine.ts';
import {
  account,
  bench,
  executionArn,
  functionArn,
  gate,
  machineArn,
  region,
  startOfTest,
  types,
} from './step-functions-bench.ts';

const stateMachineArn = machineArn('m');
const definitions = {
  m: { StartAt: 'T', States: { T: { Type: 'Task', Resource: functionArn('f'), End: true } } },
};
const hostModule = import.meta.resolve('../../packages/local/src/step-functions/host.ts');
const directories: string[] = [];
after(() => directories.forEach(directory => void rmSync(directory, { recursive: true })));

function directory(): string {
  const made = mkdtempSync(join(tmpdir(), 'step-functions-'));
  directories.push(made);
  return made;
}

const hostIn = (dataDir: string, f: () => unknown) => bench({ definitions, functions: { f }, dataDir });
const start = (name: string, input = '{}') => new StartExecutionCommand({ stateMachineArn, name, input });
const describe = (name: string) => new DescribeExecutionCommand({ executionArn: executionArn('m', name) });

test('an execution is on disk, RUNNING, before StartExecution answers', async () => {
  const dataDir = directory();
  await hostIn(dataDir, () => gate().promise).client.send(start('a', '{"n":1}'));
  const [file, ...others] = readdirSync(join(dataDir, 'executions'));
  assert.deepEqual(others, []);
  const record = JSON.parse(readFileSync(join(dataDir, 'executions', String(file)), 'utf8'));
  assert.partialDeepStrictEqual(record, {
    name: 'a',
    status: 'RUNNING',
    input: '{"n":1}',
    startDate: startOfTest,
  });
});

test('a closed execution, its history and its name survive a restart', async () => {
  const dataDir = directory();
  const first = hostIn(dataDir, () => 'done');
  await first.client.send(start('a'));
  await first.host.idle();
  const before = await first.client.send(describe('a'));
  await first.host.stop();
  const second = hostIn(dataDir, () => 'never');
  const { $metadata: _, ...closed } = await second.client.send(describe('a'));
  const { $metadata: __, ...expected } = before;
  assert.deepEqual(closed, expected);
  const history = await second.client.send(
    new GetExecutionHistoryCommand({ executionArn: executionArn('m', 'a') }),
  );
  assert.equal(types(history.events).at(-2), 'TaskStateExited');
  await assert.rejects(second.client.send(start('a')), { name: 'ExecutionAlreadyExists' });
  assert.deepEqual(second.events, []);
});

test('a host that dies while an execution closes leaves a history that agrees with its record', async () => {
  const dataDir = directory();
  const kept = diskJournal(join(dataDir, 'executions'));
  const killedHere: string[] = [];
  const keepingCopies = (write: () => void) => {
    write();
    const copy = directory();
    cpSync(dataDir, copy, { recursive: true });
    killedHere.push(copy);
  };
  const now = () => startOfTest;
  const executions = new Executions({
    journal: {
      ...kept,
      write: record => keepingCopies(() => kept.write(record)),
      writeHistory: (arn, events) => keepingCopies(() => kept.writeHistory(arn, events)),
    },
    now,
    invoke: async () => 'done',
  });
  const machine = createMachine(
    { name: 'm', definition: definitions.m },
    { region, account, timeScale: 1e6, now },
  );
  executions.start(machine, 'a', '{}');
  await executions.idle();
  assert.equal(killedHere.length, 3);
  const ends = [];
  for (const copy of killedHere) {
    const { client } = hostIn(copy, () => 'never');
    const { status } = await client.send(describe('a'));
    const asked = new GetExecutionHistoryCommand({ executionArn: executionArn('m', 'a') });
    ends.push([status, types((await client.send(asked)).events).at(-1)]);
  }
  assert.deepEqual(ends, [
    ['FAILED', 'ExecutionFailed'],
    ['SUCCEEDED', 'ExecutionSucceeded'],
    ['SUCCEEDED', 'ExecutionSucceeded'],
  ]);
});

test('an execution that a host left running is FAILED with HostLost, is published once, and keeps its name', async () => {
  const dataDir = directory();
  const first = hostIn(dataDir, () => gate().promise);
  await first.client.send(start('a', '{"n":1}'));
  await first.host.stop();
  assert.deepEqual(
    first.events.map(event => event.status),
    ['RUNNING'],
  );
  const second = hostIn(dataDir, () => 'never');
  assert.deepEqual(second.events, []);
  await second.host.idle();
  assert.partialDeepStrictEqual(second.events, [
    { name: 'a', status: 'FAILED', error: 'HostLost', input: '{"n":1}', stopDate: startOfTest },
  ]);
  assert.partialDeepStrictEqual(await second.client.send(describe('a')), {
    status: 'FAILED',
    error: 'HostLost',
  });
  const history = await second.client.send(
    new GetExecutionHistoryCommand({ executionArn: executionArn('m', 'a') }),
  );
  assert.deepEqual(types(history.events), ['ExecutionStarted', 'ExecutionFailed']);
  await assert.rejects(second.client.send(start('a', '{"n":1}')), { name: 'ExecutionAlreadyExists' });
  await second.host.stop();
  const third = hostIn(dataDir, () => 'never');
  await third.host.idle();
  assert.deepEqual(third.events, []);
  assert.deepEqual(second.calls, []);
});

test('a torn temporary file is ignored and removed; a spoilt record is left alone', async () => {
  const dataDir = directory();
  await hostIn(dataDir, () => gate().promise).host.stop();
  writeFileSync(join(dataDir, 'executions', 'torn.json.aside'), '{"executionArn":"arn');
  writeFileSync(join(dataDir, 'executions', 'spoilt.json'), '{"name":1}');
  const warned = new Promise<Error>(resolve => process.once('warning', resolve));
  const { client } = hostIn(dataDir, () => 'done');
  assert.deepEqual((await client.send(new ListExecutionsCommand({ stateMachineArn }))).executions, []);
  assert.deepEqual(readdirSync(join(dataDir, 'executions')), ['spoilt.json']);
  assert.match((await warned).message, /spoilt\.json is not an execution/);
});

test('the order of starting goes on over a restart', async () => {
  const dataDir = directory();
  for (const name of ['z', 'a', 'm']) {
    const { client, host } = hostIn(dataDir, () => 'done');
    await client.send(start(name));
    await host.idle();
    await host.stop();
  }
  const { client } = hostIn(dataDir, () => 'done');
  const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
  assert.deepEqual(
    executions?.map(execution => execution.name),
    ['m', 'a', 'z'],
  );
});

test('after stop every request is dropped and nothing more is called', async () => {
  const door = gate();
  const { client, host, calls } = bench({ definitions, functions: { f: () => door.promise } });
  await client.send(start('a'));
  await host.stop();
  door.resolve('late');
  await host.idle();
  await assert.rejects(client.send(start('b')), { code: 'ECONNRESET' });
  assert.deepEqual(calls, []);
});

const stoppedHost = `
import { createStepFunctions } from ${JSON.stringify(hostModule)};
const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:';
const alone = (name, state) => ({ StartAt: name, States: { [name]: { ...state, End: true } } });
const Branches = [
  alone('Held', { Type: 'Task', Resource: Resource + 'held' }),
  alone('Retried', { Type: 'Task', Resource: Resource + 'bad', Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 3600 }] }),
  alone('Waiting', { Type: 'Wait', Seconds: 3600 }),
];
const definition = { ...alone('P', { Type: 'Parallel', Branches }), TimeoutSeconds: 3600 };
const host = createStepFunctions({
  region: 'us-east-1', account: '000000000000', timeScale: 1, now: Date.now, machines: [{ name: 'm', definition }],
  invoke: name => (name === 'held' ? new Promise(() => {}) : Promise.reject(new Error('bad'))),
});
const headers = { authorization: 'Credential=k/20260101/us-east-1/states/aws4_request', 'x-amz-target': 'AWSStepFunctions.StartExecution' };
const body = JSON.stringify({ stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m' });
const { status } = await host.request({ method: 'POST', path: '/', headers, body });
for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
await host.stop();
console.log(status);
`;

test('after stop neither a Task, a Wait, a Retry nor a time limit keeps the process alive', () => {
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', stoppedHost], { timeout: 30_000 });
  assert.deepEqual([child.status, String(child.stdout).trim(), String(child.stderr)], [0, '200', '']);
});

test('every change of status is published in order, with the details of the EventBridge event', async () => {
  const { client, host, clock, events } = bench({ definitions, functions: { f: () => 'ok' } });
  await client.send(start('a', '{"n":1}'));
  clock.now += 10;
  await host.idle();
  const told = {
    executionArn: executionArn('m', 'a'),
    stateMachineArn,
    name: 'a',
    startDate: startOfTest,
    input: '{"n":1}',
    inputDetails: { included: true },
    error: null,
    cause: null,
  };
  assert.deepEqual(events, [
    { ...told, status: 'RUNNING', stopDate: null, output: null, outputDetails: null },
    {
      ...told,
      status: 'SUCCEEDED',
      stopDate: startOfTest + 10,
      output: '"ok"',
      outputDetails: { included: true },
    },
  ]);
});

test('input and output above 248 KB are left out of the event', async () => {
  const large = JSON.stringify('a'.repeat(254_000));
  const { client, host, events } = bench({ definitions, functions: { f: (input: string) => input } });
  await client.send(start('a', large));
  await host.idle();
  assert.partialDeepStrictEqual(events.at(-1), {
    status: 'SUCCEEDED',
    input: null,
    inputDetails: { included: false },
    output: null,
    outputDetails: { included: false },
  });
});

test('idle waits for the last execution, also when it is stopped', async () => {
  const { client, host } = bench({ definitions, functions: { f: () => gate().promise } });
  await host.idle();
  await client.send(start('a'));
  await client.send(start('b'));
  let idle = false;
  const waiting = host.idle().then(() => {
    idle = true;
  });
  await client.send(new StopExecutionCommand({ executionArn: executionArn('m', 'a') }));
  assert.equal(idle, false);
  await client.send(new StopExecutionCommand({ executionArn: executionArn('m', 'b') }));
  await waiting;
});
