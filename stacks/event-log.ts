// The log of every event that Gatehouse publishes: the history of all jobs, and the source of their metrics.
import { JOB_STATUS_CHANGED } from '@gatehouse/core/record/event-names';
import { EVENT_SOURCE } from '@gatehouse/functions/events/rules';
import { type DeployedRule, deployedRule } from './events.ts';
import type { Ground } from './ground.ts';

export interface EventLog {
  /** Its name. */
  log: $util.Output<string>;
  rule: DeployedRule;
}

export function deployEventLog({ settings }: Ground, bus: aws.cloudwatch.EventBus): EventLog {
  const log = new aws.cloudwatch.LogGroup('EventLog', {
    // EventBridge writes to logs under this prefix only.
    name: `/aws/events/${$app.name}-${$app.stage}`,
    retentionInDays: settings.logRetentionDays,
  });
  const rule = new aws.cloudwatch.EventRule('RuleLog', {
    name: `${$app.name}-${$app.stage}-log`,
    description: 'Every change of a job, for metrics and for queries',
    eventBusName: bus.name,
    eventPattern: JSON.stringify({ source: [EVENT_SOURCE], 'detail-type': [JOB_STATUS_CHANGED] }),
  });
  const Principal = { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] };
  new aws.cloudwatch.LogResourcePolicy('EventLogPolicy', {
    policyName: `${$app.name}-${$app.stage}-events`,
    policyDocument: $resolve({ log: log.arn, rule: rule.arn }).apply(at =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          // The principal creates log streams for all rules alike; a condition on the rule would keep every event out.
          { Effect: 'Allow', Principal, Action: 'logs:CreateLogStream', Resource: `${at.log}:*` },
          {
            Effect: 'Allow',
            Principal,
            Action: 'logs:PutLogEvents',
            Resource: `${at.log}:*`,
            Condition: { ArnEquals: { 'aws:SourceArn': at.rule } },
          },
        ],
      }),
    ),
  });
  new aws.cloudwatch.EventTarget('RuleLogToEventLog', {
    rule: rule.name,
    eventBusName: bus.name,
    arn: log.arn,
  });
  return { log: log.name, rule: deployedRule(rule, bus) };
}
