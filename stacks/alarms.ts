// The alarms. The metrics of jobs come from the log of their events, the metrics of calls from the logs of the functions.
// docs/deploy.md says what to do on each alarm.
import { CRASHED, deployCrashAlarm } from './crash-alarm.ts';
import { deployDashboard } from './dashboard.ts';
import { deployEventLog } from './event-log.ts';
import { logicalName, logName } from './functions.ts';
import type { Ground } from './ground.ts';

const FIVE_MINUTES = 300;

/** The operations of the functions on the table. */
const TABLE_OPERATIONS = ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query'];

/**
 * Crashes, and the unexpected errors in the log of a function. An error that the machine catches, because a cloud is busy or
 * refuses the call, is neither.
 */
const FAILED_CALL = `{ ${CRASHED} || $.error.code = "InternalFailure" }`;

export interface Watched {
  bus: aws.cloudwatch.EventBus;
  deadLetters: aws.sqs.Queue;
  table: sst.aws.Dynamo;
  stateMachine: aws.sfn.StateMachine;
  api: sst.aws.ApiGatewayV2;
  /** By handler. */
  functions: Record<string, sst.aws.Function>;
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

  const namespace = `${$app.name}/${$app.stage}`;
  const events = deployEventLog(ground, watched.bus);
  count('JobsByStatus', events, '{ $.detail.data.status = "*" }', {
    dimensions: { Status: '$.detail.data.status' },
  });
  count('JobsPastDeadline', events, '{ $.detail.data.problem.code = "DeadlineExceeded" }');
  for (const [handler, made] of Object.entries(watched.functions)) {
    const name = logicalName(handler);
    const log = logName(handler);
    count(`${name}Failures`, log, FAILED_CALL, { name: 'FailedCalls', made });
    count(`${name}Throttled`, log, '{ $.error.code = "Throttled" }', { name: 'CloudThrottles', made });
  }

  const ours = (metricName: string, dimensions = {}) => ({ namespace, metricName, dimensions });
  const machine = (metricName: string) => ({
    namespace: 'AWS/States',
    metricName,
    dimensions: { StateMachineArn: watched.stateMachine.arn },
  });
  const alarm = (name: string, of: Metric | Metric[], what: string, threshold = 1, periods = 1) =>
    new aws.cloudwatch.MetricAlarm(`Alarm${logicalName(name)}`, {
      name: `${$app.name}-${$app.stage}-${name}`,
      alarmDescription: `${what} See docs/deploy.md, "${name}".`,
      ...(Array.isArray(of)
        ? { metricQueries: sumOf(of) }
        : { ...of, statistic: of.statistic ?? 'Sum', period: FIVE_MINUTES }),
      evaluationPeriods: periods,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      threshold,
      // No data is not an alarm.
      treatMissingData: 'notBreaching',
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });

  alarm(
    'rollback-failed',
    ours('JobsByStatus', { Status: 'ROLLBACK_FAILED' }),
    'A job could not roll back completely.',
  );
  alarm('remove-failed', ours('JobsByStatus', { Status: 'REMOVE_FAILED' }), 'A removal could not finish.');
  alarm('past-deadline', ours('JobsPastDeadline'), 'A job exceeded its deadline and rolled back.');
  alarm('executions-failed', machine('ExecutionsFailed'), 'Executions failed.', 3);
  alarm(
    'executions-throttled',
    machine('ExecutionThrottled'),
    'Step Functions throttles the state machine.',
    1,
    3,
  );
  alarm('functions-failed', ours('FailedCalls'), 'Functions crash, time out or fail unexpectedly.', 3);
  alarm('clouds-throttle', ours('CloudThrottles'), 'A cloud throttles calls.', 50, 3);
  alarm(
    'dead-letters',
    {
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: watched.deadLetters.name },
      statistic: 'Maximum',
    },
    'An event could not be served.',
  );
  alarm(
    'table-throttled',
    // Counted by operation, because DynamoDB has no such metric for a whole table.
    TABLE_OPERATIONS.map(Operation => ({
      namespace: 'AWS/DynamoDB',
      metricName: 'ThrottledRequests',
      dimensions: { TableName: watched.table.name, Operation },
    })),
    'DynamoDB throttles requests.',
    5,
  );
  alarm(
    'api-errors',
    { namespace: 'AWS/ApiGateway', metricName: '5xx', dimensions: { ApiId: watched.api.nodes.api.id } },
    'The API answers with server errors.',
    5,
  );

  deployCrashAlarm({ namespace, topic, functions: watched.functions });
  const dashboard = deployDashboard(ground, { ...watched, namespace, events });
  return { topic, dashboard };

  /** `made`: the resources that must exist first. */
  function count(
    name: string,
    log: $util.Input<string>,
    pattern: string,
    of: { name?: string; dimensions?: Record<string, string>; made?: sst.aws.Function } = {},
  ) {
    const { dimensions = {}, made } = of;
    new aws.cloudwatch.LogMetricFilter(
      `${name}Count`,
      {
        logGroupName: log,
        pattern,
        metricTransformation: { namespace, name: of.name ?? name, value: '1', unit: 'Count', dimensions },
      },
      made ? { dependsOn: [made] } : {},
    );
  }
}

interface Metric {
  namespace: string;
  metricName: string;
  dimensions: Record<string, $util.Input<string>>;
  statistic?: string;
}

function sumOf(metrics: Metric[]) {
  const each = metrics.map((metric, index) => ({
    id: `m${index}`,
    metric: { ...metric, stat: 'Sum', period: FIVE_MINUTES },
    returnData: false,
  }));
  return [...each, { id: 'sum', expression: 'SUM(METRICS())', label: 'Sum', returnData: true }];
}
