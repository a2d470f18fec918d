// PutRule, DescribeRule, ListRules, EnableRule, DisableRule, DeleteRule, TestEventPattern.

import { members, oneOf, text } from '@gatehouse/twins/shared/input';
import { type Body, WireError } from '../http/aws-json.ts';
import { DEFAULT_BUS, type Rule } from './buses.ts';
import { type BusContext, busAt, ruleArn, ruleAt } from './context.ts';
import { PatternError, readPattern } from './pattern.ts';
import { busName, invalid, limitExceeded, nameAndBus, page, paging, read, ruleName } from './reading.ts';
import { rateSeconds } from './schedule.ts';

/** EventBridge's quota, per bus. */
const MAX_RULES = 300;

const states = oneOf('ENABLED', 'DISABLED');

export function putRule(context: BusContext, body: Body): object {
  const optional = {
    EventBusName: busName,
    EventPattern: text({ max: 4096 }),
    ScheduleExpression: text({ max: 256 }),
    State: states,
    Description: text({ max: 512 }),
  };
  const { EventBusName, State = 'ENABLED', ...requested } = read(body, members({ Name: ruleName }, optional));
  const bus = busAt(context, EventBusName).Name;
  const { EventPattern: pattern, ScheduleExpression: schedule } = requested;
  if (pattern === undefined && schedule === undefined) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (schedule !== undefined && bus !== DEFAULT_BUS) {
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  }
  if (pattern !== undefined) matcherOf(pattern);
  if (schedule !== undefined) rateSeconds(schedule);
  const existing = context.buses.rule(bus, requested.Name);
  if (!existing && context.buses.rules(bus).length >= MAX_RULES) throw limitExceeded();
  context.buses.putRule({ ...requested, EventBusName: bus, State, Targets: existing?.Targets ?? [] });
  context.changed();
  return { RuleArn: ruleArn(context.place, bus, requested.Name) };
}

export function describeRule(context: BusContext, body: Body): object {
  const requested = read(body, members(...nameAndBus));
  return listedRule(context, ruleAt(context, requested.EventBusName, requested.Name));
}

export function listRules(context: BusContext, body: Body): object {
  const optional = { NamePrefix: ruleName, EventBusName: busName, ...paging };
  const { NamePrefix = '', EventBusName, ...requested } = read(body, members({}, optional));
  const rules = context.buses.rules(busAt(context, EventBusName).Name);
  const found = rules.filter(({ Name }) => Name.startsWith(NamePrefix));
  return page(
    'Rules',
    found.map(rule => listedRule(context, rule)),
    requested,
  );
}

export function setState(context: BusContext, body: Body, State: Rule['State']): object {
  const requested = read(body, members(...nameAndBus));
  context.buses.putRule({ ...ruleAt(context, requested.EventBusName, requested.Name), State });
  context.changed();
  return {};
}

/** Deleting an absent rule succeeds. */
export function deleteRule(context: BusContext, body: Body): object {
  const requested = read(body, members(...nameAndBus));
  const bus = busAt(context, requested.EventBusName).Name;
  const targets = context.buses.rule(bus, requested.Name)?.Targets ?? [];
  if (targets.length > 0) throw invalid("Rule can't be deleted since it has targets.");
  context.buses.removeRule(bus, requested.Name);
  context.changed();
  return {};
}

export function testPattern(body: Body): object {
  const requested = read(
    body,
    members({ EventPattern: text({ max: 4096 }), Event: text({ max: 262_144 }) }, {}),
  );
  const matches = matcherOf(requested.EventPattern);
  try {
    return { Result: matches(JSON.parse(requested.Event)) };
  } catch {
    throw invalid('Parameter Event is not valid.');
  }
}

function listedRule({ place }: BusContext, { Targets: _, ...rule }: Rule): object {
  return { ...rule, Arn: ruleArn(place, rule.EventBusName, rule.Name) };
}

function matcherOf(pattern: string) {
  try {
    return readPattern(pattern);
  } catch (thrown) {
    if (thrown instanceof PatternError) throw new WireError('InvalidEventPatternException', thrown.message);
    throw thrown;
  }
}
