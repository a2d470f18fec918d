import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import {
  executionArn,
  functionArn,
  named,
  runOnce,
  startOfTest,
  transitions,
} from './step-functions-bench.ts';

const task = (name: string, more: object) => ({ Type: 'Task', Resource: functionArn(name), ...more });
const alone = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });

test('the history of a retried and caught Task reads as on AWS', async () => {
  let calls = 0;
  const machine = {
    StartAt: 'T',
    States: {
      T: task('f', {
        Retry: [{ ErrorEquals: ['A'] }],
        Catch: [{ ErrorEquals: ['B'], Next: 'S' }],
        End: true,
      }),
      S: { Type: 'Succeed', OutputPath: '$.Error' },
    },
  };
  const { history } = await runOnce(machine, { f: () => Promise.reject(named(calls++ ? 'B' : 'A')) });
  assert.deepEqual(
    history.map(event => [event.id, event.previousEventId, event.type]),
    [
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'TaskStateEntered'],
      [3, 2, 'LambdaFunctionScheduled'],
      [4, 3, 'LambdaFunctionStarted'],
      [5, 4, 'LambdaFunctionFailed'],
      [6, 5, 'LambdaFunctionScheduled'],
      [7, 6, 'LambdaFunctionStarted'],
      [8, 7, 'LambdaFunctionFailed'],
      [9, 8, 'TaskStateExited'],
      [10, 9, 'SucceedStateEntered'],
      [11, 10, 'SucceedStateExited'],
      [12, 11, 'ExecutionSucceeded'],
    ],
  );
  assert.equal(transitions(history), 3);
  assert.equal(history[4]?.lambdaFunctionFailedEventDetails?.error, 'A');
});

test('events carry their instants, names and data', async () => {
  const { history } = await runOnce(
    alone('T', task('f', { ResultPath: '$.r', End: true })),
    { f: () => 2 },
    { n: 1 },
  );
  const [started, entered, scheduled, , succeeded, exited, closed] = history;
  assert.equal(started?.timestamp?.getTime(), startOfTest);
  assert.partialDeepStrictEqual(started?.executionStartedEventDetails, { input: '{"n":1}' });
  assert.partialDeepStrictEqual(entered?.stateEnteredEventDetails, { name: 'T', input: '{"n":1}' });
  assert.partialDeepStrictEqual(scheduled?.lambdaFunctionScheduledEventDetails, {
    resource: functionArn('f'),
    input: '{"n":1}',
  });
  assert.partialDeepStrictEqual(succeeded?.lambdaFunctionSucceededEventDetails, { output: '2' });
  assert.partialDeepStrictEqual(exited?.stateExitedEventDetails, { name: 'T', output: '{"n":1,"r":2}' });
  assert.partialDeepStrictEqual(closed?.executionSucceededEventDetails, { output: '{"n":1,"r":2}' });
});

test('a Map tells of each item between its start and its end', async () => {
  const map = {
    Type: 'Map',
    MaxConcurrency: 1,
    ItemProcessor: alone('T', { Type: 'Pass', End: true }),
    End: true,
  };
  const { history } = await runOnce(alone('M', map), {}, [1, 2]);
  assert.deepEqual(
    history.map(event => [event.previousEventId, event.type]),
    [
      [0, 'ExecutionStarted'],
      [0, 'MapStateEntered'],
      [2, 'MapStateStarted'],
      [3, 'MapIterationStarted'],
      [4, 'PassStateEntered'],
      [5, 'PassStateExited'],
      [6, 'MapIterationSucceeded'],
      [3, 'MapIterationStarted'],
      [8, 'PassStateEntered'],
      [9, 'PassStateExited'],
      [10, 'MapIterationSucceeded'],
      [11, 'MapStateSucceeded'],
      [12, 'MapStateExited'],
      [13, 'ExecutionSucceeded'],
    ],
  );
  assert.deepEqual(history[2]?.mapStateStartedEventDetails, { length: 2 });
  assert.deepEqual(history[7]?.mapIterationStartedEventDetails, { name: 'M', index: 1 });
});

test('the number of items is that of the list at the path of a Map', async () => {
  const map = {
    Type: 'Map',
    InputPath: '$.order',
    ItemsPath: '$.lines',
    ItemProcessor: alone('T', { Type: 'Pass', End: true }),
    End: true,
  };
  const { history } = await runOnce(alone('M', map), {}, { order: { lines: [1, 2, 3] } });
  const started = history.find(({ type }) => type === 'MapStateStarted');
  assert.deepEqual(started?.mapStateStartedEventDetails, { length: 3 });
});

test('a Map that is retried fails in the history once, at its last attempt', async () => {
  const map = {
    Type: 'Map',
    ItemProcessor: alone('T', task('f', { End: true })),
    Retry: [{ ErrorEquals: ['Flaky'], MaxAttempts: 2 }],
    End: true,
  };
  const f = () => Promise.reject(named('Flaky'));
  for (const caught of [false, true]) {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'S' }];
    const machine = caught
      ? { StartAt: 'M', States: { M: { ...map, Catch }, S: { Type: 'Succeed' } } }
      : alone('M', map);
    const { history } = await runOnce(machine, { f }, [1]);
    const seen = history
      .map(({ type }) => type)
      .filter(type => /^MapState(Started|Failed|Exited)$/.test(`${type}`));
    assert.deepEqual(seen, [
      ...['MapStateStarted', 'MapStateStarted', 'MapStateStarted', 'MapStateFailed'],
      ...(caught ? ['MapStateExited'] : []),
    ]);
  }
});

test('a call of a function has the limit of its Task', async () => {
  const { history } = await runOnce(alone('T', task('f', { TimeoutSeconds: 7, End: true })), { f: () => 1 });
  const scheduled = history.find(({ type }) => type === 'LambdaFunctionScheduled');
  assert.equal(scheduled?.lambdaFunctionScheduledEventDetails?.timeoutInSeconds, 7);
});

test('a Parallel closes in the history only after all its branches', async () => {
  const branches = ['A', 'B'].map(name => alone(name, { Type: 'Pass', End: true }));
  const inner = { Type: 'Parallel', Branches: branches, End: true };
  const machine = alone('P', { Type: 'Parallel', Branches: [alone('Q', inner)], End: true });
  const { history } = await runOnce(machine);
  const names = history.map(
    event => event.stateEnteredEventDetails?.name ?? event.stateExitedEventDetails?.name,
  );
  assert.deepEqual(names.filter(Boolean).slice(0, 2), ['P', 'Q']);
  assert.deepEqual(names.filter(Boolean).slice(-2), ['Q', 'P']);
  assert.equal(transitions(history), 4);
});

test('an execution that reaches 25,000 events fails', async () => {
  const machine = {
    StartAt: 'A',
    States: {
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Choice', Choices: [{ Variable: '$.n', IsPresent: true, Next: 'C' }], Default: 'A' },
      C: { Type: 'Succeed' },
    },
  };
  const { described, history, client } = await runOnce(machine);
  assert.equal(described.status, 'FAILED');
  assert.match(String(described.cause), /maximum number of history events \(25000\)/);
  assert.equal(history.length, 1000);
  const last = new GetExecutionHistoryCommand({ executionArn: executionArn('m', 'run'), reverseOrder: true });
  assert.partialDeepStrictEqual((await client.send(last)).events?.[0], {
    id: 25_000,
    type: 'ExecutionFailed',
  });
});
