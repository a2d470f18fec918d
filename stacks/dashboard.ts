// The dashboard: jobs by status, executions, the duration of each step, errors of the clouds, recovery, the API.
import { logName } from './functions.ts';
import type { Ground } from './ground.ts';

/** The period of one data point. */
const PERIOD_SECONDS = 300;

export interface Shown {
  /** By handler. */
  functions: Record<string, sst.aws.Function>;
  stateMachine: aws.sfn.StateMachine;
  deadLetters: aws.sqs.Queue;
  api: sst.aws.ApiGatewayV2;
  /** The namespace of the metrics that are extracted from logs. */
  namespace: string;
  /** The log of events. */
  events: $util.Output<string>;
}

export function deployDashboard(ground: Ground, shown: Shown): aws.cloudwatch.Dashboard {
  return new aws.cloudwatch.Dashboard('Dashboard', {
    dashboardName: `${$app.name}-${$app.stage}`,
    dashboardBody: dashboardBody(ground, shown),
  });
}

function dashboardBody(
  { settings }: Ground,
  { functions, stateMachine, deadLetters, api, namespace, events }: Shown,
): $util.Output<string> {
  const steps = Object.entries(functions).filter(([handler]) => handler.startsWith('steps/'));
  const names = $resolve(Object.fromEntries(steps.map(([handler, each]) => [handler, each.name])));
  const { region } = settings;
  const at = $resolve({
    names,
    machine: stateMachine.arn,
    queue: deadLetters.name,
    api: api.nodes.api.id,
    events,
  });
  return at.apply(known => {
    const logs = Object.keys(known.names).map(handler => `SOURCE '${logName(handler)}'`);
    const widgets = [
      log('Jobs by status', `SOURCE '${known.events}' | stats count(*) by detail.data.status`),
      metrics('Executions', [
        ['AWS/States', 'ExecutionsStarted', 'StateMachineArn', known.machine],
        ['AWS/States', 'ExecutionsSucceeded', 'StateMachineArn', known.machine],
        ['AWS/States', 'ExecutionsFailed', 'StateMachineArn', known.machine],
      ]),
      metrics(
        'Duration by step (95th percentile of a call, ms)',
        Object.entries(known.names).map(([handler, name]) => [
          'AWS/Lambda',
          'Duration',
          'FunctionName',
          name,
          { label: handler.replace('steps/', ''), stat: 'p95' },
        ]),
      ),
      log(
        'Cloud calls by error',
        `${logs.join(' | ')} | filter ispresent(error.provider.errorCode) | stats count(*) as calls by error.provider.service, error.provider.operation, error.provider.errorCode | sort calls desc`,
      ),
      metrics('Failures', [
        [namespace, 'FailedCalls'],
        [namespace, 'FailedServiceCalls'],
        [namespace, 'CloudThrottles'],
        [namespace, 'JobsPastDeadline'],
        ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', known.queue],
      ]),
      metrics('Recovery', [
        [namespace, 'FailedRecoveries'],
        [namespace, 'OldestOpenJobSeconds', { stat: 'Maximum', yAxis: 'right' }],
        [namespace, 'OverdueSeconds', { stat: 'Maximum', yAxis: 'right' }],
      ]),
      metrics('API', [
        ['AWS/ApiGateway', 'Count', 'ApiId', known.api],
        ['AWS/ApiGateway', '4xx', 'ApiId', known.api],
        ['AWS/ApiGateway', '5xx', 'ApiId', known.api],
        ['AWS/ApiGateway', 'Latency', 'ApiId', known.api, { stat: 'p95', yAxis: 'right' }],
      ]),
    ];
    return JSON.stringify({
      widgets: widgets.map((widget, index) => ({
        ...widget,
        x: (index % 2) * 12,
        y: Math.floor(index / 2) * 6,
        width: 12,
        height: 6,
      })),
    });
  });

  function metrics(title: string, series: unknown[][]) {
    return {
      type: 'metric',
      properties: { title, region, metrics: series, stat: 'Sum', period: PERIOD_SECONDS },
    };
  }

  function log(title: string, query: string) {
    return { type: 'log', properties: { title, region, query, view: 'table' } };
  }
}
