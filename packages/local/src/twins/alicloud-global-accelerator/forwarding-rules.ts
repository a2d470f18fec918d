// Forwarding rules: which requests of a listener go to which endpoint group. The rule for all the rest is the
// listener's own and never listed. An update replaces a rule as a whole.
import type { Context } from '../cloud.ts';
import type { Done } from '../operation.ts';
import type { Settling } from '../settling.ts';
import { refuseWhileBusy, startChange } from './changes.ts';
import { gaError, illegal } from './errors.ts';
import { limitsOf, ruleLimits } from './limits.ts';
import { refuseActions } from './rule-actions.ts';
import { refuseConditions, valuesOf } from './rule-conditions.ts';
import type {
  AskedRule,
  CreateForwardingRules,
  DeleteForwardingRules,
  UpdateForwardingRules,
} from './rule-requests.ts';
import {
  type ForwardingRule,
  findAccelerator,
  findListener,
  type Listener,
  type Phase,
  rulesOf,
  type State,
} from './state.ts';
import { ruleIds, sameConditions, samePriority, sameRuleName } from './switches.ts';

type Place = { AcceleratorId: string; ListenerId: string };

export function createForwardingRules(state: State, request: CreateForwardingRules, context: Context): Done {
  const listener = changeable(state, request, [], context);
  const rules: ForwardingRule[] = [];
  for (const asked of request.ForwardingRules) {
    const others = [...rulesOf(state, listener.ListenerId), ...rules];
    const { RuleConditions = [], RuleActions } = asked;
    const rule: ForwardingRule = {
      ForwardingRuleId: `frule-bp1${context.hex(18)}`,
      AcceleratorId: request.AcceleratorId,
      ListenerId: listener.ListenerId,
      ForwardingRuleName: asked.ForwardingRuleName || 'auto_named_rule',
      Priority: asked.Priority ?? Math.max(0, ...others.map(({ Priority }) => Priority)) + 1,
      RuleConditions,
      RuleActions,
      phase: { kind: 'create', settling: { at: context.now } },
    };
    refuseRule(state, rule, { listener, others }, context);
    rules.push(rule);
  }
  state.rules.push(...rules);
  enterPhase(state, listener, { rules, kind: 'create' }, context);
  return { answer: answerOf(rules), changed: true };
}

export function updateForwardingRules(state: State, request: UpdateForwardingRules, context: Context): Done {
  const ids = request.ForwardingRules.map(({ ForwardingRuleId }) => ForwardingRuleId);
  const listener = changeable(state, request, ids, context);
  const present = rulesOf(state, listener.ListenerId);
  const changed = present.map(rule => {
    const asked = request.ForwardingRules.find(each => each.ForwardingRuleId === rule.ForwardingRuleId);
    return asked ? replaced(rule, asked) : rule;
  });
  const rules = changed.filter(({ ForwardingRuleId }) => ids.includes(ForwardingRuleId));
  for (const rule of rules) {
    const others = changed.filter(other => other !== rule);
    refuseRule(state, rule, { listener, others }, context);
  }
  const isChanged = changed.map(configuredRule).join() !== present.map(configuredRule).join();
  state.rules = [...state.rules.filter(rule => !present.includes(rule)), ...changed];
  enterPhase(state, listener, { rules, kind: 'update' }, context);
  return { answer: idsAfter(rules, context), changed: isChanged };
}

export function deleteForwardingRules(state: State, request: DeleteForwardingRules, context: Context): Done {
  const listener = changeable(state, request, request.ForwardingRuleIds, context);
  const rules = rulesOf(state, listener.ListenerId).filter(({ ForwardingRuleId }) =>
    request.ForwardingRuleIds.includes(ForwardingRuleId),
  );
  enterPhase(state, listener, { rules, kind: 'delete' }, context);
  return { answer: idsAfter(rules, context), changed: true };
}

function changeable(state: State, place: Place, ids: string[], context: Context): Listener {
  const accelerator = findAccelerator(state, place.AcceleratorId);
  const listener = findListener(state, place.ListenerId, place.AcceleratorId);
  const present = rulesOf(state, listener.ListenerId);
  const [rule] = ids.map(id => {
    const found = present.find(({ ForwardingRuleId }) => ForwardingRuleId === id);
    if (!found) throw gaError('NotExist.ForwardingRule', `${listener.ListenerId} has no rule ${id}`);
    return found;
  });
  const resource = rule && { phase: rule.phase, code: 'StateError.ForwardingRule' as const };
  refuseWhileBusy({ accelerator, listener, ...(resource ? { resource } : {}) }, context);
  return listener;
}

/** All but the name, which stays where it is not said. */
function replaced(
  rule: ForwardingRule,
  asked: UpdateForwardingRules['ForwardingRules'][number],
): ForwardingRule {
  const { Priority, RuleConditions, RuleActions, ForwardingRuleName = rule.ForwardingRuleName } = asked;
  return { ...rule, ForwardingRuleName, Priority, RuleConditions, RuleActions };
}

function refuseRule(
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
  refuseConditions(RuleConditions);
  refuseActions(state, listener.ListenerId, RuleActions, context);
  refuseBeside(rule, others, context);
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
  const isSame = (a: AskedRule['RuleConditions'], b: AskedRule['RuleConditions']) =>
    JSON.stringify(a) === JSON.stringify(b);
  for (const other of others) {
    const same = [
      [samePriority, 'Priority', other.Priority === rule.Priority],
      [sameRuleName, 'ForwardingRuleName', other.ForwardingRuleName === rule.ForwardingRuleName],
      [sameConditions, 'RuleConditions', isSame(other.RuleConditions, rule.RuleConditions)],
    ] as const;
    for (const [setting, member, is] of same) {
      if (is && context.setting(setting) === 'refuse')
        throw illegal(member, 'be another than another rule has');
    }
  }
}

function enterPhase(
  state: State,
  listener: Listener,
  { rules, kind }: { rules: ForwardingRule[]; kind: Phase['kind'] },
  context: Context,
): void {
  const accelerator = findAccelerator(state, listener.AcceleratorId);
  const phases = rules.map(rule => (settling: Settling) => {
    rule.phase = { kind, settling };
  });
  startChange(accelerator, { phases, listener }, context);
}

function idsAfter(rules: ForwardingRule[], context: Context): unknown {
  return context.setting(ruleIds) === 'always' ? answerOf(rules) : {};
}

function answerOf(rules: ForwardingRule[]): unknown {
  return { ForwardingRules: rules.map(({ ForwardingRuleId }) => ({ ForwardingRuleId })) };
}

function configuredRule({ phase: _phase, ...configured }: ForwardingRule): string {
  return JSON.stringify(configured);
}
