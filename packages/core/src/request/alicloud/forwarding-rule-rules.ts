// What the forwarding rules of an Alibaba Cloud listener may not be, alone or together, although each member alone is
// right. A part that is undefined could not be read, or is not there: a rule that needs it stays silent.
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

interface Around {
  protocol?: Protocol | undefined;
  groups?: readonly (GroupToCheck | undefined)[] | undefined;
}

type Path = readonly PropertyKey[];
type Rules = readonly (RuleToCheck | undefined)[];

/** What a request ends with; the others change it on its way to a group. */
const FINAL = ['ForwardGroup', 'Redirect', 'FixResponse', 'Drop'];
/** What a redirection can change; left out, it stays. */
const REDIRECTED = ['protocol', 'domain', 'port', 'path', 'query'] as const;
/** All that a TCP listener's rules can do. */
const OF_TCP = ['ForwardGroup', 'Drop'];

export function forwardingRuleIssues(
  rules: Rules,
  around: Around,
  limits: AlicloudLimits,
): ValidationIssue[] {
  const [names, priorities] = [new Repeats(), new Repeats()];
  const each = rules.flatMap((rule, index) => {
    if (!rule) return [];
    const path = ['forwardingRules', index];
    return [
      ...nameIssues(rule.name, [...path, 'name'], { ...limits, name: { ...limits.name, from: 2 } }),
      ...names.find(rule.name, [...path, 'name'], 'a rule is known by its name'),
      ...priorities.find(rule.priority, [...path, 'priority'], 'two rules need an order'),
      ...conditionIssues(rule.ruleConditions ?? [], around.protocol, {
        path: [...path, 'ruleConditions'],
        limits,
      }),
      ...actionIssues(rule.ruleActions ?? [], around, { path: [...path, 'ruleActions'], limits }),
      ...changeIssues(rule.ruleActions ?? [], capturesOf(rule.ruleConditions), [...path, 'ruleActions']),
    ];
  });
  return [...each, ...numberIssues(rules, around, limits)];
}

function actionIssues(
  actions: readonly (ActionToCheck | undefined)[],
  around: Around,
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
      ? issue([...path, actions.length - 1], `must come before ${finals[0]}, which is the last action`)
      : []),
    ...(allKnown && actions.length > 1 && finals.length === 1 && finals[0] !== 'ForwardGroup'
      ? issue(path, `must be ${finals[0]} alone; others go with ForwardGroup only`)
      : []),
    ...actions.flatMap((action, index) =>
      action ? oneActionIssues(action, around, { ...place, path: [...path, index] }) : [],
    ),
  ];
}

function oneActionIssues(
  action: ActionToCheck,
  { protocol, groups }: Around,
  { path, limits }: Place,
): ValidationIssue[] {
  const { type, endpointGroup } = action;
  const newer = typeRefusal(type, 'actionTypes', limits);
  if (newer) return issue([...path, 'type'], newer);
  if (type && protocol === 'TCP' && !OF_TCP.includes(type))
    return issue([...path, 'type'], `must be ${OF_TCP.join(' or ')} for a listener of TCP`);
  if (type === 'Redirect') {
    const same = REDIRECTED.every(name => action[name] === undefined);
    return same ? issue(path, 'leads back to where it came from: change at least one part') : [];
  }
  if (type !== 'ForwardGroup' || endpointGroup === undefined || !groups) return [];
  // A group that cannot be read might be the one that is meant.
  if (groups.some(group => typeOf(group) === undefined || group?.name === null)) return [];
  const named = groups.flatMap(group => (typeOf(group) === 'virtual' && group?.name ? [group.name] : []));
  if (named.includes(endpointGroup)) return [];
  const known = named.length > 0 ? `its virtual groups are ${named.join(', ')}` : 'it has none';
  return issue(
    [...path, 'endpointGroup'],
    `"${endpointGroup}" is no virtual endpoint group of the request; ${known}`,
  );
}

function numberIssues(rules: Rules, { protocol, groups }: Around, limits: AlicloudLimits): ValidationIssue[] {
  const most = protocol ? limits.forwardingRules[protocol] : rules.length;
  const values = rules.reduce((sum, rule) => sum + valuesOf(rule), 0);
  const none = groups !== undefined && !groups.some(group => typeOf(group) !== 'virtual');
  return [
    ...(rules.length > most
      ? issue(
          ['forwardingRules'],
          `are ${rules.length}; a listener of ${protocol} has at most ${most}, as ${limits.source} says`,
        )
      : []),
    ...(values > limits.conditionValues
      ? issue(
          ['forwardingRules'],
          `have ${values} values in their conditions; a listener has at most ${limits.conditionValues}`,
        )
      : []),
    ...(rules.length > 0 && none && !groups?.length
      ? issue(['forwardingRules'], 'need a default endpoint group, which must be there before them')
      : []),
  ];
}

function valuesOf(rule: RuleToCheck | undefined): number {
  return (rule?.ruleConditions ?? []).reduce((sum, condition) => sum + (condition?.values?.length ?? 0), 0);
}

function issue(path: Path, detail: string): ValidationIssue[] {
  return [{ pointer: pointerTo(path), detail }];
}
