// The machine as data. The lanes that it walks are lanes.test.ts's.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { FUNCTIONS, functionsWithout, machine } from '@gatehouse/core/machine/machine';
import { kindTasks } from '@gatehouse/core/machine/task';

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
    const last = list(state, 'Catch').at(-1);
    assert.deepEqual(last?.['ErrorEquals'], ['States.ALL'], `${name} catches everything, last`);
    assert.equal(last?.['ResultPath'], '$.failure', `${name} keeps its pointer when it fails`);
  }
});

test('every function is called by a Task', () => {
  const called = new Set(tasks.map(({ state }) => state['Resource']));
  for (const name of Object.keys(FUNCTIONS)) assert.ok(called.has(arnOf(name)), name);
});

test('retryable errors are retried with jitter, a cap and growing waits; others never', () => {
  for (const { name, state } of tasks) {
    const retried = list(state, 'Retry').flatMap(each => each['ErrorEquals']);
    for (const error of ['RetryableError', 'Lambda.Unknown', 'Sandbox.Timedout', 'States.Timeout']) {
      assert.ok(retried.includes(error), `${name} retries ${error}`);
    }
    for (const error of ['TerminalError', 'Cancelled', 'Superseded', 'States.ALL', 'States.TaskFailed']) {
      assert.ok(!retried.includes(error), `${name} does not retry ${error}`);
    }
    for (const retry of list(state, 'Retry')) {
      assert.equal(retry['JitterStrategy'], 'FULL');
      assert.ok(Number(retry['MaxDelaySeconds']) > Number(retry['IntervalSeconds']));
      assert.ok(Number(retry['BackoffRate']) > 1);
    }
  }
});

for (const [busy, error] of [
  ['a busy cloud', 'RetryableError'],
  ['Lambda that has no room', 'Lambda.TooManyRequestsException'],
  ['Lambda that is down', 'Lambda.ServiceException'],
] as const) {
  test(`${busy} is asked for longer than the longest deadline of a job`, () => {
    const SIX_HOURS = 6 * 3600;
    for (const { name, state } of tasks) {
      const retry = list(state, 'Retry').find(each => [each['ErrorEquals']].flat().includes(error));
      // Full jitter: a wait is half its longest, on the average.
      const seconds = (Number(retry?.['MaxAttempts']) * Number(retry?.['MaxDelaySeconds'])) / 2;
      assert.ok(seconds > SIX_HOURS, name);
    }
  });
}

/** States of the machine itself, of a lane, of a wave, of a step. */
const [own, lane, wave, step] = all.map(scope => scope.states);

test('a lane never throws out of the Map over the lanes', () => {
  const waves = lane?.['Waves'];
  assert.equal(waves?.['Type'], 'Map');
  assert.deepEqual(
    list(waves ?? {}, 'Catch').map(({ ErrorEquals }) => ErrorEquals),
    [['States.ALL']],
  );
  for (const [name, state] of Object.entries(lane ?? {})) assert.notEqual(state['Type'], 'Fail', name);
});

test('a step fails in one way only: where its failure could not be recorded', () => {
  const failing = Object.entries(step ?? {}).filter(([, state]) => state['Type'] === 'Fail');
  assert.deepEqual(
    failing.map(([name]) => name),
    ['Failure not recorded'],
  );
  const into = Object.entries(step ?? {}).filter(([, state]) =>
    targetsOf(state).includes('Failure not recorded'),
  );
  assert.deepEqual(
    into.map(([name]) => name),
    ['Record failure'],
  );
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
  assert.ok(states.length - 2 * kinds.length <= 25, `${states.length - 2 * kinds.length} states besides`);
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
