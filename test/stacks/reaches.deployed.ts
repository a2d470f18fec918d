// Everything that calls a function reaches one that is there, may call it, and leaves it the time that it needs.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { FUNCTIONS } from '@gatehouse/core/machine';
import { DEFAULT_ROUTE, OPEN_ROUTES, ROUTES } from '@gatehouse/functions/api/routes';
import { readEnvironment } from '@gatehouse/functions/environment';
import { NEEDS } from '@gatehouse/functions/permissions';
import { deployment } from './deployment.ts';

const { functions, of, outputs } = deployment('prod');
const byArn = new Map(functions.map(each => [each.arn, each]));

test('every handler of the code is deployed, once, and nothing else is', () => {
  const wanted = [
    ...Object.keys(FUNCTIONS).map(name => `steps/${name}`),
    ...new Set([...Object.values(ROUTES), DEFAULT_ROUTE].map(name => `api/${name}`)),
    'events/recover',
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
    .map(({ inputs }) => inputs['routeKey']);
  assert.deepEqual(open, [...OPEN_ROUTES]);
});

test('the schedule reaches recovery, and what it cannot deliver is kept', () => {
  const [schedule] = of('aws:scheduler/schedule:Schedule');
  const target = schedule?.inputs['target'] as { arn: string; deadLetterConfig: { arn: string } };
  assert.equal(byArn.get(target.arn)?.handler, 'events/recover');
  assert.equal(schedule?.inputs['state'], 'ENABLED');
  assert.match(target.deadLetterConfig.arn, /:DeadLetters$/);
});

test('every function finds all that it reads from its environment', () => {
  for (const { handler, environment } of functions) {
    const read = readEnvironment({ ...environment, AWS_REGION: 'eu-west-1' });
    assert.equal(read.tableName, outputs['table'], handler);
    assert.equal(read.stateMachineArn, outputs['stateMachine'], handler);
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
