// PutRule, DescribeRule, ListRules, EnableRule, DisableRule, DeleteRule, TestEventPattern.

import { parseShallowJson } from '@gatehouse/twins/http/shallow-json';
import { isRecord, members, oneOf, text } from '@gatehouse/twins/shared/input';
import { type Body, WireError } from '../http/aws-json.ts';
import { DEFAULT_BUS, type Rule } from './buses.ts';
import { type BusContext, busAt, ruleArn, ruleAt } from './context.ts';
import { PatternError, readPattern } from './pattern.ts';
import {
  busName,
  invalid,
  limitExceeded,
  nameAndBus,
  notHere,
  page,
  paging,
  read,
  ruleName,
} from './reading.ts';
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
    ...notHere('RoleArn', 'Tags'),
  };
  const given = read(body, members({ Name: ruleName }, optional));
  const { EventBusName, State = 'ENABLED', Name, Description } = given;
  // Scripts send both members, one of them empty.
  const { EventPattern: pattern, ScheduleExpression: schedule } = filled(given);
  const bus = busAt(context, EventBusName).Name;
  if (pattern === undefined && schedule === undefined) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (schedule !== undefined && bus !== DEFAULT_BUS) {
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  }
  if (pattern !== undefined) matcherOf(pattern);
  if (schedule !== undefined) rateSeconds(schedule);
  const existing = context.buses.rule(bus, Name);
  if (!existing && context.buses.rules(bus).length >= MAX_RULES) throw limitExceeded();
  context.buses.putRule({
    ...{ Name, EventBusName: bus, State, Targets: existing?.Targets ?? [] },
    ...filled({ Description, EventPattern: pattern, ScheduleExpression: schedule }),
  });
  context.changed();
  return { RuleArn: ruleArn(context.place, bus, Name) };
}

/** The texts that are there and not empty. */
function filled<Name extends string>(texts: { [N in Name]?: string | undefined }): { [N in Name]?: string } {
  const entries = Object.entries<string | undefined>(texts).filter(([, text]) => text);
  return Object.fromEntries(entries) as { [N in Name]?: string };
}

export function describeRule(context: BusContext, body: Body): object {
  const requested = read(body, members(...nameAndBus));
  const rule = ruleAt(context, requested.EventBusName, requested.Name);
  return { ...listedRule(context, rule), CreatedBy: context.place.account };
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
  return { Result: matches(eventIn(requested.Event)) };
}

const requiredOfEvent = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

function eventIn(text: string): unknown {
  try {
    const event = parseShallowJson(text);
    if (isRecord(event) && requiredOfEvent.every(name => typeof event[name] === 'string')) return event;
  } catch {
    // Refused below, like any other event that is none.
  }
  throw invalid('Parameter Event is not valid.');
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
