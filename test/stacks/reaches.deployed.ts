// Everything that calls a function reaches one that is there, may call it, and leaves it the time that it needs.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { FUNCTIONS, OLDER_FUNCTIONS } from '@gatehouse/core/machine/machine';
import { DEFAULT_ROUTE, OPEN_ROUTES, ROUTES } from '@gatehouse/functions/api/routes';
import { readEnvironment } from '@gatehouse/functions/environment';
import { DEAD_LETTERS, EVENT_FUNCTIONS, RULES } from '@gatehouse/functions/events/rules';
import { NEEDS } from '@gatehouse/functions/permissions';
import { deployment } from './deployment.ts';

const { functions, of, outputs } = deployment('prod', { alicloud: true });
const DEAD_LETTERS_ARN = 'arn:aws:sqs:eu-west-1:123456789012:gatehouse-prod-dead-letters';
/** The log of events has a rule of its own, in event-log.ts. */
const rules = of('aws:cloudwatch/eventRule:EventRule').filter(({ name }) => name !== 'RuleLog');
const byArn = new Map(functions.map(each => [each.arn, each]));

test('every handler of the code is deployed, once, and nothing else is', () => {
  const wanted = [
    ...Object.keys({ ...FUNCTIONS, ...OLDER_FUNCTIONS }).map(name => `steps/${name}`),
    ...new Set([...Object.values(ROUTES), DEFAULT_ROUTE].map(name => `api/${name}`)),
    ...Object.keys(EVENT_FUNCTIONS).map(name => `events/${name}`),
  ];
  assert.deepEqual(functions.map(({ handler }) => handler).toSorted(), wanted.toSorted());
  assert.deepEqual(Object.keys(NEEDS).toSorted(), wanted.toSorted());
  for (const { handler } of functions)
    assert.ok(existsSync(`packages/functions/src/${handler}.ts`), `${handler} is a file`);
});

test('every route of the code leads to its function, which API Gateway may call', () => {
  const integrations = of('aws:apigatewayv2/integration:Integration');
  const permissions = of('aws:lambda/permission:Permission');
  const routes = of('aws:apigatewayv2/route:Route').map(({ name, inputs }) => {
    const target = String(inputs['target']).replace('integrations/', '');
    const integration = integrations.find(each => `${each.name}-id` === target);
    assert.ok(integration, `${name} leads to an integration`);
    const uri = String(integration.inputs['integrationUri']);
    const allowed = permissions.filter(
      each => each.inputs['function'] === uri && each.inputs['principal'] === 'apigateway.amazonaws.com',
    );
    assert.ok(allowed.length > 0, `${inputs['routeKey']}: API Gateway may call its function`);
    return [String(inputs['routeKey']), byArn.get(uri)?.handler];
  });
  const wanted = [...Object.entries(ROUTES), ['$default', DEFAULT_ROUTE]].map(([key, file]) => [
    key,
    `api/${file}`,
  ]);
  assert.deepEqual(routes.toSorted(), wanted.toSorted());
});

test('every route asks for a signature, but for those that the code says are open', () => {
  const open = of('aws:apigatewayv2/route:Route')
    .filter(({ inputs }) => inputs['authorizationType'] !== 'AWS_IAM')
    .map(({ inputs }) => String(inputs['routeKey']));
  assert.deepEqual(open.toSorted(), [...OPEN_ROUTES].toSorted());
});

test('every rule and schedule of the code exists on its bus', () => {
  const stand = rules.map(({ inputs }) => [
    String(inputs['name']).replace(/^gatehouse-prod/, 'gatehouse'),
    String(inputs['eventBusName']).replace(/^gatehouse-prod$/, 'gatehouse'),
    inputs['scheduleExpression'] ?? JSON.parse(String(inputs['eventPattern'])),
  ]);
  const deployed = { stateMachineArn: String(outputs['stateMachine']) };
  const wanted = RULES.map(rule => [
    rule.name,
    rule.bus,
    'schedule' in rule ? rule.schedule : rule.pattern(deployed),
  ]);
  assert.deepEqual(stand.toSorted(), wanted.toSorted());
  assert.equal(outputs['eventBus'], 'gatehouse-prod');
});

test('every rule reaches its targets, may call them, and keeps undeliverable events', () => {
  const permissions = of('aws:lambda/permission:Permission');
  const targets = of('aws:cloudwatch/eventTarget:EventTarget').filter(
    ({ name }) => !name.startsWith('RuleLog'),
  );
  const wanted = RULES.flatMap(rule => rule.targets.map(target => `${rule.name} ${target}`));
  const reached = targets.map(({ inputs }) => {
    const rule = String(inputs['rule']);
    const called = byArn.get(String(inputs['arn']));
    if (called) {
      const may = permissions.find(
        each =>
          each.inputs['function'] === called.inputs['name'] &&
          String(each.inputs['sourceArn']).endsWith(`rule/${rule}`),
      );
      assert.equal(may?.inputs['principal'], 'events.amazonaws.com', `${rule} may call ${called.handler}`);
    }
    assert.deepEqual(inputs['deadLetterConfig'], { arn: DEAD_LETTERS_ARN });
    assert.ok(inputs['retryPolicy'], rule);
    const target = called
      ? called.handler.replace(/^events\//, '')
      : inputs['arn'] === DEAD_LETTERS_ARN && DEAD_LETTERS;
    return `${rule.replace(/^gatehouse-prod/, 'gatehouse')} ${target}`;
  });
  assert.deepEqual(reached.toSorted(), wanted.toSorted());
});

test('an event on which a function fails after its retries is kept', () => {
  const configs = of('aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig');
  for (const [name, { retries, timeoutSeconds }] of Object.entries(EVENT_FUNCTIONS)) {
    const called = functions.find(({ handler }) => handler === `events/${name}`);
    assert.equal(called?.timeoutSeconds, timeoutSeconds);
    const config = configs.find(each => each.inputs['functionName'] === called?.inputs['name'])?.inputs;
    assert.equal(config?.['maximumRetryAttempts'], retries, name);
    assert.deepEqual(config?.['destinationConfig'], { onFailure: { destination: DEAD_LETTERS_ARN } }, name);
  }
});

test('only the rules of this deployment may put letters into its queue', () => {
  const [policy] = of('aws:sqs/queuePolicy:QueuePolicy');
  const [statement, ...others] = JSON.parse(String(policy?.inputs['policy'])).Statement;
  assert.deepEqual(others, []);
  assert.equal(statement.Resource, DEAD_LETTERS_ARN);
  assert.equal(statement.Condition.ArnEquals['aws:SourceArn'].length, RULES.length);
});

test('every function finds all that it reads from its environment', () => {
  for (const { handler, environment } of functions) {
    const read = readEnvironment({ ...environment, AWS_REGION: 'eu-west-1' });
    assert.equal(read.tableName, outputs['table'], handler);
    assert.equal(read.stateMachineArn, outputs['stateMachine'], handler);
    assert.equal(read.eventBusName, outputs['eventBus'], handler);
    assert.equal(read.timeScale, 1, handler);
  }
});

test('functions run on arm64 and nodejs24.x, as minified ES modules', () => {
  for (const { handler, inputs } of functions) {
    assert.deepEqual(inputs['architectures'], ['arm64'], handler);
    assert.equal(inputs['runtime'], 'nodejs24.x', handler);
  }
  for (const { inputs } of of('build')) {
    const { format, minify } = inputs['properties'] as { format: string; minify: boolean };
    assert.deepEqual({ format, minify }, { format: 'esm', minify: true });
  }
});

test('API Gateway, which waits 30 seconds, waits longer than any function of its routes may live', () => {
  for (const { handler, timeoutSeconds } of functions.filter(each => each.handler.startsWith('api/')))
    assert.ok(timeoutSeconds < 30, handler);
});
