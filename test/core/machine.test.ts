// The machine as data, and the lanes that it walks.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { ALICLOUD_FUNCTIONS, FUNCTIONS, machine } from '@gatehouse/core/machine/machine';
import { lanesOf } from '@gatehouse/core/plan/lanes';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import { parseRequest, type Request } from '@gatehouse/core/request/request';
import { group, request } from './requests.ts';

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

test('what may heal is retried with jitter, a cap and growing waits; what cannot heal never', () => {
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

test('a lane never throws out of its Parallel: no state in it can fail', () => {
  for (const { path, states: own } of all.slice(1)) {
    for (const [name, state] of Object.entries(own)) {
      assert.notEqual(state['Type'], 'Fail', `${path} ${name}`);
      if (state['Type'] !== 'Task') continue;
      for (const { Next } of list(state, 'Catch')) {
        assert.ok(String(Next) in own, `${name} catches its failure inside its lane`);
      }
    }
  }
});

test('all lanes settle before Judge, and Judge comes before any undo', () => {
  const { Forward, Rollback, Verdict, Judge } = definition.States;
  assert.equal(Forward?.Type, 'Parallel');
  assert.equal(Forward?.['Next'], 'Judge');
  assert.equal(Judge?.['Next'], 'Verdict');
  assert.equal(Rollback?.Type, 'Parallel');
  const into = Object.entries(definition.States).filter(([, state]) => targetsOf(state).includes('Rollback'));
  assert.deepEqual(into.map(([name]) => name).toSorted(), ['Direction', 'Verdict']);
  assert.ok(Verdict);
});

test('nothing waits for a fixed time: a wait lasts until the step says', () => {
  const waits = states.filter(({ state }) => state['Type'] === 'Wait');
  assert.ok(waits.length > 0);
  for (const { name, state } of waits) {
    assert.match(String(state['TimestampPath']), /^\$\..*askAgainAt$/, name);
    assert.equal(state['Seconds'], undefined);
  }
});

test('the steps of one lane go one after another', () => {
  const maps = states.filter(({ state, name }) => state['Type'] === 'Map' && /endpoint group/i.test(name));
  assert.equal(maps.length, 4);
  for (const { state } of maps) assert.equal(state['MaxConcurrency'], 1);
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

function parsed(value: unknown): Request {
  const result = parseRequest(value);
  assert.ok(result.ok, JSON.stringify(result));
  return result.request;
}

const CONTEXT = { jobId: 'job-1', region: 'eu-west-1' };
const three = parsed(
  request({
    listener: {
      ...request().listener,
      portRanges: [
        { fromPort: 80, toPort: 81 },
        { fromPort: 443, toPort: 443 },
      ],
    },
    endpointGroups: ['eu-west-1', 'us-east-1', 'ap-south-1'].map(region => group({ region, endpoints: [] })),
  }),
);

test('a plan is the listener, its groups as requested, and the accelerator to settle', () => {
  const { steps } = planSteps(three, CONTEXT);
  assert.deepEqual(
    steps.map(({ id, kind, act, title }) => [id, kind, act, title]),
    [
      ['listener', 'listener', 'create', 'listener TCP 80-81, 443'],
      ['endpoint-group-eu-west-1', 'endpointGroup', 'create', 'endpoint group eu-west-1'],
      ['endpoint-group-us-east-1', 'endpointGroup', 'create', 'endpoint group us-east-1'],
      ['endpoint-group-ap-south-1', 'endpointGroup', 'create', 'endpoint group ap-south-1'],
      ['accelerator', 'accelerator', 'settle', 'accelerator deployed'],
    ],
  );
});

test('a group needs the id of its listener; nothing else needs another', () => {
  for (const { kind, needs } of planSteps(three, CONTEXT).steps) {
    assert.deepEqual(needs, kind === 'endpointGroup' ? { listenerArn: 'listener' } : {});
  }
});

test('a plan is the same for the same request, and plain data', () => {
  const plan = planSteps(three, CONTEXT);
  assert.deepEqual(planSteps(three, CONTEXT), plan);
  assert.deepEqual(JSON.parse(JSON.stringify(plan)), plan);
  assert.equal(new Set(plan.steps.map(({ id }) => id)).size, plan.steps.length);
});

test('backward, groups are undone in reverse of the order in which they were made', () => {
  const plan = planSteps(three, CONTEXT);
  const forward = ['eu-west-1', 'us-east-1', 'ap-south-1'].map(region => `endpoint-group-${region}`);
  assert.deepEqual(lanesOf(plan, 'forward').listeners, [
    { listener: 'listener', endpointGroups: forward, accelerator: 'accelerator' },
  ]);
  assert.deepEqual(lanesOf(plan, 'backward').listeners, [
    { listener: 'listener', endpointGroups: forward.toReversed(), accelerator: 'accelerator' },
  ]);
});

test('every step of a plan is walked by exactly one lane, forward and backward', () => {
  const plan = planSteps(three, CONTEXT);
  for (const direction of ['forward', 'backward'] as const) {
    const walked = JSON.stringify(lanesOf(plan, direction)).match(
      /"(listener|accelerator|endpoint-group-[^"]+)"(?!:)/g,
    );
    assert.deepEqual(
      walked?.map(each => each.slice(1, -1)).toSorted(),
      plan.steps.map(({ id }) => id).toSorted(),
    );
  }
});

test('a listener without groups is a plan of two steps', () => {
  const plan = planSteps(parsed(request({ endpointGroups: [] })), CONTEXT);
  assert.deepEqual(
    plan.steps.map(({ id }) => id),
    ['listener', 'accelerator'],
  );
  assert.deepEqual(lanesOf(plan, 'forward').listeners[0]?.endpointGroups, []);
});

test('without Alibaba Cloud it is the same machine but for the states and choices of that', () => {
  const without = machine(arnOf, { alicloud: false });
  const text = JSON.stringify(without);
  assert.doesNotMatch(text, /alibaba|alicloud/i);
  const own = scopes(without).flatMap(scope => Object.keys(scope.states));
  assert.deepEqual(
    own.toSorted(),
    states
      .map(({ name }) => name)
      .filter(name => !name.includes('Alibaba'))
      .toSorted(),
  );
  for (const name of Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[])
    assert.equal(text.includes(`"${arnOf(name)}"`), !ALICLOUD_FUNCTIONS.includes(name), name);
});
