// The checks of a forwarding rule against its listener and against the existing rules.
import type { Context } from '../shared/cloud.ts';
import { gaError, illegal } from './errors.ts';
import { limitsOf, ruleLimits } from './limits.ts';
import type { ForwardingRule, Listener, RuleAction, RuleCondition } from './model.ts';
import { refuseActions } from './rule-actions.ts';
import { capturesOf, refuseConditions, valuesOf } from './rule-conditions.ts';
import type { State } from './state.ts';
import { sameConditions, samePriority, sameRuleName } from './switches.ts';

export function refuseRule(
  state: State,
  rule: ForwardingRule,
  { listener, others }: { listener: Listener; others: ForwardingRule[] },
  context: Context,
): void {
  const { conditionTypes, actionTypes, ruleProtocols } = limitsOf(context);
  const { RuleConditions, RuleActions } = rule;
  if (!ruleProtocols.includes(listener.Protocol)) {
    throw illegal('ListenerId', `be of a listener that has rules, not of ${listener.Protocol}`);
  }
  const isTcp = listener.Protocol === 'TCP';
  const conditions = RuleConditions.map(({ RuleConditionType }) => RuleConditionType);
  const unknown = conditions.find(type => !conditionTypes.includes(type) || (isTcp && type !== 'Host'));
  if (unknown) throw illegal('RuleConditionType', `not be ${unknown} here`);
  const actions = RuleActions.map(({ RuleActionType }) => RuleActionType);
  const mayBe = (type: string) => !isTcp || type === 'ForwardGroup' || type === 'Drop';
  const strange = actions.find(type => !actionTypes.includes(type) || !mayBe(type));
  if (strange) throw illegal('RuleActionType', `not be ${strange} here`);
  if (!/^[\p{Script=Han}A-Za-z][\w.-]{1,127}$/u.test(rule.ForwardingRuleName) && rule.ForwardingRuleName) {
    throw illegal('ForwardingRuleName', 'start with a letter and have letters, digits, ., _ and - in it');
  }
  refuseConditions(RuleConditions, context);
  refuseActions(state, listener.ListenerId, RuleActions, context);
  refuseCaptures(RuleActions, capturesOf(RuleConditions));
  refuseBeside(rule, others, context);
}

/** A rewriting refers to captures of its conditions. */
function refuseCaptures(actions: RuleAction[], captures: number): void {
  const texts = actions.map(({ RuleActionValue = '' }) => RuleActionValue).join();
  const referred = [...texts.matchAll(/\$\{(\d+)\}/g)].map(([, number]) => Number(number));
  if (referred.some(number => number > captures)) {
    throw illegal('RuleActionValue', `refer to ${captures} captures at most`);
  }
}

function refuseBeside(rule: ForwardingRule, others: ForwardingRule[], context: Context): void {
  const { rules, conditionValues } = ruleLimits;
  if (others.length >= rules) {
    throw gaError('QuotaExceeded.ForwardingRule', `A listener has at most ${rules} rules`);
  }
  const count = [...others, rule].flatMap(each => each.RuleConditions.flatMap(valuesOf)).length;
  if (count > conditionValues) {
    const message = `The rules of a listener have at most ${conditionValues} values together`;
    throw gaError('QuotaExceeded.RuleConditionConfig', message);
  }
  const isSame = (a: RuleCondition[], b: RuleCondition[]) => JSON.stringify(a) === JSON.stringify(b);
  for (const other of others) {
    const same = [
      [samePriority, 'Priority', other.Priority === rule.Priority],
      [sameRuleName, 'ForwardingRuleName', other.ForwardingRuleName === rule.ForwardingRuleName],
      [sameConditions, 'RuleConditions', isSame(other.RuleConditions, rule.RuleConditions)],
    ] as const;
    for (const [setting, member, is] of same) {
      if (is && context.setting(setting) === 'refuse')
        throw illegal(member, 'differ from those of other rules');
    }
  }
}
