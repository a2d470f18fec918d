// The metrics that are read off logs: jobs off the log of their events, failures off the logs of the functions, recovery off the
// lines that each of its rounds writes.
import { logicalName, logName } from './functions.ts';

/** Lambda reports time-outs and crashes (`Runtime.ExitError`, `Runtime.OutOfMemory`). An error that a function throws is neither. */
const CRASHED =
  '($.type = "platform.report" && ($.record.status = "timeout" || $.record.errorType = "Runtime.*"))';

/**
 * Crashes, and the unexpected errors in the log of a function. An error that the machine catches, because a cloud is busy or
 * refuses the call, is neither.
 */
const FAILED_CALL = `{ ${CRASHED} || $.error.code = "InternalFailure" }`;

const THROTTLED = '{ $.error.code = "Throttled" }';

/** The services that Gatehouse is built on. No refusal of theirs is part of normal operation. */
const FAILED_SERVICE_CALL =
  '{ $.error.provider.service = "dynamodb" || $.error.provider.service = "states" || $.error.provider.service = "events" }';

/** The handler whose log has one line for each round of recovery. */
const RECOVERY = 'events/recover';

export function metricNamespace(): string {
  return `${$app.name}/${$app.stage}`;
}

/** `events`: the name of the log of events. `functions`: by handler. */
export function deployMetrics(
  events: $util.Output<string>,
  functions: Record<string, sst.aws.Function>,
): void {
  count(
    'JobsByStatus',
    { log: events, pattern: '{ $.detail.data.status = "*" }' },
    { Status: '$.detail.data.status' },
  );
  count('JobsPastDeadline', { log: events, pattern: '{ $.detail.data.problem.code = "DeadlineExceeded" }' });
  for (const [handler, made] of Object.entries(functions)) {
    const at = { log: logName(handler), made, prefix: logicalName(handler) };
    count('FailedCalls', { ...at, pattern: FAILED_CALL });
    count('CloudThrottles', { ...at, pattern: THROTTLED });
    count('FailedServiceCalls', { ...at, pattern: FAILED_SERVICE_CALL });
    if (handler.startsWith('steps/')) count('StepCrashes', { ...at, pattern: `{ ${CRASHED} }` });
  }
  const made = functions[RECOVERY];
  const rounds = { log: logName(RECOVERY), ...(made ? { made } : {}) };
  measure('FailedRecoveries', { ...rounds, member: 'failed', unit: 'Count' });
  measure('OldestOpenJobSeconds', { ...rounds, member: 'oldestSeconds', unit: 'Seconds' });
  measure('OverdueSeconds', { ...rounds, member: 'overdueSeconds', unit: 'Seconds' });
}

interface Source {
  log: $util.Input<string>;
  /** Must exist first. */
  made?: sst.aws.Function;
  /** Of the resource's name, where several logs are the source of one metric. */
  prefix?: string;
}

function count(
  name: string,
  { pattern, ...source }: Source & { pattern: string },
  dimensions: Record<string, string> = {},
): void {
  extract(source, pattern, { name, value: '1', unit: 'Count', dimensions });
}

/** Each round has every value, also if it is 0, so no data means that no round ended. */
function measure(name: string, { member, unit, ...source }: Source & { member: string; unit: string }): void {
  const value = `$.recovery.${member}`;
  extract(source, `{ ${value} >= 0 }`, { name, value, unit, dimensions: {} });
}

function extract(
  { log, made, prefix = '' }: Source,
  pattern: string,
  to: { name: string; value: string; unit: string; dimensions: Record<string, string> },
): void {
  new aws.cloudwatch.LogMetricFilter(
    `${prefix}${to.name}Metric`,
    { logGroupName: log, pattern, metricTransformation: { namespace: metricNamespace(), ...to } },
    made ? { dependsOn: [made] } : {},
  );
}
