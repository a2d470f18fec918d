// Rules that combine members of the forwarding rules of an Alibaba Cloud listener. A part is undefined if it is omitted or
// not valid: rules that need it are skipped.
// Sources: docs/clouds/alicloud-forwarding-rules.md.

import { Repeats } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { type GroupToCheck, typeOf } from './endpoint-group-rules.ts';
import type { Place } from './endpoint-rules.ts';
import { type AlicloudLimits, type Protocol, typeRefusal } from './limits.ts';
import { nameIssues } from './listener-rules.ts';
import { changeIssues } from './rule-change-rules.ts';
import { type ConditionToCheck, capturesOf, conditionIssues } from './rule-condition-rules.ts';

interface ActionToCheck {
  type?: string | undefined;
  endpointGroup?: string | undefined;
  protocol?: unknown;
  domain?: unknown;
  port?: unknown;
  path?: unknown;
  query?: unknown;
  headers?: unknown[] | undefined;
}

export interface RuleToCheck {
  name?: string | undefined;
  priority?: number | undefined;
  ruleConditions?: (ConditionToCheck | undefined)[] | undefined;
  ruleActions?: (ActionToCheck | undefined)[] | undefined;
}

interface Context {
  protocol?: Protocol | undefined;
  groups?: readonly (GroupToCheck | undefined)[] | undefined;
}

type Path = readonly PropertyKey[];
type Rules = readonly (RuleToCheck | undefined)[];

/** The final actions. All others modify the request before it is forwarded to a group. */
const FINAL = ['ForwardGroup', 'Redirect', 'FixResponse', 'Drop'];
/** The parts of a request that a redirect can change; omitted ones stay the same. */
const REDIRECTED = ['protocol', 'domain', 'port', 'path', 'query'] as const;
/** The only actions of a TCP listener's rules. */
const TCP_ACTIONS = ['ForwardGroup', 'Drop'];

export function forwardingRuleIssues(
  rules: Rules,
  context: Context,
  limits: AlicloudLimits,
): ValidationIssue[] {
  const [names, priorities] = [new Repeats(), new Repeats()];
  const each = rules.flatMap((rule, index) => {
    if (!rule) return [];
    const path = ['forwardingRules', index];
    return [
      ...nameIssues(rule.name, [...path, 'name'], { ...limits, name: { ...limits.name, from: 2 } }),
      ...names.find(rule.name, [...path, 'name'], 'a rule is identified by its name'),
      ...priorities.find(rule.priority, [...path, 'priority'], 'rules need distinct priorities'),
      ...conditionIssues(rule.ruleConditions ?? [], context.protocol, {
        path: [...path, 'ruleConditions'],
        limits,
      }),
      ...actionIssues(rule.ruleActions ?? [], context, { path: [...path, 'ruleActions'], limits }),
      ...changeIssues(rule.ruleActions ?? [], capturesOf(rule.ruleConditions), [...path, 'ruleActions']),
    ];
  });
  return [...each, ...numberIssues(rules, context, limits)];
}

function actionIssues(
  actions: readonly (ActionToCheck | undefined)[],
  context: Context,
  place: Place,
): ValidationIssue[] {
  const { path } = place;
  const types = actions.map(action => action?.type);
  const allKnown = types.every(type => type !== undefined);
  const finals = types.filter(type => type && FINAL.includes(type));
  const last = types.at(-1);
  return [
    ...(allKnown && finals.length !== 1
      ? issue(path, `have ${finals.length} of ${FINAL.join(', ')}; a rule has exactly one of them`)
      : []),
    ...(allKnown && finals.length === 1 && last && !FINAL.includes(last)
      ? issue([...path, actions.length - 1], `must come before ${finals[0]}, which must be the last action`)
      : []),
    ...(allKnown && actions.length > 1 && finals.length === 1 && finals[0] !== 'ForwardGroup'
      ? issue(path, `must be ${finals[0]} alone; other actions are allowed with ForwardGroup only`)
      : []),
    ...actions.flatMap((action, index) =>
      action ? oneActionIssues(action, context, { ...place, path: [...path, index] }) : [],
    ),
  ];
}

function oneActionIssues(
  action: ActionToCheck,
  { protocol, groups }: Context,
  { path, limits }: Place,
): ValidationIssue[] {
  const { type, endpointGroup } = action;
  const newer = typeRefusal(type, 'actionTypes', limits);
  if (newer) return issue([...path, 'type'], newer);
  if (type && protocol === 'TCP' && !TCP_ACTIONS.includes(type))
    return issue([...path, 'type'], `must be ${TCP_ACTIONS.join(' or ')} for a TCP listener`);
  if (type === 'Redirect') {
    const same = REDIRECTED.every(name => action[name] === undefined);
    return same ? issue(path, 'redirects to the same URL: change at least one part') : [];
  }
  if (type !== 'ForwardGroup' || endpointGroup === undefined || !groups) return [];
  // The action may refer to an invalid group.
  if (groups.some(group => typeOf(group) === undefined || group?.name === null)) return [];
  const named = groups.flatMap(group => (typeOf(group) === 'virtual' && group?.name ? [group.name] : []));
  if (named.includes(endpointGroup)) return [];
  const known = named.length > 0 ? `its virtual groups are ${named.join(', ')}` : 'it has none';
  return issue(
    [...path, 'endpointGroup'],
    `"${endpointGroup}" is not a virtual endpoint group of the request; ${known}`,
  );
}

function numberIssues(
  rules: Rules,
  { protocol, groups }: Context,
  limits: AlicloudLimits,
): ValidationIssue[] {
  const most = protocol ? limits.forwardingRules[protocol] : rules.length;
  const values = rules.reduce((sum, rule) => sum + valuesOf(rule), 0);
  const withoutDefault = groups !== undefined && !groups.some(group => typeOf(group) !== 'virtual');
  return [
    ...(rules.length > most
      ? issue(
          ['forwardingRules'],
          `are ${rules.length}; a listener of ${protocol} has at most ${most}, according to ${most === 0 ? limits.source : limits.numbersFrom}`,
        )
      : []),
    ...(values > limits.conditionValues
      ? issue(
          ['forwardingRules'],
          `have ${values} values in their conditions; a listener has at most ${limits.conditionValues}`,
        )
      : []),
    ...(rules.length > 0 && withoutDefault && !groups?.length
      ? issue(['forwardingRules'], 'require a default endpoint group')
      : []),
  ];
}

function valuesOf(rule: RuleToCheck | undefined): number {
  return (rule?.ruleConditions ?? []).reduce((sum, condition) => sum + (condition?.values?.length ?? 0), 0);
}

function issue(path: Path, detail: string): ValidationIssue[] {
  return [{ pointer: pointerTo(path), detail }];
}
