// The state machine as it would be deployed: the local one with other ARNs, as Step Functions takes it.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { FUNCTIONS, type FunctionName, machine } from '@gatehouse/core/machine/machine';
import { deployment, statementsOf } from './deployment.ts';
import { platform } from './platform.ts';

const { functions, of } = deployment('prod', { alicloud: true });
const [deployed] = of('aws:sfn/stateMachine:StateMachine');
const definition = JSON.parse(String(deployed?.inputs['definition']));

interface Task {
  Type: string;
  Resource: string;
  TimeoutSeconds: number;
  Retry?: unknown[];
  Catch?: { ErrorEquals: string[] }[];
}

function tasksIn(of: unknown): Task[] {
  if (typeof of !== 'object' || of === null) return [];
  const inner = Object.values(of).flatMap(tasksIn);
  return 'Type' in of && of.Type === 'Task' ? [of as Task, ...inner] : inner;
}

test('its definition is the local one, but for the ARNs of its functions', () => {
  const arnOf = (name: FunctionName) =>
    functions.find(({ handler }) => handler === `steps/${name}`)?.arn ?? '';
  assert.deepEqual(definition, JSON.parse(JSON.stringify(machine(arnOf))));
});

test('asl-validator finds nothing wrong with it', () => {
  const validate = createRequire(join(platform(), 'package.json'))('asl-validator');
  const { isValid, errors } = validate(definition);
  assert.ok(isValid, JSON.stringify(errors));
});

test('the definition fits into the 1 MB that Step Functions accepts', () => {
  assert.ok(String(deployed?.inputs['definition']).length < 1024 * 1024);
});

test('every task calls a function that is there, and waits longer than that may live', () => {
  const tasks = tasksIn(definition);
  assert.ok(tasks.length > 15);
  for (const { Resource, TimeoutSeconds } of tasks) {
    const called = functions.find(({ arn }) => arn === Resource);
    assert.ok(called, Resource);
    assert.ok(TimeoutSeconds > called.timeoutSeconds, called.handler);
  }
});

test('every task has retries, and catches everything', () => {
  for (const { Resource, Retry, Catch } of tasksIn(definition)) {
    assert.ok(Retry && Retry.length > 0, Resource);
    assert.deepEqual(Catch?.at(-1)?.ErrorEquals, ['States.ALL'], Resource);
  }
});

test('every function of the machine lives as long as the machine thinks', () => {
  for (const [name, { timeoutSeconds }] of Object.entries(FUNCTIONS))
    assert.equal(
      functions.find(({ handler }) => handler === `steps/${name}`)?.timeoutSeconds,
      timeoutSeconds,
    );
});

test('its role may call its own functions and deliver logs and traces, and nothing else', () => {
  const role = of('aws:iam/role:Role').find(({ name }) => name === 'MachineRole');
  assert.equal(role?.inputs['namePrefix'], 'gatehouse-prod-machine-');
  const [invoke, deliver, ...others] = statementsOf(role);
  assert.deepEqual(invoke?.Action, ['lambda:InvokeFunction']);
  const own = functions.filter(({ handler }) => handler.startsWith('steps/')).map(({ arn }) => arn);
  assert.deepEqual(invoke?.Resource.toSorted(), own.toSorted());
  assert.ok(deliver?.Action.every(action => /^(logs|xray):/.test(action)));
  assert.deepEqual(others, []);
});

test('the machine is a Standard one that logs its errors and is traced', () => {
  assert.equal(deployed?.inputs['type'], 'STANDARD');
  const logging = deployed?.inputs['loggingConfiguration'] as { level: string; logDestination: string };
  assert.equal(logging.level, 'ERROR');
  assert.match(logging.logDestination, /:log-group:\/aws\/vendedlogs\/states\/gatehouse-prod:\*$/);
  assert.deepEqual(deployed?.inputs['tracingConfiguration'], { enabled: true });
});
