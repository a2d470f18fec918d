// The event sources of Gatehouse, from the tables of events/rules.ts: its bus, each rule and schedule with the
// functions that it calls, and the one dead-letter queue of EventBridge and Lambda for events whose retries are
// exhausted.
import {
  DEAD_LETTERS,
  EVENT_FUNCTIONS,
  type EventFunction,
  RULES,
  type Rule,
} from '@gatehouse/functions/events/rules';
import { deployFunction, logicalName } from './functions.ts';
import type { Ground } from './ground.ts';
import type { Storage } from './storage.ts';

/** SQS's maximum: long enough for an operator on holiday. */
const KEPT_SECONDS = 14 * 24 * 3600;

/**
 * For a function that cannot be called at all: EventBridge's own maximum. A tick is not worth keeping beyond the next
 * one.
 */
const DELIVERY = { maximumEventAgeInSeconds: 24 * 3600, maximumRetryAttempts: 185 };
const TICK_DELIVERY = { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 1 };

/** The maximum wait of an asynchronous call, its retries included. */
const MAXIMUM_EVENT_AGE_SECONDS = 6 * 3600;

export interface Events {
  bus: aws.cloudwatch.EventBus;
  deadLetters: aws.sqs.Queue;
  functions: Record<EventFunction, sst.aws.Function>;
  rules: DeployedRule[];
}

export interface DeployedRule {
  rule: aws.cloudwatch.EventRule;
  /** Of its metrics. */
  dimensions: Record<string, $util.Input<string>>;
}

/** `bus`: undefined for the default bus, whose metrics do not name it. */
export function deployedRule(
  rule: aws.cloudwatch.EventRule,
  bus: aws.cloudwatch.EventBus | undefined,
): DeployedRule {
  return { rule, dimensions: { ...(bus ? { EventBusName: bus.name } : {}), RuleName: rule.name } };
}

export function deployEvents(ground: Ground, storage: Storage): Events {
  const bus = new aws.cloudwatch.EventBus('Bus', { name: ground.eventBusName });
  const deadLetters = new aws.sqs.Queue('DeadLetters', {
    name: `${$app.name}-${$app.stage}-${DEAD_LETTERS.replace(/^gatehouse-/, '')}`,
    messageRetentionSeconds: KEPT_SECONDS,
    sqsManagedSseEnabled: true,
  });
  const functions = Object.fromEntries(
    Object.entries(EVENT_FUNCTIONS).map(([name, { timeoutSeconds, retries }]) => {
      const handler = `events/${name as EventFunction}` as const;
      const made = deployFunction(ground, { ...storage, deadLetters }, handler, { timeoutSeconds });
      new aws.lambda.FunctionEventInvokeConfig(`${logicalName(handler)}Retries`, {
        functionName: made.name,
        maximumRetryAttempts: retries,
        maximumEventAgeInSeconds: MAXIMUM_EVENT_AGE_SECONDS,
        destinationConfig: { onFailure: { destination: deadLetters.arn } },
      });
      return [name, made];
    }),
  ) as Events['functions'];
  const rules = RULES.map(rule => deployRule(ground, { bus, deadLetters, functions }, rule));
  new aws.sqs.QueuePolicy('DeadLettersPolicy', {
    queueUrl: deadLetters.url,
    policy: $resolve([deadLetters.arn, ...rules.map(({ rule }) => rule.arn)]).apply(([queue, ...from]) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queue,
            Condition: { ArnEquals: { 'aws:SourceArn': from } },
          },
        ],
      }),
    ),
  });
  return { bus, deadLetters, functions, rules };
}

function deployRule(
  { stateMachineArn }: Ground,
  { bus, deadLetters, functions }: Omit<Events, 'rules'>,
  rule: Rule,
): DeployedRule {
  const name = logicalName(rule.name.replace(/^gatehouse-/, ''));
  const eventBusName = rule.bus === 'default' ? 'default' : bus.name;
  const isTick = 'schedule' in rule;
  const made = new aws.cloudwatch.EventRule(`Rule${name}`, {
    name: rule.name.replace(/^gatehouse/, `${$app.name}-${$app.stage}`),
    description: rule.description,
    eventBusName,
    ...(isTick ? { scheduleExpression: rule.schedule } : { eventPattern: patternOf(rule, stateMachineArn) }),
  });
  for (const target of rule.targets) {
    const toQueue = target === DEAD_LETTERS;
    new aws.cloudwatch.EventTarget(`Rule${name}To${logicalName(target)}`, {
      rule: made.name,
      eventBusName,
      arn: toQueue ? deadLetters.arn : functions[target].arn,
      deadLetterConfig: { arn: deadLetters.arn },
      retryPolicy: isTick ? TICK_DELIVERY : DELIVERY,
    });
    if (toQueue) continue;
    new aws.lambda.Permission(`Rule${name}MayCall${logicalName(target)}`, {
      action: 'lambda:InvokeFunction',
      function: functions[target].name,
      principal: 'events.amazonaws.com',
      sourceArn: made.arn,
    });
  }
  return deployedRule(made, rule.bus === 'default' ? undefined : bus);
}

function patternOf(
  rule: Extract<Rule, { pattern: unknown }>,
  arn: $util.Output<string>,
): $util.Output<string> {
  return arn.apply(stateMachineArn => JSON.stringify(rule.pattern({ stateMachineArn })));
}
