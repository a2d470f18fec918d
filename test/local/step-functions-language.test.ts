import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  bench,
  executionArn,
  functionArn,
  gate,
  machineArn,
  named,
  runOnce,
  startOfTest,
  transitions,
  types,
} from './step-functions-bench.ts';

const task = (name: string, more: object = {}) => ({ Type: 'Task', Resource: functionArn(name), ...more });
const alone = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
const macrotasks = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
};

test('a Task gets a copy of its Parameters and gives a copy of its result; undefined becomes null', async () => {
  const shared = { deep: [1] };
  const machine = {
    StartAt: 'A',
    States: {
      A: task('change', { Parameters: { 'x.$': '$.x', fixed: true }, ResultPath: '$.a', Next: 'B' }),
      B: task('nothing', { ResultPath: '$.b', End: true }),
    },
  };
  const change = (event: { x: { n: number } }) => {
    event.x.n = 99;
    return { event, when: new Date(0), shared };
  };
  const { output } = await runOnce(
    machine,
    { change, nothing: () => void shared.deep.push(2) },
    { x: { n: 1 } },
  );
  assert.deepEqual(output, {
    x: { n: 1 },
    a: { event: { x: { n: 99 }, fixed: true }, when: '1970-01-01T00:00:00.000Z', shared: { deep: [1] } },
    b: null,
  });
});

test('a task result above 262,144 bytes is an error of its function, which is caught by its name and by States.ALL', async () => {
  const machine = (...ErrorEquals: string[]) => ({
    StartAt: 'T',
    States: {
      T: task('big', { Catch: [{ ErrorEquals, Next: 'C' }], End: true }),
      C: { Type: 'Succeed', OutputPath: '$.Cause' },
    },
  });
  const big = () => 'a'.repeat(262_143);
  for (const name of ['States.DataLimitExceeded', 'States.ALL']) {
    const { output, history } = await runOnce(machine(name), { big });
    const cause = `The state/task '${functionArn('big')}' returned a result with a size exceeding the maximum number of bytes service limit.`;
    assert.equal(output, cause);
    const failed = history.find(({ type }) => type === 'LambdaFunctionFailed');
    assert.deepEqual(failed?.lambdaFunctionFailedEventDetails, { error: 'States.DataLimitExceeded', cause });
  }
  const { described } = await runOnce(machine('States.Timeout'), { big });
  assert.deepEqual([described.status, described.error], ['FAILED', 'States.DataLimitExceeded']);
  const fits = await runOnce(machine('States.ALL'), { big: () => 'a'.repeat(262_142) });
  assert.equal(fits.output, 'a'.repeat(262_142));
});

test('a task input above 262,144 bytes fails the execution past every Retry and Catch', async () => {
  const state = task('f', {
    Parameters: { 'twice.$': 'States.Array($, $)' },
    Retry: [{ ErrorEquals: ['States.ALL'] }],
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }],
    End: true,
  });
  const machine = { StartAt: 'T', States: { T: state, C: { Type: 'Succeed' } } };
  const { described, calls } = await runOnce(machine, { f: () => 1 }, 'a'.repeat(200_000));
  assert.deepEqual([described.status, described.error], ['FAILED', 'States.DataLimitExceeded']);
  assert.equal(calls.length, 0);
});

test('a test of a type for false matches what is not of it, at any depth of a Choice', async () => {
  const told = async (rule: object, input: unknown) => {
    const machine = {
      StartAt: 'C',
      States: {
        C: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Pass', Result: 'yes', End: true },
        No: { Type: 'Pass', Result: 'no', End: true },
      },
    };
    return (await runOnce(machine, {}, input)).output;
  };
  for (const test of ['IsNull', 'IsBoolean', 'IsNumeric', 'IsString', 'IsTimestamp']) {
    const rule = { Variable: '$.v', [test]: false };
    assert.equal(await told(rule, { v: {} }), 'yes', test);
    assert.equal(await told({ And: [rule, { Not: { Or: [rule] } }] }, { v: {} }), 'no', test);
  }
  assert.equal(await told({ Variable: '$.v', IsNull: false }, { v: null }), 'no');
  assert.equal(await told({ Variable: '$.v', IsPresent: false }, {}), 'yes');
  assert.equal(await told({ Variable: '$.v', IsPresent: false }, { v: null }), 'no');
});

test('a Fail without an error and a cause has neither', async () => {
  const { described, history } = await runOnce(alone('F', { Type: 'Fail' }));
  assert.deepEqual([described.status, described.error, described.cause], ['FAILED', undefined, undefined]);
  assert.deepEqual(history.at(-1)?.executionFailedEventDetails, {});
});

test('states that together exceed the limit fail the execution too', async () => {
  const machine = alone('P', {
    Type: 'Parallel',
    Branches: [alone('A', task('big', { End: true })), alone('B', task('big', { End: true }))],
    End: true,
  });
  const { described } = await runOnce(machine, { big: () => 'a'.repeat(200_000) });
  assert.deepEqual([described.status, described.error], ['FAILED', 'States.DataLimitExceeded']);
});

test('a Catch gets Error and the Cause of a failed Lambda function as a JSON string', async () => {
  const machine = {
    StartAt: 'T',
    States: {
      T: task('f', { Catch: [{ ErrorEquals: ['Quota'], ResultPath: '$.failure', Next: 'C' }], End: true }),
      C: {
        Type: 'Pass',
        Parameters: {
          'id.$': '$.id',
          'error.$': '$.failure.Error',
          'cause.$': '$.failure.Cause',
        },
        End: true,
      },
    },
  };
  const f = () => {
    throw named('Quota', 'no "more" left');
  };
  const { output } = await runOnce(machine, { f }, { id: 7 });
  assert.partialDeepStrictEqual(output, { id: 7, error: 'Quota' });
  const { cause } = output as { cause: string };
  assert.partialDeepStrictEqual(JSON.parse(cause), { errorMessage: 'no "more" left', errorType: 'Quota' });
});

test("an uncaught error is the execution's error and cause; an error of the Lambda service has a plain cause", async () => {
  const machine = alone('T', task('f', { End: true }));
  const { described } = await runOnce(machine, {
    f: () => Promise.reject(named('Lambda.TooManyRequestsException', 'Rate Exceeded')),
  });
  assert.equal(described.status, 'FAILED');
  assert.deepEqual([described.error, described.cause], ['Lambda.TooManyRequestsException', 'Rate Exceeded']);
});

test('a cause too long for AWS is cut and stays JSON', async () => {
  const { described } = await runOnce(alone('T', task('f', { End: true })), {
    f: () => Promise.reject(named('Long', '"'.repeat(40_000))),
  });
  assert.ok(String(described.cause).length <= 32_768);
  assert.equal(JSON.parse(String(described.cause)).errorType, 'Long');
});

test('each retrier counts by itself, in order, and a retry is a transition', async () => {
  const errors = ['A', 'B', 'A', 'B', 'B'];
  const state = task('f', {
    Retry: [
      {
        ErrorEquals: ['A'],
        IntervalSeconds: 60,
        MaxAttempts: 2,
        BackoffRate: 2,
        MaxDelaySeconds: 90,
        JitterStrategy: 'FULL',
      },
      { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 60, MaxAttempts: 2 },
    ],
    End: true,
  });
  const f = () => Promise.reject(named(errors.shift() ?? 'none'));
  const { calls, described, history } = await runOnce(alone('T', state), { f });
  assert.deepEqual([calls.length, described.error], [5, 'B']);
  assert.equal(transitions(history), 5);
});

test('Retry intervals shrink by timeScale inside Map and Parallel as well', async () => {
  let failures = 3;
  const flaky = task('f', { Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 3600 }], End: true });
  const inner = { Type: 'Map', ItemProcessor: alone('T', flaky), End: true };
  const machine = alone('P', { Type: 'Parallel', Branches: [alone('M', inner)], End: true });
  const f = (n: number) => (failures-- > 0 ? Promise.reject(named('Flaky')) : n * 2);
  const { output } = await runOnce(machine, { f }, [4]);
  assert.deepEqual(output, [[8]]);
});

test('a Task that times out is caught as States.Timeout, and its late result is ignored', async () => {
  const door = gate<string>();
  const machine = {
    StartAt: 'T',
    States: {
      T: task('slow', {
        TimeoutSeconds: 1,
        Catch: [
          { ErrorEquals: ['States.TaskFailed'], Next: 'Wrong' },
          { ErrorEquals: ['States.Timeout'], ResultPath: '$.e', Next: 'C' },
        ],
        End: true,
      }),
      C: task('open', { ResultPath: '$.c', End: true }),
      Wrong: { Type: 'Fail' },
    },
  };
  const open = async () => {
    door.resolve('late');
    await macrotasks();
    return 'caught';
  };
  const { output, history } = await runOnce(machine, { slow: () => door.promise, open });
  assert.partialDeepStrictEqual(output, { c: 'caught', e: { Error: 'States.Timeout' } });
  assert.deepEqual(
    types(history).filter(type => /^Lambda.*(TimedOut|Succeeded)$/.test(type)),
    ['LambdaFunctionTimedOut', 'LambdaFunctionSucceeded'],
  );
});

test('a machine that runs past its TimeoutSeconds is TIMED_OUT, and no Catch runs', async () => {
  const machine = {
    TimeoutSeconds: 1,
    StartAt: 'T',
    States: {
      T: task('slow', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }], End: true }),
      C: task('never', { End: true }),
    },
  };
  const { described, calls, events } = await runOnce(machine, { slow: () => gate().promise });
  assert.deepEqual([described.status, described.error, described.cause], ['TIMED_OUT', undefined, undefined]);
  assert.deepEqual(
    calls.map(call => call.name),
    ['slow'],
  );
  assert.deepEqual(
    events.map(event => event.status),
    ['RUNNING', 'TIMED_OUT'],
  );
});

test('Map gives each item by ItemSelector, in order, and takes an empty list', async () => {
  const map = {
    Type: 'Map',
    ItemsPath: '$.items',
    MaxConcurrency: 1,
    ItemSelector: { 'value.$': '$$.Map.Item.Value.n', 'index.$': '$$.Map.Item.Index', 'id.$': '$.id' },
    ItemProcessor: alone('T', task('echo', { ResultSelector: { 'seen.$': '$' }, End: true })),
    ResultPath: '$.done',
    End: true,
  };
  const echo = (event: unknown) => event;
  const full = await runOnce(alone('M', map), { echo }, { id: 'x', items: [{ n: 5 }, { n: 6 }] });
  assert.deepEqual(full.output, {
    id: 'x',
    items: [{ n: 5 }, { n: 6 }],
    done: [{ seen: { value: 5, index: 0, id: 'x' } }, { seen: { value: 6, index: 1, id: 'x' } }],
  });
  const empty = await runOnce(alone('M', map), { echo }, { id: 'x', items: [] });
  assert.deepEqual(empty.output, { id: 'x', items: [], done: [] });
});

test('after an item has failed, no further item of that Map starts while Catch runs', async () => {
  const map = {
    Type: 'Map',
    MaxConcurrency: 1,
    ItemProcessor: alone('T', task('step', { End: true })),
    Catch: [{ ErrorEquals: ['Bad'], Next: 'Undo' }],
    End: true,
  };
  const machine = { StartAt: 'M', States: { M: map, Undo: task('undo', { End: true }) } };
  const step = (n: number) => (n === 2 ? Promise.reject(named('Bad')) : n);
  const { calls } = await runOnce(machine, { step, undo: macrotasks }, [1, 2, 3, 4]);
  assert.deepEqual(
    calls.map(call => (call.name === 'step' ? call.event : call.name)),
    [1, 2, 'undo'],
  );
});

test('a Map that is retried starts its items afresh', async () => {
  let failures = 1;
  const map = {
    Type: 'Map',
    MaxConcurrency: 1,
    ItemProcessor: alone('T', task('step', { End: true })),
    Retry: [{ ErrorEquals: ['Bad'] }],
    End: true,
  };
  const step = (n: number) => (n === 2 && failures-- > 0 ? Promise.reject(named('Bad')) : n);
  const { calls, output } = await runOnce(alone('M', map), { step }, [1, 2, 3]);
  assert.deepEqual(
    calls.map(call => call.event),
    [1, 2, 1, 2, 3],
  );
  assert.deepEqual(output, [1, 2, 3]);
});

test('when a branch fails, a sibling in flight runs on, but is neither retried nor followed while Catch runs', async () => {
  const door = gate<never>();
  const sibling = {
    StartAt: 'S',
    States: {
      S: task('sibling', { Retry: [{ ErrorEquals: ['States.ALL'] }], Next: 'After' }),
      After: task('after', { End: true }),
    },
  };
  const machine = {
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [sibling, alone('B', task('bad', { End: true }))],
        Catch: [{ ErrorEquals: ['Bad'], Next: 'Undo' }],
        End: true,
      },
      Undo: task('undo', { End: true }),
    },
  };
  const undo = async () => {
    door.reject(named('Late'));
    await macrotasks();
    return 'undone';
  };
  const bad = () => Promise.reject(named('Bad'));
  const { calls, output, history } = await runOnce(machine, { sibling: () => door.promise, bad, undo });
  assert.deepEqual(
    calls.map(call => call.name),
    ['sibling', 'bad', 'undo'],
  );
  assert.equal(output, 'undone');
  assert.deepEqual(
    types(history).filter(type => type.startsWith('Parallel')),
    ['ParallelStateEntered', 'ParallelStateStarted', 'ParallelStateFailed', 'ParallelStateExited'],
  );
});

test('Wait with TimestampPath goes by the instant, and a past one does not hold', async () => {
  const machine = {
    StartAt: 'W',
    States: {
      W: { Type: 'Wait', TimestampPath: '$.nextPollAt', Next: 'T' },
      T: task('clock', { End: true }),
    },
  };
  const until = Date.now() + 40;
  const { output } = await runOnce(
    machine,
    { clock: () => Date.now() },
    { nextPollAt: new Date(until).toISOString() },
  );
  // Timers may fire a millisecond before the wall clock says so.
  assert.ok(Number(output) >= until - 1, `${output} before ${until}`);
  const past = await runOnce(machine, { clock: () => 'gone' }, { nextPollAt: '2026-01-01T00:00:00.123Z' });
  assert.equal(past.output, 'gone');
});

test('Choice, Pass, Succeed, ResultPath $ and intrinsic functions work as written', async () => {
  const machine = {
    StartAt: 'C',
    States: {
      C: {
        Type: 'Choice',
        Choices: [{ Variable: '$.left', NumericGreaterThan: 0, Next: 'T' }],
        Default: 'F',
      },
      T: task('echo', {
        Parameters: { 'all.$': "States.Array($.left, States.Format('n{}', $.left))" },
        ResultPath: '$',
        Next: 'S',
      }),
      S: { Type: 'Succeed', OutputPath: '$.all' },
      F: { Type: 'Fail', Error: 'Nothing', Cause: 'none left' },
    },
  };
  const echo = (event: unknown) => event;
  assert.deepEqual((await runOnce(machine, { echo }, { left: 2 })).output, [2, 'n2']);
  const { described } = await runOnce(machine, { echo }, { left: 0 });
  assert.deepEqual([described.status, described.error, described.cause], ['FAILED', 'Nothing', 'none left']);
});

test('the context object tells the same execution, start and input at every depth', async () => {
  const told = {
    'id.$': '$$.Execution.Id',
    'name.$': '$$.Execution.Name',
    'start.$': '$$.Execution.StartTime',
    'input.$': '$$.Execution.Input.n',
    'machine.$': '$$.StateMachine.Id',
    'machineName.$': '$$.StateMachine.Name',
  };
  const pass = (name: string) => alone(name, { Type: 'Pass', Parameters: told, End: true });
  const map = { Type: 'Map', ItemsPath: '$.items', ItemProcessor: pass('Inner'), End: true };
  const machine = alone('P', { Type: 'Parallel', Branches: [pass('A'), alone('M', map)], End: true });
  const { output } = await runOnce(machine, {}, { n: 1, items: [{ n: 2 }] });
  const expected = {
    id: executionArn('m', 'run'),
    name: 'run',
    start: new Date(startOfTest).toISOString(),
    input: 1,
    machine: machineArn('m'),
    machineName: 'm',
  };
  assert.deepEqual(output, [expected, [expected]]);
});

test('executions of one machine run side by side', async () => {
  const door = gate<string>();
  const { client, host, calls } = bench({
    definitions: { m: alone('T', task('f', { End: true })) },
    functions: { f: () => door.promise },
  });
  for (const name of ['a', 'b', 'c'])
    await client.send(
      new StartExecutionCommand({ stateMachineArn: machineArn('m'), name, input: `"${name}"` }),
    );
  door.resolve('done');
  await host.idle();
  assert.deepEqual(
    calls.map(call => call.event),
    ['a', 'b', 'c'],
  );
});
