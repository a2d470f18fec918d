// The alarm on functions of the state machine that keep crashing, as after a bad deployment. The machine calls such a function
// again every minute, so jobs only wait, and no other alarm would be raised before their deadlines.
import { logicalName, logName } from './functions.ts';

/**
 * Lambda reports time-outs and crashes (`Runtime.ExitError`, `Runtime.OutOfMemory`) in the log of the function. An error that a
 * function throws is neither.
 */
export const CRASHED =
  '($.type = "platform.report" && ($.record.status = "timeout" || $.record.errorType = "Runtime.*"))';

/**
 * A function that times out is called again within this time, with its limit and the minute before a retry. So if crashes go on,
 * every period has one, and the alarm is raised after about five minutes.
 */
const PERIOD_SECONDS = 180;
const PERIODS = 2;

const METRIC = 'StepCrashes';

/** `functions`: by handler. Those of the state machine are watched. */
export function deployCrashAlarm(of: {
  namespace: string;
  topic: aws.sns.Topic;
  functions: Record<string, sst.aws.Function>;
}): void {
  const { namespace, topic } = of;
  for (const [handler, made] of Object.entries(of.functions)) {
    if (!handler.startsWith('steps/')) continue;
    new aws.cloudwatch.LogMetricFilter(
      `${logicalName(handler)}CrashesCount`,
      {
        logGroupName: logName(handler),
        pattern: `{ ${CRASHED} }`,
        metricTransformation: { namespace, name: METRIC, value: '1', unit: 'Count' },
      },
      { dependsOn: [made] },
    );
  }
  const name = 'functions-keep-crashing';
  new aws.cloudwatch.MetricAlarm(`Alarm${logicalName(name)}`, {
    name: `${$app.name}-${$app.stage}-${name}`,
    alarmDescription: `Functions of the state machine have kept crashing for five minutes. See docs/deploy.md, "${name}".`,
    namespace,
    metricName: METRIC,
    dimensions: {},
    statistic: 'Sum',
    period: PERIOD_SECONDS,
    evaluationPeriods: PERIODS,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    // No crashes, no data.
    treatMissingData: 'notBreaching',
    alarmActions: [topic.arn],
    okActions: [topic.arn],
  });
}
