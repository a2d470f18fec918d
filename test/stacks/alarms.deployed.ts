// What tells a person that something is wrong: it looks at what is there, tells somebody, and is explained.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { awsCall } from '@gatehouse/clouds/aws-call';
import { CRASH_RETRY, FUNCTIONS } from '@gatehouse/core/machine/task';
import { problemOf, type StepError, TerminalError, toStepError } from '@gatehouse/core/ports/errors';
import { JOB_STATUSES } from '@gatehouse/core/record/events';
import { checkOpenJobs } from '@gatehouse/functions/events/recover';
import { log } from '@gatehouse/functions/logger';
import { type Handler, NEEDS, permissionsOf } from '@gatehouse/functions/permissions';
import { memoryStore } from '../world/memory-store.ts';
import { deployment } from './deployment.ts';

const { functions, of, outputs } = deployment('prod');
const alarms = of('aws:cloudwatch/metricAlarm:MetricAlarm');
const filters = of('aws:cloudwatch/logMetricFilter:LogMetricFilter');
const NAMESPACE = 'gatehouse/prod';

interface Transformation {
  namespace: string;
  name: string;
  value: string;
  dimensions?: Record<string, string>;
}

const report = (record: object) => ({ type: 'platform.report', record });
const counted = filters.map(({ inputs }) => inputs['metricTransformation'] as Transformation);

test('every alarm tells the topic, when it begins and when it is over', () => {
  assert.ok(alarms.length >= 18);
  const topic = outputs['alarms'];
  for (const { name, inputs } of alarms) {
    assert.deepEqual(inputs['alarmActions'], [topic], name);
    assert.deepEqual(inputs['okActions'], [topic], name);
  }
});

test('no data means that nothing happened, except where each minute has data', () => {
  const silent = alarms.filter(({ inputs }) => inputs['treatMissingData'] !== 'notBreaching');
  assert.deepEqual(
    silent.map(({ name, inputs }) => [name, inputs['treatMissingData'], inputs['statistic']]),
    [['AlarmRecoveryStopped', 'breaching', 'SampleCount']],
  );
});

interface Watched {
  namespace: string;
  metricName: string;
  dimensions?: Record<string, string>;
}

/** The metrics that an alarm reads, one or several of which it makes a sum. */
function metricsOf({ inputs }: (typeof alarms)[number]): Watched[] {
  const queries = inputs['metricQueries'] as { metric?: Watched }[] | undefined;
  return queries?.flatMap(({ metric }) => metric ?? []) ?? [inputs as unknown as Watched];
}

/** Of the deployment, the names by which AWS reports on a resource, and the metrics that it reports, as AWS documents them. */
const REPORTED: Record<string, { metrics: string[]; of: Record<string, string[]>[] }> = {
  'AWS/States': {
    metrics: ['ExecutionsTimedOut', 'ExecutionsFailed', 'ExecutionThrottled'],
    of: [{ StateMachineArn: [String(outputs['stateMachine'])] }],
  },
  'AWS/SQS': {
    metrics: ['NumberOfMessagesSent', 'ApproximateAgeOfOldestMessage'],
    of: [{ QueueName: namesOf('aws:sqs/queue:Queue') }],
  },
  'AWS/Lambda': {
    metrics: ['Throttles', 'DestinationDeliveryFailures'],
    of: [{ FunctionName: functions.map(({ inputs }) => String(inputs['name'])) }],
  },
  'AWS/DynamoDB': {
    metrics: ['ThrottledRequests'],
    of: [
      {
        TableName: [String(outputs['table'])],
        Operation: ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'],
      },
    ],
  },
  'AWS/ApiGateway': { metrics: ['5xx'], of: [{ ApiId: ids('aws:apigatewayv2/api:Api') }] },
  'AWS/Events': {
    metrics: ['FailedInvocations', 'InvocationsFailedToBeSentToDlq'],
    // A metric of a rule on the default bus does not name its bus.
    of: [
      { RuleName: rulesOn('default') },
      { EventBusName: [String(outputs['eventBus'])], RuleName: rulesOn(String(outputs['eventBus'])) },
    ],
  },
};

function namesOf(type: string): string[] {
  return of(type).map(({ inputs }) => String(inputs['name']));
}

function ids(type: string): string[] {
  return of(type).map(({ name }) => `${name}-id`);
}

function rulesOn(bus: string): string[] {
  const rules = of('aws:cloudwatch/eventRule:EventRule');
  return rules
    .filter(({ inputs }) => inputs['eventBusName'] === bus)
    .map(({ inputs }) => String(inputs['name']));
}

test('every alarm reads a metric that a resource of the deployment, or a line of a log, is the source of', () => {
  for (const alarm of alarms) {
    const watched = metricsOf(alarm);
    assert.ok(watched.length > 0 && watched.length <= 10, `${alarm.name}: an alarm reads up to ten metrics`);
    for (const { namespace, metricName, dimensions = {} } of watched) {
      const says = `${alarm.name}: ${metricName} of ${JSON.stringify(dimensions)}`;
      if (namespace === NAMESPACE) {
        const found = counted.find(each => each.name === metricName && each.namespace === NAMESPACE);
        assert.deepEqual(found && Object.keys(found.dimensions ?? {}), Object.keys(dimensions), says);
        continue;
      }
      const { metrics, of: sources } = REPORTED[namespace] ?? { metrics: [], of: [] };
      assert.ok(metrics.includes(metricName), says);
      const isSource = (source: Record<string, string[]>) =>
        Object.keys(source).toSorted().join() === Object.keys(dimensions).toSorted().join() &&
        Object.entries(dimensions).every(([name, value]) => source[name]?.includes(value));
      assert.ok(sources.some(isSource), says);
    }
  }
});

test('a sum counts missing data as 0, so that its alarm ends', () => {
  const sums = alarms.filter(({ inputs }) => inputs['metricQueries']);
  assert.ok(sums.length >= 4);
  for (const { name, inputs } of sums) {
    const queries = inputs['metricQueries'] as { expression?: string; returnData: boolean }[];
    assert.deepEqual(
      queries.filter(({ returnData }) => returnData).map(({ expression }) => expression),
      ['SUM(FILL(METRICS(), 0))'],
      name,
    );
  }
});

test('an execution can time out, so its alarm can fire', () => {
  const [machine] = of('aws:sfn/stateMachine:StateMachine');
  const { TimeoutSeconds } = JSON.parse(String(machine?.inputs['definition']));
  assert.ok(TimeoutSeconds > 0);
});

test('every rule is watched for events that it does not deliver', () => {
  const [failed] = alarms.filter(({ name }) => name === 'AlarmRulesFailed');
  assert.ok(failed);
  const watched = metricsOf(failed).map(({ dimensions }) => dimensions?.['RuleName'] ?? '');
  assert.deepEqual(watched.toSorted(), namesOf('aws:cloudwatch/eventRule:EventRule').toSorted());
});

test('functions with a concurrency of their own have another alarm than those that share it', () => {
  const throttled = (name: string) =>
    alarms
      .filter(each => each.name === name)
      .flatMap(metricsOf)
      .map(({ dimensions }) => dimensions?.['FunctionName']);
  const names = (isLimited: boolean) =>
    functions
      .filter(({ inputs }) => Number(inputs['reservedConcurrentExecutions'] ?? -1) > 0 === isLimited)
      .map(({ inputs }) => inputs['name']);
  assert.deepEqual(throttled('AlarmStepsThrottled').toSorted(), names(true).toSorted());
  const shared = throttled('AlarmFunctionsThrottled');
  assert.ok(shared.length >= 8);
  for (const name of shared) assert.ok(names(false).includes(name), name);
});

test('a deployment says who gets its alarms, also if nobody does', () => {
  assert.match(String(outputs['alarmRecipients']), /^NOBODY: set alarmEmails/);
  const alarmEmails = ['on-call@example.com', 'network@example.com'];
  const told = deployment('prod', { settings: { alarmEmails } });
  assert.equal(told.outputs['alarmRecipients'], 'on-call@example.com, network@example.com');
  const endpoints = told
    .of('aws:sns/topicSubscription:TopicSubscription')
    .map(({ inputs }) => inputs['endpoint']);
  assert.deepEqual(endpoints.toSorted(), alarmEmails.toSorted());
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
    const crashes = handler.startsWith('steps/') ? ['StepCrashes'] : [];
    const rounds = ['FailedRecoveries', 'OldestOpenJobSeconds', 'OverdueSeconds'];
    const all = ['CloudThrottles', 'FailedCalls', 'FailedServiceCalls', ...crashes];
    const expected = handler === 'events/recover' ? [...all, ...rounds].toSorted() : all;
    assert.deepEqual(names.toSorted(), expected, handler);
  }
});

test('crashes, time-outs and unexpected errors count as failed; errors that the machine catches do not', () => {
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

/** The lines that the real logger writes of these, as CloudWatch gets them. */
async function logged(t: TestContext, write: () => unknown): Promise<object[]> {
  const lines: object[] = [];
  for (const stream of [process.stdout, process.stderr])
    t.mock.method(stream, 'write', (line: string) => lines.push(JSON.parse(line)) > 0);
  await write();
  t.mock.restoreAll();
  return lines;
}

const matchersOf = (name: string) => {
  const patterns = filters.filter(({ inputs }) => Object(inputs['metricTransformation']).name === name);
  assert.ok(patterns.length > 0, name);
  return patterns.map(({ inputs }) => matcherOf(String(inputs['pattern'])));
};

test('a refusal of a service that Gatehouse is built on is counted, whatever it is and whoever makes up for it', async t => {
  const refusals = ['ThrottlingException', 'AccessDeniedException', 'InternalServerException'].map(name =>
    Object.assign(new Error('refused'), { name, $metadata: { httpStatusCode: 400 } }),
  );
  const errors = await Promise.all(
    ['dynamodb', 'states', 'events', 'vpc-lattice'].flatMap(service =>
      refusals.map(refusal =>
        awsCall({ service, operation: 'Call', errors: {} }, () => Promise.reject(refusal)).catch(toStepError),
      ),
    ),
  );
  const lines = await logged(t, () => {
    for (const error of errors)
      log.error('not done yet; the schedule will retry', { error: error as StepError });
  });
  assert.equal(lines.length, 12);
  for (const counts of matchersOf('FailedServiceCalls'))
    assert.deepEqual(lines.map(counts), [...Array<boolean>(9).fill(true), ...Array<boolean>(3).fill(false)]);
  for (const counts of matchersOf('CloudThrottles')) assert.equal(lines.filter(counts).length, 4);
});

test('each round of recovery writes the line that its metrics are read off', async t => {
  const now = new Date('2026-03-01T12:00:00.000Z');
  const unused = async (): Promise<never> => {
    throw new Error('nothing is open');
  };
  const lines = await logged(t, () =>
    checkOpenJobs({
      store: memoryStore(),
      clock: { now: () => now, after: () => now },
      executions: { start: unused, describe: unused, running: unused },
      bus: { put: unused },
      log,
      settings: {
        region: 'eu-west-1',
        stepTimeoutSeconds: 30,
        latenessSeconds: 60,
        historyEvents: 25_000,
        attemptGapSeconds: 0,
      },
    }),
  );
  for (const name of ['FailedRecoveries', 'OldestOpenJobSeconds', 'OverdueSeconds']) {
    const [counts] = matchersOf(name);
    assert.deepEqual(
      lines.map(line => counts?.(line)),
      [true],
      name,
    );
    const value = counted.find(each => each.name === name)?.value ?? '';
    assert.equal(valueAt(value, lines[0]), 0, name);
  }
});

function valueAt(path: string, line: unknown): unknown {
  return path
    .replace(/^\$\./, '')
    .split('.')
    .reduce<unknown>((of, member) => Object(of)[member], line);
}

test('the alarm on functions that keep crashing counts every way to crash, and nothing else', () => {
  const crashed = [
    { status: 'timeout' },
    ...['Runtime.ExitError', 'Runtime.OutOfMemory', 'Runtime.ImportModuleError'].map(errorType => {
      return { status: 'error', errorType };
    }),
  ].map(report);
  const others = [
    report({ status: 'success' }),
    report({ status: 'error', errorType: 'RetryableError' }),
    { level: 'ERROR', error: problemOf(toStepError(new TypeError('of undefined'))) },
  ];
  const patterns = filters.filter(
    ({ inputs }) => Object(inputs['metricTransformation']).name === 'StepCrashes',
  );
  assert.ok(patterns.length > 5);
  for (const { name, inputs } of patterns) {
    const counts = matcherOf(String(inputs['pattern']));
    assert.deepEqual(crashed.filter(counts), crashed, name);
    assert.deepEqual(others.filter(counts), [], name);
  }
});

/** Whether CloudWatch has the alarm raised after each of its periods, for crashes at these seconds. */
function raisedAfterEach(inputs: Record<string, unknown>, crashes: number[], seconds: number): boolean[] {
  const period = Number(inputs['period']);
  const among = Number(inputs['evaluationPeriods']);
  const needed = Number(inputs['datapointsToAlarm'] ?? among);
  const hasCrash = Array.from({ length: Math.ceil(seconds / period) }, (_, at) =>
    crashes.some(crash => Math.floor(crash / period) === at),
  );
  return hasCrash.map(
    (_, at) => hasCrash.slice(Math.max(0, at + 1 - among), at + 1).filter(Boolean).length >= needed,
  );
}

test('a function that keeps crashing in any way raises that alarm, and nothing ends it before the crashes end', () => {
  const [{ inputs }] = alarms.filter(({ name }) => name === 'AlarmFunctionsKeepCrashing') as [
    (typeof alarms)[0],
  ];
  const period = Number(inputs['period']);
  const HOUR = 3600;
  const slowest = Math.max(...Object.values(FUNCTIONS).map(({ timeoutSeconds }) => timeoutSeconds));
  for (const limit of new Set([0, ...Object.values(FUNCTIONS).map(({ timeoutSeconds }) => timeoutSeconds)])) {
    const every = limit + CRASH_RETRY.MaxDelaySeconds;
    for (let first = 0; first < period; first += 10) {
      const crashes = Array.from({ length: Math.floor(HOUR / every) }, (_, n) => first + n * every);
      const raised = raisedAfterEach(inputs, crashes, 2 * HOUR);
      const from = raised.indexOf(true);
      const says = `one crash every ${every} seconds, the first after ${first}`;
      assert.ok(from !== -1, says);
      const minutes = ((from + 1) * period - first) / 60;
      assert.ok(
        minutes <= (limit === slowest ? 12 : limit === 0 ? 6 : 9),
        `${says}: after ${minutes} minutes`,
      );
      const last = crashes.at(-1) ?? 0;
      const until = raised.lastIndexOf(true);
      assert.ok(raised.slice(from, Math.floor(last / period)).every(Boolean), `${says}: it does not end`);
      assert.ok((until + 1) * period <= last + 5 * period, `${says}: it ends`);
    }
  }
  assert.ok(!raisedAfterEach(inputs, [10], HOUR).includes(true), 'one crash is no alarm');
});

/** CloudWatch's filter pattern for JSON, as far as it is used here. */
function matcherOf(pattern: string): (line: object) => boolean {
  const told = /(\$\.[\w.]+) (?:= "([^"]*)"|>= 0)/g;
  return line => {
    const judged = pattern.replaceAll(told, (_, path: string, value?: string) => {
      const found = valueAt(path, line);
      if (value === undefined) return String(typeof found === 'number' && found >= 0);
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

test('the guide describes the response to each alarm', () => {
  const guide = readFileSync('docs/deploy.md', 'utf8');
  for (const { inputs } of alarms) {
    const name = String(inputs['name']).replace('gatehouse-prod-', '');
    assert.match(guide, new RegExp(`^\\| \`${name}\` \\|`, 'm'), `docs/deploy.md has a row for ${name}`);
    assert.match(String(inputs['alarmDescription']), new RegExp(`"${name}"`));
  }
});

test('the guide has the cost of the alarms and their metrics', () => {
  const guide = readFileSync('docs/deploy.md', 'utf8').replaceAll('\n', ' ');
  const [, watched, extracted] =
    /alarms on (\d+) metrics .*?(\d+) metrics extracted from logs/.exec(guide) ?? [];
  assert.equal(Number(watched), alarms.flatMap(metricsOf).length);
  const names = new Set(counted.map(({ name }) => name)).size;
  // One for each status, instead of one.
  assert.equal(Number(extracted), names - 1 + JOB_STATUSES.length);
});

test('the dashboard shows jobs by status, duration by step and cloud calls by error, of deployed functions only', () => {
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
