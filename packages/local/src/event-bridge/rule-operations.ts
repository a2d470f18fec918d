// PutRule, DescribeRule, ListRules, EnableRule, DisableRule, DeleteRule, TestEventPattern.

import { members, oneOf, text } from '@gatehouse/twins/shared/input';
import { type Body, WireError } from '../http/aws-json.ts';
import { DEFAULT_BUS, type Rule } from './buses.ts';
import { busAt, type Desk, ruleArn, ruleAt } from './desk.ts';
import { PatternError, readPattern } from './pattern.ts';
import { busName, invalid, limitExceeded, nameAndBus, page, paging, read, ruleName } from './reading.ts';
import { rateSeconds } from './schedule.ts';

/** EventBridge's quota, per bus. */
const MOST_RULES = 300;

const states = oneOf('ENABLED', 'DISABLED');

export function putRule(desk: Desk, body: Body): object {
  const optional = {
    EventBusName: busName,
    EventPattern: text({ max: 4096 }),
    ScheduleExpression: text({ max: 256 }),
    State: states,
    Description: text({ max: 512 }),
  };
  const { EventBusName, State = 'ENABLED', ...asked } = read(body, members({ Name: ruleName }, optional));
  const bus = busAt(desk, EventBusName).Name;
  const { EventPattern: pattern, ScheduleExpression: schedule } = asked;
  if (pattern === undefined && schedule === undefined) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (schedule !== undefined && bus !== DEFAULT_BUS) {
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  }
  if (pattern !== undefined) matcherOf(pattern);
  if (schedule !== undefined) rateSeconds(schedule);
  const standing = desk.buses.rule(bus, asked.Name);
  if (!standing && desk.buses.rules(bus).length >= MOST_RULES) throw limitExceeded();
  desk.buses.putRule({ ...asked, EventBusName: bus, State, Targets: standing?.Targets ?? [] });
  desk.changed();
  return { RuleArn: ruleArn(desk.place, bus, asked.Name) };
}

export function describeRule(desk: Desk, body: Body): object {
  const asked = read(body, members(...nameAndBus));
  return listedRule(desk, ruleAt(desk, asked.EventBusName, asked.Name));
}

export function listRules(desk: Desk, body: Body): object {
  const optional = { NamePrefix: ruleName, EventBusName: busName, ...paging };
  const { NamePrefix = '', EventBusName, ...asked } = read(body, members({}, optional));
  const rules = desk.buses.rules(busAt(desk, EventBusName).Name);
  const found = rules.filter(({ Name }) => Name.startsWith(NamePrefix));
  return page(
    'Rules',
    found.map(rule => listedRule(desk, rule)),
    asked,
  );
}

export function setState(desk: Desk, body: Body, State: Rule['State']): object {
  const asked = read(body, members(...nameAndBus));
  desk.buses.putRule({ ...ruleAt(desk, asked.EventBusName, asked.Name), State });
  desk.changed();
  return {};
}

/** A rule that is not there is deleted. */
export function deleteRule(desk: Desk, body: Body): object {
  const asked = read(body, members(...nameAndBus));
  const bus = busAt(desk, asked.EventBusName).Name;
  const targets = desk.buses.rule(bus, asked.Name)?.Targets ?? [];
  if (targets.length > 0) throw invalid("Rule can't be deleted since it has targets.");
  desk.buses.removeRule(bus, asked.Name);
  desk.changed();
  return {};
}

export function testPattern(body: Body): object {
  const asked = read(body, members({ EventPattern: text({ max: 4096 }), Event: text({ max: 262_144 }) }, {}));
  const matches = matcherOf(asked.EventPattern);
  try {
    return { Result: matches(JSON.parse(asked.Event)) };
  } catch {
    throw invalid('Parameter Event is not valid.');
  }
}

function listedRule({ place }: Desk, { Targets: _, ...rule }: Rule): object {
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
