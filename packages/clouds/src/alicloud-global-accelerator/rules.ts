// The wire form of a forwarding rule: conditions and actions have values as JSON texts, or, from older clients, in members of
// their own. Comparisons ignore the form, the white space and the order.

import { canonicalJson } from '@gatehouse/core/record/token';
import {
  FORWARDING_RULE,
  RULE_ACTION,
  RULE_ACTIONS,
  RULE_CONDITION,
} from '@gatehouse/core/request/alicloud/forwarding-rule-members';
import type { RuleAction } from '@gatehouse/core/request/alicloud/rule-actions';
import type { RuleCondition } from '@gatehouse/core/request/alicloud/rule-conditions';
import { defaultsOf, type MemberTable } from '@gatehouse/core/request/member-table';
import { createInput, fromWire, type Writers } from '@gatehouse/core/request/member-values';
import * as z from 'zod';

const values = z.object({ Values: z.array(z.string()).optional() }).optional();

const conditionAnswer = z.object({
  RuleConditionType: z.string(),
  RuleConditionValue: z.string().optional(),
  HostConfig: values,
  PathConfig: values,
});

const actionAnswer = z.object({
  Order: z.int().optional(),
  RuleActionType: z.string(),
  RuleActionValue: z.string().optional(),
  ForwardGroupConfig: z
    .object({ ServerGroupTuples: z.array(z.object({ EndpointGroupId: z.string() })).optional() })
    .optional(),
});

export const ruleAnswer = z.object({
  ForwardingRuleId: z.string(),
  ForwardingRuleName: z.string().optional(),
  ForwardingRuleStatus: z.string().optional(),
  Priority: z.int().optional(),
  RuleConditions: z.array(conditionAnswer).default([]),
  RuleActions: z.array(actionAnswer).default([]),
});
export type RuleAnswer = z.output<typeof ruleAnswer>;
type WireRule = Omit<RuleAnswer, 'ForwardingRuleId' | 'ForwardingRuleStatus'>;

/** A rule of a spec, or an observed one, which has the group's id only and may have unknown types. */
export interface Rule {
  name?: string | undefined;
  priority?: number | undefined;
  ruleConditions: (RuleCondition | Unknown)[];
  ruleActions: (RuleAction | Unknown)[];
  endpointGroupId?: string | undefined;
}

/** A condition or action of an unknown type, kept unchanged. */
interface Unknown {
  type: string;
  value?: unknown;
}

const WRITERS = {
  ruleConditions: conditions => conditions.map(wireCondition),
  // It is not documented which of the two determines the order, so the place in the list and the member agree.
  ruleActions: (actions, { endpointGroupId }) =>
    actions.map((action, index) => ({ Order: index + 1, ...wireAction(action, endpointGroupId) })),
} satisfies Writers<typeof FORWARDING_RULE, Rule>;

/** The input of a create or an update, which replaces the whole rule. */
export function wireRule(rule: Rule): WireRule {
  return createInput(FORWARDING_RULE, rule, WRITERS);
}

function wireCondition(condition: RuleCondition | Unknown): WireCondition {
  if (!isKnown(condition))
    return { RuleConditionType: condition.type, RuleConditionValue: JSON.stringify(condition.value) };
  return createInput(RULE_CONDITION, condition, {
    values: (values: RuleCondition['values']) =>
      JSON.stringify(values.map(value => (typeof value === 'string' ? value : keyedIn(value)))),
  });
}

type Keyed = Exclude<RuleCondition['values'][number], string>;

function keyedIn({ key, values, ...others }: Keyed): Record<string, string[]> {
  return all({ [key]: values }, others);
}

function wireAction(action: RuleAction | Unknown, endpointGroupId: string | undefined): WireAction {
  const value = isKnown(action) ? actionValue(action, endpointGroupId) : action.value;
  return {
    ...createInput(RULE_ACTION, action),
    ...(value === undefined ? {} : { RuleActionValue: JSON.stringify(value) }),
  };
}

function actionValue(action: RuleAction, endpointGroupId: string | undefined) {
  switch (action.type) {
    case 'ForwardGroup':
      // A list of one, although the text of the documentation has the object alone.
      return [{ type: 'endpointgroup', value: endpointGroupId }];
    case 'Redirect':
      return inTexts({
        ...defaultsOf(RULE_ACTIONS.Redirect, action),
        ...createInput(RULE_ACTIONS.Redirect, action),
      });
    case 'FixResponse':
      return inTexts(createInput(RULE_ACTIONS.FixResponse, action));
    case 'Rewrite':
      return createInput(RULE_ACTIONS.Rewrite, action);
    case 'AddHeader': {
      const { headers, ...others } = createInput(RULE_ACTIONS.AddHeader, action);
      return all(headers, others);
    }
    case 'RemoveHeader': {
      const { headers, ...others } = createInput(RULE_ACTIONS.RemoveHeader, action);
      return all(headers, others);
    }
    case 'Drop':
      return undefined;
    default:
      return unknownAction(action);
  }
}

/** `others`: the members that the wire form has no place for. There are none, or it is a type error. */
function all<Value>(value: Value, _others: Record<string, never>): Value {
  return value;
}

function unknownAction(action: never): never {
  throw new Error(`unknown action ${JSON.stringify(action)}`);
}

function isKnown<Known extends { type: string }>(part: Known | Unknown): part is Known {
  return !('value' in part);
}

function inTexts(members: object): Record<string, string> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, `${value}`]));
}

/** A rule whose conditions and values are sorted, as their order has no meaning. */
export function ordered(rule: Rule): Rule {
  const conditions = rule.ruleConditions.map(condition =>
    'values' in condition ? { ...condition, values: inOrder(condition.values.map(orderedValue)) } : condition,
  );
  return { ...rule, ruleConditions: inOrder(conditions) as Rule['ruleConditions'] };
}

function orderedValue(value: RuleCondition['values'][number]) {
  return typeof value === 'string' ? value : { ...value, values: inOrder([value.values].flat()) };
}

/** In the form of a spec. */
export function ruleOf(answer: WireRule): Rule {
  const rule = fromWire(FORWARDING_RULE, answer, {
    ruleConditions: ({ RuleConditions }) => RuleConditions.map(conditionOf),
    ruleActions: each => actionsOf(each).map(({ action }) => action),
    endpointGroupId: each => actionsOf(each).find(action => action.endpointGroupId)?.endpointGroupId,
  });
  return rule as unknown as Rule;
}

function actionsOf({ RuleActions }: WireRule) {
  return RuleActions.toSorted((a, b) => (a.Order ?? 0) - (b.Order ?? 0)).map(actionOf);
}

type WireCondition = WireRule['RuleConditions'][number];
type WireAction = WireRule['RuleActions'][number];

function conditionOf(wire: WireCondition): RuleCondition | Unknown {
  const { RuleConditionType: type, HostConfig, PathConfig } = wire;
  const old = type === 'Host' ? HostConfig?.Values : type === 'Path' ? PathConfig?.Values : undefined;
  const value = old?.length ? old : parsed(wire.RuleConditionValue);
  if (!Array.isArray(value)) return { type, value };
  const values = value.map(each =>
    typeof each === 'object' && each !== null ? keyed(Object.entries(each)) : each,
  );
  return { type, values } as RuleCondition;
}

function keyed([[key, values] = ['', []]]: [string, unknown][]): { key: string; values: unknown } {
  return { key, values };
}

function actionOf(wire: WireAction): { action: RuleAction | Unknown; endpointGroupId?: string } {
  // Two spellings of one type are in use.
  const type = wire.RuleActionType.replace(/^RemoveHeaderConfig$/, 'RemoveHeader');
  const value = parsed(wire.RuleActionValue);
  switch (type) {
    case 'ForwardGroup': {
      const [group] = wire.ForwardGroupConfig?.ServerGroupTuples ?? [];
      const id = group?.EndpointGroupId ?? textIn([value].flat()[0], 'value');
      return { action: { type } as RuleAction, ...(id === undefined ? {} : { endpointGroupId: id }) };
    }
    case 'Redirect':
    case 'FixResponse':
      return { action: { type, ...partsOf(RULE_ACTIONS[type], value) } as RuleAction };
    case 'Rewrite':
      return { action: { type, ...fromWire(RULE_ACTIONS.Rewrite, Object(value), {}) } as RuleAction };
    case 'AddHeader':
    case 'RemoveHeader':
      return { action: { type, headers: value } as RuleAction };
    case 'Drop':
      return { action: { type } };
    default:
      return { action: { type, value } };
  }
}

/** From texts; an unchanged part of a redirect is omitted. */
function partsOf(table: MemberTable, value: unknown): Record<string, string | number> {
  const parts = Object.entries(table).flatMap(([name, member]): [string, string | number][] => {
    const text = textIn(value, member.wire ?? name);
    if (text === undefined || text === member.default) return [];
    return [[name, NUMBERS.includes(name) ? Number(text) : text]];
  });
  return Object.fromEntries(parts);
}

const NUMBERS = ['port', 'code'];

function textIn(value: unknown, name: string): string | undefined {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : undefined;
}

function inOrder<Item>(items: Item[]): Item[] {
  return items.toSorted((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}

/** A text that is not JSON is returned unchanged. */
function parsed(text: string | undefined): unknown {
  if (text === undefined || text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
