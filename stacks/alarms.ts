// The alarms. Each begins when its cause does and ends with it. docs/deploy.md says what to do on each alarm.
import { deployDashboard } from './dashboard.ts';
import { deployEventLog } from './event-log.ts';
import type { DeployedRule } from './events.ts';
import { logicalName } from './functions.ts';
import type { Ground } from './ground.ts';
import { deployMetrics, metricNamespace } from './metrics.ts';
import type { Settings } from './settings.ts';

const FIVE_MINUTES = 300;

/** The operations of the functions on the table. */
const TABLE_OPERATIONS = ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'];

/**
 * The functions of every job and caller, none of which has a concurrency of its own. If the account's is used up, these are
 * throttled with all others. An alarm reads at most ten metrics.
 */
const SHARED_CONCURRENCY = [
  'api/submit-job',
  'api/get-job',
  'steps/begin',
  'steps/evaluate',
  'steps/finish',
  'events/recover',
  'events/execution-ended',
  'events/request',
];

/** The functions that can have a concurrency of their own. */
const LIMITED: (keyof Settings['concurrency'])[] = [
  'listener',
  'endpoint-group',
  'stickiness-policy',
  'policy-attachment',
];

/** Letters are kept for 14 days. */
const LETTER_EXPIRES_SOON_SECONDS = 10 * 24 * 3600;

/**
 * The machine calls a function that crashes again every minute, so two periods in a row have a crash. The slowest one times out
 * after five minutes, and is called again a minute later: of five periods, two have a crash.
 */
const CRASHES = { period: 180, periods: 2, among: 5 };

/** Recovery has taken over a job by then, several times. */
const OVERDUE_SECONDS = 1800;

export interface Watched {
  bus: aws.cloudwatch.EventBus;
  deadLetters: aws.sqs.Queue;
  rules: DeployedRule[];
  table: sst.aws.Dynamo;
  stateMachine: aws.sfn.StateMachine;
  api: sst.aws.ApiGatewayV2;
  /** By handler. */
  functions: Record<string, sst.aws.Function>;
}

/** One data point is the sum of five minutes. The alarm begins after `periods` of them, in a row or among the last `among`. */
interface When {
  /** The least value that is too much. */
  from?: number;
  /** The most value that is too little. */
  below?: number;
  periods?: number;
  among?: number;
  /** No data is the alarm; otherwise it means that nothing happened. */
  ifSilent?: true;
}

export function deployAlarms(ground: Ground, watched: Watched) {
  const { settings } = ground;
  const topic = new aws.sns.Topic('Alarms', { name: `${$app.name}-${$app.stage}-alarms` });
  for (const email of settings.alarmEmails)
    new aws.sns.TopicSubscription(`AlarmsTo${logicalName(email)}`, {
      topic: topic.arn,
      protocol: 'email',
      endpoint: email,
    });
  const events = deployEventLog(ground, watched.bus);
  deployMetrics(events.log, watched.functions);

  const alarm = (name: string, of: Metric | Metric[], what: string, when: When = {}) =>
    new aws.cloudwatch.MetricAlarm(`Alarm${logicalName(name)}`, {
      name: `${$app.name}-${$app.stage}-${name}`,
      alarmDescription: `${what} See docs/deploy.md, "${name}".`,
      ...(Array.isArray(of) ? sumOf(of) : single(of, when)),
      comparisonOperator: when.below === undefined ? 'GreaterThanOrEqualToThreshold' : 'LessThanThreshold',
      threshold: when.below ?? when.from ?? 1,
      treatMissingData: when.ifSilent ? 'breaching' : 'notBreaching',
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  alarmsOfJobs(alarm, watched);
  alarmsOfRecovery(alarm, watched, events.rule);
  alarmsOfFunctions(alarm, watched);
  alarmsOfServices(alarm, watched);

  const shown = { ...watched, namespace: metricNamespace(), events: events.log };
  const dashboard = deployDashboard(ground, shown);
  return { topic, dashboard };
}

type Alarm = (name: string, of: Metric | Metric[], what: string, when?: When) => void;

function alarmsOfJobs(alarm: Alarm, { stateMachine }: Watched): void {
  const jobs = (Status: string) => ours('JobsByStatus', { Status });
  const machine = (metricName: string) => ({
    namespace: 'AWS/States',
    metricName,
    dimensions: { StateMachineArn: stateMachine.arn },
  });
  alarm('rollback-failed', jobs('ROLLBACK_FAILED'), 'A job could not roll back completely.');
  alarm('remove-failed', jobs('REMOVE_FAILED'), 'A removal could not finish.');
  alarm('past-deadline', ours('JobsPastDeadline'), 'A job exceeded its deadline and rolled back.');
  alarm('job-overdue', { ...ours('OverdueSeconds'), statistic: 'Maximum' }, 'A job has not ended.', {
    from: OVERDUE_SECONDS,
  });
  alarm('execution-timed-out', machine('ExecutionsTimedOut'), 'An execution timed out.');
  alarm('executions-failed', machine('ExecutionsFailed'), 'Executions failed.', { from: 3 });
  alarm(
    'executions-throttled',
    machine('ExecutionThrottled'),
    'Step Functions throttles the state machine.',
    {
      periods: 3,
    },
  );
}

function alarmsOfRecovery(alarm: Alarm, watched: Watched, logRule: DeployedRule): void {
  const { deadLetters, functions, rules } = watched;
  const ofRules = (metricName: string, some: DeployedRule[]) =>
    some.map(({ dimensions }) => ({ namespace: 'AWS/Events', metricName, dimensions }));
  const letters = (metricName: string) => ({
    namespace: 'AWS/SQS',
    metricName,
    dimensions: { QueueName: deadLetters.name },
  });
  const undelivered = Object.entries(functions)
    .filter(([handler]) => handler.startsWith('events/'))
    .map(([, each]) => ofFunction('DestinationDeliveryFailures', each));
  alarm(
    'recovery-stopped',
    { ...ours('FailedRecoveries'), statistic: 'SampleCount' },
    'No job is recovered.',
    {
      below: 1,
      periods: 2,
      ifSilent: true,
    },
  );
  alarm('recovery-failed', ours('FailedRecoveries'), 'Jobs cannot be recovered.', { periods: 3 });
  alarm(
    'rules-failed',
    ofRules('FailedInvocations', [...rules, logRule]),
    'A rule does not deliver its events.',
  );
  // Counts letters as they arrive: a letter that waits for a person must not hide the next one.
  alarm('dead-letters', letters('NumberOfMessagesSent'), 'An event could not be served.');
  alarm(
    'dead-letters-expire',
    { ...letters('ApproximateAgeOfOldestMessage'), statistic: 'Maximum' },
    'A dead letter is about to expire.',
    { from: LETTER_EXPIRES_SOON_SECONDS },
  );
  alarm(
    'dead-letters-lost',
    [...ofRules('InvocationsFailedToBeSentToDlq', rules), ...undelivered],
    'An event was lost: the dead-letter queue refused it.',
  );
}

function alarmsOfFunctions(alarm: Alarm, { functions }: Watched): void {
  const throttles = (handlers: string[]) =>
    handlers.flatMap(handler => {
      const found = functions[handler];
      return found ? [ofFunction('Throttles', found)] : [];
    });
  alarm('functions-failed', ours('FailedCalls'), 'Functions crash, time out or fail unexpectedly.', {
    from: 3,
  });
  const { period, ...crashes } = CRASHES;
  alarm(
    'functions-keep-crashing',
    { ...ours('StepCrashes'), period },
    'A function of the state machine keeps crashing.',
    crashes,
  );
  alarm('functions-throttled', throttles(SHARED_CONCURRENCY), 'Lambda throttles functions of every job.');
  const limited = throttles(LIMITED.map(name => `steps/${name}`));
  alarm('steps-throttled', limited, 'Steps wait because of their concurrency.', { from: 300 });
  alarm('clouds-throttle', ours('CloudThrottles'), 'A cloud throttles calls.', { from: 50, periods: 3 });
}

function alarmsOfServices(alarm: Alarm, { api, table }: Watched): void {
  alarm(
    'services-failed',
    ours('FailedServiceCalls'),
    'DynamoDB, Step Functions or EventBridge refuse calls.',
    { from: 5, periods: 3 },
  );
  alarm(
    'table-throttled',
    // Counted by operation, because DynamoDB has no such metric for a whole table.
    TABLE_OPERATIONS.map(Operation => ({
      namespace: 'AWS/DynamoDB',
      metricName: 'ThrottledRequests',
      dimensions: { TableName: table.name, Operation },
    })),
    'DynamoDB throttles requests.',
    { from: 5 },
  );
  alarm(
    'api-errors',
    { namespace: 'AWS/ApiGateway', metricName: '5xx', dimensions: { ApiId: api.nodes.api.id } },
    'The API answers with server errors.',
    { from: 5 },
  );
}

interface Metric {
  namespace: string;
  metricName: string;
  dimensions: Record<string, $util.Input<string>>;
  /** By default the sum. */
  statistic?: string;
  /** Seconds, 300 by default. */
  period?: number;
}

function ours(metricName: string, dimensions: Record<string, string> = {}): Metric {
  return { namespace: metricNamespace(), metricName, dimensions };
}

function ofFunction(metricName: string, { name }: sst.aws.Function): Metric {
  return { namespace: 'AWS/Lambda', metricName, dimensions: { FunctionName: name } };
}

function single(
  { statistic = 'Sum', period = FIVE_MINUTES, ...metric }: Metric,
  { periods = 1, among = periods }: When,
) {
  return { ...metric, statistic, period, evaluationPeriods: among, datapointsToAlarm: periods };
}

/**
 * Missing data counts as 0 in the sum: an alarm on DynamoDB's metrics would otherwise ignore it and never end. Data that is late
 * is 0 at first, so the alarm looks at the period before as well.
 */
function sumOf(metrics: Metric[]) {
  const each = metrics.map((metric, index) => ({
    id: `m${index}`,
    metric: { ...metric, stat: 'Sum', period: FIVE_MINUTES },
    returnData: false,
  }));
  const sum = { id: 'sum', expression: 'SUM(FILL(METRICS(), 0))', label: 'Sum', returnData: true };
  return { metricQueries: [...each, sum], evaluationPeriods: 2, datapointsToAlarm: 1 };
}
