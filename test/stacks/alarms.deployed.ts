// What tells a person that something is wrong: it looks at what is there, tells somebody, and is explained.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { problemOf, TerminalError, toStepError } from '@gatehouse/core/ports/errors';
import { JOB_STATUSES } from '@gatehouse/core/record/events';
import { type Handler, NEEDS, permissionsOf } from '@gatehouse/functions/permissions';
import { deployment } from './deployment.ts';

const { functions, of, outputs } = deployment('prod');
const alarms = of('aws:cloudwatch/metricAlarm:MetricAlarm');
const filters = of('aws:cloudwatch/logMetricFilter:LogMetricFilter');
const NAMESPACE = 'gatehouse/prod';

interface Transformation {
  namespace: string;
  name: string;
  dimensions?: Record<string, string>;
}

const counted = filters.map(({ inputs }) => inputs['metricTransformation'] as Transformation);

test('every alarm tells the topic, when it begins and when it is over', () => {
  assert.ok(alarms.length >= 10);
  const topic = outputs['alarms'];
  for (const { name, inputs } of alarms) {
    assert.deepEqual(inputs['alarmActions'], [topic], name);
    assert.deepEqual(inputs['okActions'], [topic], name);
    assert.equal(inputs['treatMissingData'], 'notBreaching', name);
  }
});

test('every alarm on a number of ours looks at one that is counted', () => {
  const own = alarms.filter(({ inputs }) => inputs['namespace'] === NAMESPACE);
  assert.ok(own.length >= 4);
  for (const { name, inputs } of own) {
    const found = counted.find(each => each.name === inputs['metricName'] && each.namespace === NAMESPACE);
    assert.ok(found, name);
    const dimensions = Object.keys((inputs['dimensions'] ?? {}) as object);
    assert.deepEqual(Object.keys(found.dimensions ?? {}), dimensions, name);
  }
});

test('every alarm on a status of jobs names one that there is', () => {
  for (const { inputs } of alarms) {
    const { Status } = (inputs['dimensions'] ?? {}) as { Status?: string };
    if (Status)
      assert.ok(
        JOB_STATUSES.some(status => status === Status),
        Status,
      );
  }
});

test('failures and throttled calls are counted in the log of every function', () => {
  for (const { handler, inputs } of functions) {
    const { logGroup, logFormat } = inputs['loggingConfig'] as { logGroup: string; logFormat: string };
    assert.equal(logFormat, 'JSON', handler);
    const names = filters
      .filter(each => each.inputs['logGroupName'] === logGroup)
      .map(each => (each.inputs['metricTransformation'] as Transformation).name);
    assert.deepEqual(names.toSorted(), ['CloudThrottles', 'FailedCalls'], handler);
  }
});

test('crashes, time-outs and unexpected errors count as failed; errors that the machine catches do not', () => {
  const report = (record: object) => ({ type: 'platform.report', record });
  const failed = [
    report({ status: 'timeout' }),
    report({ status: 'error', errorType: 'Runtime.OutOfMemory' }),
    { level: 'ERROR', error: problemOf(toStepError(new TypeError('of undefined'))) },
  ];
  const caught = [
    report({ status: 'success' }),
    report({ status: 'error', errorType: 'RetryableError' }),
    { level: 'ERROR', error: problemOf(new TerminalError('AccessDenied', 'not yours')) },
  ];
  const patterns = filters.filter(
    ({ inputs }) => Object(inputs['metricTransformation']).name === 'FailedCalls',
  );
  for (const { name, inputs } of patterns) {
    const counts = matcherOf(String(inputs['pattern']));
    assert.deepEqual(failed.filter(counts), failed, name);
    assert.deepEqual(caught.filter(counts), [], name);
  }
});

/** CloudWatch's filter pattern for JSON, as far as it is used here. */
function matcherOf(pattern: string): (line: object) => boolean {
  const told = /\$\.([\w.]+) = "([^"]*)"/g;
  return line => {
    const judged = pattern.replaceAll(told, (_, path: string, value: string) => {
      const found = path.split('.').reduce<unknown>((of, member) => Object(of)[member], line);
      const wanted = new RegExp(`^${value.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
      return String(typeof found === 'string' && wanted.test(found));
    });
    assert.match(judged, /^\{[ ()&|]*((true|false)[ ()&|]*)+\}$/, 'nothing is left to tell');
    return runInNewContext(judged.slice(1, -1)) === true;
  };
}

test('every change of a job goes into the log that the numbers are read off', () => {
  const [rule] = of('aws:cloudwatch/eventRule:EventRule').filter(({ name }) => name === 'RuleLog');
  assert.deepEqual(JSON.parse(String(rule?.inputs['eventPattern'])), {
    source: ['io.gatehouse'],
    'detail-type': ['Job Status Changed'],
  });
  const log = of('aws:cloudwatch/logGroup:LogGroup').find(({ name }) => name === 'EventLog')?.inputs['name'];
  const [target] = of('aws:cloudwatch/eventTarget:EventTarget').filter(
    ({ name }) => name === 'RuleLogToEventLog',
  );
  assert.ok(String(target?.inputs['arn']).endsWith(`:log-group:${log}`));
  const byStatus = filters.find(
    ({ inputs }) => (inputs['metricTransformation'] as Transformation).name === 'JobsByStatus',
  );
  assert.equal(byStatus?.inputs['logGroupName'], log);
});

test('EventBridge may make streams of that log, and write to them for this one rule', () => {
  const [policy] = of('aws:cloudwatch/logResourcePolicy:LogResourcePolicy');
  const { Statement } = JSON.parse(String(policy?.inputs['policyDocument']));
  const [stream, events] = Statement;
  assert.deepEqual([stream.Action, stream.Condition], ['logs:CreateLogStream', undefined]);
  assert.equal(events.Action, 'logs:PutLogEvents');
  assert.match(events.Condition.ArnEquals['aws:SourceArn'], /^arn:aws:events:.*gatehouse-prod-log$/);
});

test('the alarm on the table adds up every operation that a function may do, as it is counted by operation', () => {
  const [{ inputs }] = alarms.filter(({ name }) => name === 'AlarmTableThrottled') as [(typeof alarms)[0]];
  const queries = inputs['metricQueries'] as { metric?: { dimensions: Record<string, string> } }[];
  const watched = queries.flatMap(({ metric }) => (metric ? [metric.dimensions] : []));
  const places = { table: 'table', stateMachine: 'machine', eventBus: 'bus' };
  const allowed = Object.keys(NEEDS)
    .flatMap(handler => permissionsOf(handler as Handler, places))
    .filter(({ service }) => service === 'dynamodb')
    .flatMap(({ operations }) => operations);
  assert.deepEqual(watched.map(({ Operation }) => Operation).toSorted(), [...new Set(allowed)].toSorted());
  for (const { TableName } of watched) assert.equal(TableName, outputs['table']);
});

test('the guide says what to do on each alarm', () => {
  const guide = readFileSync('docs/deploy.md', 'utf8');
  for (const { inputs } of alarms) {
    const name = String(inputs['name']).replace('gatehouse-prod-', '');
    assert.match(guide, new RegExp(`^\\| \`${name}\` \\|`, 'm'), `docs/deploy.md has a row for ${name}`);
    assert.match(String(inputs['alarmDescription']), new RegExp(`"${name}"`));
  }
});

test('the dashboard shows jobs by status, duration by step and cloud calls by error, of what is there', () => {
  const [dashboard] = of('aws:cloudwatch/dashboard:Dashboard');
  const body = String(dashboard?.inputs['dashboardBody']);
  const { widgets } = JSON.parse(body);
  const titles = widgets.map((each: { properties: { title: string } }) => each.properties.title);
  for (const title of ['Jobs by status', 'Duration by step', 'Cloud calls by error'])
    assert.ok(
      titles.some((each: string) => each.startsWith(title)),
      title,
    );
  for (const { handler, inputs } of functions.filter(each => each.handler.startsWith('steps/')))
    assert.ok(body.includes(String(inputs['name'])), handler);
});
