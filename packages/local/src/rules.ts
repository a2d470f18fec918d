// The rules of the deployment, in the form of the local event bus.
import { DEAD_LETTERS, EVENT_FUNCTIONS, RULES, type Rule } from '@gatehouse/functions/events/rules';
import type { Rule as BusRule } from './event-bridge/buses.ts';
import type { AsyncSettings } from './lambda/async-invokes.ts';
import { functionArn, queueArn, stateMachineArn } from './settings.ts';

export function localRules(): BusRule[] {
  return RULES.map(({ name, description, bus, targets, ...on }) => ({
    Name: name,
    Description: description,
    EventBusName: bus,
    State: 'ENABLED',
    ...('schedule' in on
      ? { ScheduleExpression: on.schedule }
      : { EventPattern: JSON.stringify(on.pattern({ stateMachineArn })) }),
    Targets: targets.map(target => ({
      Id: target,
      Arn: arnOf(target),
      DeadLetterConfig: { Arn: queueArn(DEAD_LETTERS) },
    })),
  }));
}

/** Any function can be the target of somebody's rule; the functions in the table have settings of their own. */
export function asyncSettings(functionNames: string[]): Record<string, AsyncSettings> {
  const all = functionNames.map(name => [name, {}]);
  const events = Object.entries(EVENT_FUNCTIONS).map(([name, { retries }]) => [
    name,
    { retries, onFailure: DEAD_LETTERS },
  ]);
  return Object.fromEntries([...all, ...events]);
}

function arnOf(target: Rule['targets'][number]): string {
  return target === DEAD_LETTERS ? queueArn(target) : functionArn(target);
}
