// The machine as data. The lanes that it walks are lanes.test.ts's.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { FUNCTIONS, functionsWithout, machine } from '@gatehouse/core/machine/machine';
import { FINAL_ERRORS, kindTasks } from '@gatehouse/core/machine/task';
import { MAX_DEADLINE_SECONDS } from '@gatehouse/core/request/time-limits';

const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;
const definition = machine(arnOf);

type State = Record<string, unknown>;
interface Scope {
  path: string;
  startAt: string;
  states: Record<string, State>;
}

/** Every group of states: the machine's own, each branch of a Parallel, each Map's item. */
function scopes(of: unknown, path = 'machine'): Scope[] {
  if (Array.isArray(of)) return of.flatMap((each, at) => scopes(each, `${path}[${at}]`));
  if (typeof of !== 'object' || of === null) return [];
  const inner = Object.entries(of).flatMap(([name, value]) => scopes(value, `${path}.${name}`));
  if (!('States' in of && 'StartAt' in of)) return inner;
  return [{ path, startAt: String(of.StartAt), states: of.States as Record<string, State> }, ...inner];
}

const all = scopes(definition);
const states = all.flatMap(scope =>
  Object.entries(scope.states).map(([name, state]) => ({ name, state, scope })),
);
const tasks = states.filter(({ state }) => state['Type'] === 'Task');

/** Lambda itself has no room or is down, or could not be reached. */
const BUSY = [
  'Lambda.TooManyRequestsException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
];

/** Names that AWS gives to a function that died, and one that it does not have yet. */
const CRASHED = [
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'States.Timeout',
  'Runtime.ExitError',
  'Runtime.OutOfMemory',
  'Runtime.ImportModuleError',
  'Runtime.UserCodeSyntaxError',
  'Sandbox.Whatever',
];

function list(state: State, member: string): State[] {
  const value = state[member];
  return Array.isArray(value) ? (value as State[]) : [];
}

/** Everything that a state may be followed by. */
function targetsOf(state: State): string[] {
  const next = [state, ...list(state, 'Choices'), ...list(state, 'Catch')].map(each => each['Next']);
  return [...next, state['Default']].filter(name => typeof name === 'string');
}

test('state names are unique over the whole machine, and fit into 80 characters', () => {
  const names = states.map(({ name }) => name);
  assert.ok(names.length > 20);
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
  for (const name of names) assert.ok(name.length <= 80, name);
});

test('every state that is named as next is there, in the same scope', () => {
  for (const { startAt, states: own, path } of all) {
    assert.ok(startAt in own, `${path} starts at ${startAt}`);
    for (const [name, state] of Object.entries(own)) {
      for (const target of targetsOf(state)) assert.ok(target in own, `${name} leads to ${target}`);
    }
  }
});

test('every state is reached, and from every state an end is reached', () => {
  for (const { startAt, states: own, path } of all) {
    const reached = new Set([startAt]);
    for (const name of reached) for (const next of targetsOf(own[name] ?? {})) reached.add(next);
    assert.deepEqual(
      Object.keys(own).filter(name => !reached.has(name)),
      [],
      path,
    );
    const ending = new Set(
      Object.keys(own).filter(name => {
        const { Type, End } = own[name] ?? {};
        return End === true || Type === 'Succeed' || Type === 'Fail';
      }),
    );
    for (let grown = true; grown; ) {
      const before = ending.size;
      for (const [name, state] of Object.entries(own)) {
        if (targetsOf(state).some(next => ending.has(next))) ending.add(name);
      }
      grown = ending.size > before;
    }
    assert.deepEqual(
      Object.keys(own).filter(name => !ending.has(name)),
      [],
      path,
    );
  }
});

test('every Task has retries, a catch for everything and a time limit above its function’s', () => {
  assert.ok(tasks.length > 8);
  for (const { name, state } of tasks) {
    const called = Object.keys(FUNCTIONS).find(each => state['Resource'] === arnOf(each));
    assert.ok(called, `${name} calls a function of ours`);
    const { timeoutSeconds } = FUNCTIONS[called as keyof typeof FUNCTIONS];
    assert.ok(Number(state['TimeoutSeconds']) > timeoutSeconds, `${name} waits longer than its Lambda lives`);
    assert.ok(list(state, 'Retry').length > 0, name);
    const [final, last] = list(state, 'Catch').slice(-2);
    assert.deepEqual(final?.['ErrorEquals'], FINAL_ERRORS, `${name} catches our final errors`);
    assert.deepEqual(last?.['ErrorEquals'], ['States.ALL'], `${name} catches everything, last`);
    for (const caught of [final, last])
      assert.equal(caught?.['ResultPath'], '$.failure', `${name} keeps its pointer when it fails`);
  }
});

test('every function is called by a Task', () => {
  const called = new Set(tasks.map(({ state }) => state['Resource']));
  for (const name of Object.keys(FUNCTIONS)) assert.ok(called.has(arnOf(name)), name);
});

/** The retrier that counts for an error: the first that matches. */
function retrierOf(state: State, error: string): State | undefined {
  return list(state, 'Retry').find(({ ErrorEquals }) =>
    [ErrorEquals].flat().some(each => each === error || each === 'States.ALL'),
  );
}

test('our final errors are never retried, every other error is', () => {
  for (const { name, state } of tasks) {
    for (const error of ['TerminalError', 'Cancelled', 'Superseded'])
      assert.equal(retrierOf(state, error)?.['MaxAttempts'], 0, `${name}: ${error}`);
    for (const error of ['RetryableError', ...BUSY, ...CRASHED])
      assert.ok(Number(retrierOf(state, error)?.['MaxAttempts']) > 0, `${name}: ${error}`);
  }
});

test('a busy cloud, and a Lambda that has no room or is down, are retried with jitter for longer than the longest deadline', () => {
  for (const { name, state } of tasks) {
    for (const error of ['RetryableError', ...BUSY]) {
      const retry = retrierOf(state, error);
      assert.equal(retry?.['JitterStrategy'], 'FULL');
      assert.ok(Number(retry['BackoffRate']) > 1);
      // Full jitter: a wait is half its longest, on the average.
      const seconds = (Number(retry['MaxAttempts']) * Number(retry['MaxDelaySeconds'])) / 2;
      assert.ok(seconds > MAX_DEADLINE_SECONDS, name);
    }
  }
});

test('a function that crashes is retried ten times within five minutes, then every minute, for longer than the longest deadline', () => {
  for (const { name, state } of tasks) {
    for (const error of CRASHED) {
      const retry = retrierOf(state, error) ?? {};
      const waits = waitsOf(retry);
      const sum = (seconds: number[]) => seconds.reduce((total, each) => total + each, 0);
      assert.ok(sum(waits.slice(0, 10)) < 300, name);
      assert.ok(waits.slice(10).every(seconds => seconds >= 60));
      assert.ok(sum(waits) > MAX_DEADLINE_SECONDS, name);
    }
  }
});

/** The seconds before each retry. */
function waitsOf({ IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts, JitterStrategy }: State) {
  assert.equal(JitterStrategy, 'NONE', 'a wait is as long as it says');
  return Array.from({ length: Number(MaxAttempts) }, (_, n) =>
    Math.min(Number(MaxDelaySeconds), Number(IntervalSeconds) * Number(BackoffRate) ** n),
  );
}

/** States of the machine itself, of a lane, of a wave, of a step. */
const [own, lane, wave, step] = all.map(scope => scope.states);

test('only a function that crashed until its retries ran out ends more than its lane', () => {
  const waves = lane?.['Waves'];
  assert.equal(waves?.['Type'], 'Map');
  assert.deepEqual(
    list(waves ?? {}, 'Catch').map(({ ErrorEquals, Next }) => [ErrorEquals, Next]),
    [
      [['FailureNotRecorded'], 'Lane ended early'],
      [['States.ALL'], 'Lane crashed'],
    ],
  );
  const failing = Object.entries(lane ?? {}).filter(([, state]) => state['Type'] === 'Fail');
  assert.deepEqual(
    failing.map(([name, { Error: error }]) => [name, error]),
    [['Lane crashed', 'FunctionCrashed']],
  );
  // The Map over the lanes catches nothing, so the execution fails and recovery starts the next attempt.
  assert.deepEqual(list(own?.['Walk'] ?? {}, 'Catch'), []);
});

test('a step fails only where its failure could not be recorded, or where a function crashed for hours', () => {
  const failing = Object.entries(step ?? {}).filter(([, state]) => state['Type'] === 'Fail');
  assert.deepEqual(
    failing.map(([name]) => name),
    ['Failure not recorded', 'Step crashed'],
  );
  const into = Object.entries(step ?? {}).filter(([, state]) =>
    targetsOf(state).includes('Failure not recorded'),
  );
  assert.deepEqual(
    into.map(([name]) => name),
    ['Record failure'],
  );
});

test('no crash is taken for a failure: none leads to the record of a failure or to a next step', () => {
  for (const { name, state } of tasks) {
    const [caught] = list(state, 'Catch').filter(
      ({ ErrorEquals }) => [ErrorEquals].flat()[0] === 'States.ALL',
    );
    const next = states.find(each => each.name === caught?.['Next']);
    assert.deepEqual([next?.state['Type'], next?.state['Error']], ['Fail', 'FunctionCrashed'], name);
  }
});

test('all lanes settle before Evaluate, and Evaluate comes before any other walk', () => {
  assert.equal(own?.['Walk']?.['Type'], 'Map');
  assert.equal(own?.['Walk']?.['Next'], 'Evaluate');
  assert.equal(own?.['Evaluate']?.['Next'], 'Where to?');
  const into = Object.entries(own ?? {}).filter(([, state]) => targetsOf(state).includes('Walk'));
  assert.deepEqual(
    into.map(([name]) => name),
    ['Where to?'],
  );
});

test('waves follow one another; at most 10 lanes and 5 steps of a wave run at once', () => {
  assert.equal(own?.['Walk']?.['MaxConcurrency'], 10);
  assert.equal(lane?.['Waves']?.['MaxConcurrency'], 1);
  assert.equal(wave?.['Steps']?.['MaxConcurrency'], 5);
});

test('every kind has a Task and a Wait of its own, and adds no other state', () => {
  const kinds = kindTasks();
  for (const { state, call } of kinds) {
    assert.equal(step?.[state]?.['Resource'], arnOf(call));
    assert.equal(step?.[`Wait: ${state}`]?.['Next'], state);
  }
  assert.ok(states.length - 2 * kinds.length <= 27, `${states.length - 2 * kinds.length} states besides`);
});

test('no Wait has a fixed time: it lasts until the instant of the step', () => {
  const waits = states.filter(({ state }) => state['Type'] === 'Wait');
  assert.ok(waits.length > 0);
  for (const { name, state } of waits) {
    assert.match(String(state['TimestampPath']), /^\$\..*nextPollAt$/, name);
    assert.equal(state['Seconds'], undefined);
  }
});

test('a validator of the Amazon States Language accepts the machine', () => {
  const load = createRequire(createRequire(import.meta.url).resolve('aws-local-stepfunctions'));
  type Validate = (machine: unknown, options: object) => { isValid: boolean; errors: unknown[] };
  const validate: Validate = load('asl-validator');
  // It writes into what it is given.
  const { isValid, errors } = validate(structuredClone(definition), { checkPaths: true, checkArn: true });
  assert.deepEqual(errors, []);
  assert.equal(isValid, true);
  const broken = structuredClone(definition);
  broken.StartAt = 'Nowhere';
  assert.equal(validate(broken, { checkPaths: true, checkArn: true }).isValid, false, 'it would say so');
});

const ALICLOUD_FUNCTIONS = functionsWithout(['aws']);
const ALICLOUD = kindTasks()
  .filter(({ call }) => ALICLOUD_FUNCTIONS.includes(call))
  .map(({ state }) => state);

test('without Alibaba Cloud it is the same machine but for the states and choices of that', () => {
  const without = machine(arnOf, { clouds: ['aws'] });
  const text = JSON.stringify(without);
  assert.doesNotMatch(text, /alibaba|alicloud/i);
  const own = scopes(without).flatMap(scope => Object.keys(scope.states));
  assert.deepEqual(
    own.toSorted(),
    states
      .map(({ name }) => name)
      .filter(name => !ALICLOUD.some(each => name === each || name === `Wait: ${each}`))
      .toSorted(),
  );
  for (const name of Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[])
    assert.equal(text.includes(`"${arnOf(name)}"`), !ALICLOUD_FUNCTIONS.includes(name), name);
});
