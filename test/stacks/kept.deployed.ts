// What is kept, how long, and what protects it; and that a trial stage differs from production only where it should.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INDEXES } from '@gatehouse/functions/table';
import { SST_VERSION, settingsOf } from '../../stacks/settings.ts';
import { deployment, type Resource } from './deployment.ts';

const production = deployment('prod');
const trial = deployment('trial');

function only(of: Resource[]): Resource['inputs'] {
  assert.equal(of.length, 1);
  return of[0]?.inputs ?? {};
}

const table = only(production.of('aws:dynamodb/table:Table'));

test('the table is on demand, encrypted, restorable and protected', () => {
  assert.equal(table['billingMode'], 'PAY_PER_REQUEST');
  assert.deepEqual(table['serverSideEncryption'], { enabled: true });
  assert.deepEqual(table['pointInTimeRecovery'], { enabled: true });
  assert.equal(table['deletionProtectionEnabled'], true);
  assert.equal(table['ttl'], undefined);
});

test('the table has the keys and indexes that the code reads by', () => {
  assert.equal(table['hashKey'], 'pk');
  assert.equal(table['rangeKey'], 'sk');
  const indexes = (table['globalSecondaryIndexes'] as Record<string, unknown>[]).map(each => [
    each['name'],
    each['hashKey'],
    each['rangeKey'],
    each['projectionType'],
  ]);
  assert.deepEqual(
    indexes,
    Object.entries(INDEXES).map(([name, { attribute }]) => [name, attribute, 'order', 'ALL']),
  );
});

test('dead letters are kept for two weeks, encrypted', () => {
  const queue = only(production.of('aws:sqs/queue:Queue'));
  assert.equal(queue['messageRetentionSeconds'], 14 * 24 * 3600);
  assert.equal(queue['sqsManagedSseEnabled'], true);
});

test('every log has an end, longer in production', () => {
  for (const [deployed, days] of [
    [production, 400],
    [trial, 14],
  ] as const) {
    const logs = deployed.of('aws:cloudwatch/logGroup:LogGroup');
    // And of the machine, of the API's access and of events.
    assert.equal(logs.length, deployed.functions.length + 3);
    for (const { name, inputs } of logs) assert.equal(inputs['retentionInDays'], days, name);
  }
});

test('production refuses to be removed and its table to be deleted; a trial goes with all that is in it', () => {
  const { removal, protect, version } = production.app;
  assert.deepEqual({ removal, protect, version }, { removal: 'retain', protect: true, version: SST_VERSION });
  const { removal: trialRemoval, protect: trialProtect } = trial.app;
  assert.deepEqual([trialRemoval, trialProtect], ['remove', false]);
  assert.equal(only(trial.of('aws:dynamodb/table:Table'))['deletionProtectionEnabled'], false);
});

test('once it may be removed, production leaves its table', () => {
  const { app, of } = deployment('prod', { settings: { protect: false } });
  assert.deepEqual([app['removal'], app['protect']], ['retain', false]);
  assert.equal(only(of('aws:dynamodb/table:Table'))['deletionProtectionEnabled'], true);
});

test('the API of each stage has the rate limits of its settings and an access log', () => {
  for (const { stage, of } of [production, trial]) {
    const inputs = only(of('aws:apigatewayv2/stage:Stage'));
    const { throttlingRateLimit, throttlingBurstLimit } = Object(inputs['defaultRouteSettings']);
    const { perSecond, burst } = settingsOf(stage).throttle;
    assert.deepEqual([throttlingRateLimit, throttlingBurstLimit], [perSecond, burst], stage);
    const { destinationArn, format } = Object(inputs['accessLogSettings']);
    assert.match(destinationArn, /:log-group:/, stage);
    for (const member of ['route', 'status', 'caller', 'subject', 'milliseconds'])
      assert.ok(member in JSON.parse(format), member);
  }
});

test('functions that work on APIs with a small budget run as many at once as the settings say, and no other is held', () => {
  for (const { stage, functions } of [production, trial]) {
    const held = functions.flatMap(({ handler, inputs }) => {
      const most = inputs['reservedConcurrentExecutions'];
      return most === undefined ? [] : [[handler.replace('steps/', ''), most]];
    });
    assert.deepEqual(Object.fromEntries(held), settingsOf(stage).concurrency, stage);
  }
});

/** What may differ between stages, as member of a resource's inputs. */
const MAY_DIFFER: Record<string, string[]> = {
  'aws:dynamodb/table:Table': ['deletionProtectionEnabled'],
  'aws:cloudwatch/logGroup:LogGroup': ['retentionInDays'],
  'aws:apigatewayv2/stage:Stage': ['defaultRouteSettings'],
  'aws:lambda/function:Function': ['reservedConcurrentExecutions'],
};

test('a trial differs from production only in names and in the settings listed here', () => {
  const comparable = ({ resources }: typeof production, stage: string) =>
    resources
      .filter(({ type }) => type.startsWith('aws:'))
      .map(({ type, name, inputs }) => {
        const members = Object.entries(inputs).filter(([member]) => !MAY_DIFFER[type]?.includes(member));
        return `${type} ${name} ${withoutNames(JSON.stringify(Object.fromEntries(members)), stage)}`;
      })
      .toSorted();
  assert.deepEqual(comparable(trial, 'trial'), comparable(production, 'prod'));
});

/** A physical name ends in eight letters of chance. */
function withoutNames(text: string, stage: string): string {
  return text
    .replaceAll(new RegExp(`gatehouse([-/])${stage}`, 'g'), 'gatehouse$1STAGE')
    .replaceAll(/-[a-z]{8}(?=["\\/:]|$)/g, '-CHANCE')
    .replaceAll(`\\"stage\\":\\"${stage}\\"`, '');
}

test('a restored table takes the place of its own, for every function, role and alarm', () => {
  const name = 'gatehouse-prod-restored';
  const { functions, of, outputs } = deployment('prod', { settings: { table: name } });
  assert.equal(outputs['table'], name);
  for (const { handler, environment } of functions)
    assert.equal(environment['GATEHOUSE_TABLE'], name, handler);
  const allowed = functions.flatMap(({ statements }) =>
    statements.filter(({ Action }) => Action.some(each => each.startsWith('dynamodb:'))),
  );
  assert.ok(allowed.length > 20);
  for (const { Resource } of allowed)
    assert.match(String(Resource), new RegExp(`:table/${name}(/index/\\*)?$`));
  const [alarm] = of('aws:cloudwatch/metricAlarm:MetricAlarm').filter(
    each => each.name === 'AlarmTableThrottled',
  );
  assert.match(JSON.stringify(alarm?.inputs), new RegExp(`"TableName":"${name}"`));
});
