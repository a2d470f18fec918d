// Forwarding rules: which requests of a listener go to which endpoint group. The rule for all other requests belongs to
// the listener and is never listed. An update replaces a whole rule.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy, startChange } from './changes.ts';
import { gaError } from './errors.ts';
import type { ForwardingRule, Listener, Phase } from './model.ts';
import { refuseRule } from './rule-checks.ts';
import type { CreateForwardingRules, DeleteForwardingRules, UpdateForwardingRules } from './rule-requests.ts';
import { findAccelerator, findListener, rulesOf, type State } from './state.ts';
import { ruleIds } from './switches.ts';

type Place = { AcceleratorId: string; ListenerId: string };

export function createForwardingRules(state: State, request: CreateForwardingRules, context: Context): Done {
  const listener = changeable(state, request, [], context);
  const rules: ForwardingRule[] = [];
  for (const requested of request.ForwardingRules) {
    const others = [...rulesOf(state, listener.ListenerId), ...rules];
    const { RuleConditions = [], RuleActions } = requested;
    const rule: ForwardingRule = {
      ForwardingRuleId: `frule-bp1${context.hex(18)}`,
      AcceleratorId: request.AcceleratorId,
      ListenerId: listener.ListenerId,
      ForwardingRuleName: requested.ForwardingRuleName || 'auto_named_rule',
      Priority: requested.Priority ?? Math.max(0, ...others.map(({ Priority }) => Priority)) + 1,
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
    const requested = request.ForwardingRules.find(each => each.ForwardingRuleId === rule.ForwardingRuleId);
    return requested ? replaced(rule, requested) : rule;
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

/** Replaces everything but the name, which an update can omit. */
function replaced(
  rule: ForwardingRule,
  requested: UpdateForwardingRules['ForwardingRules'][number],
): ForwardingRule {
  const { Priority, RuleConditions, RuleActions, ForwardingRuleName = rule.ForwardingRuleName } = requested;
  return { ...rule, ForwardingRuleName, Priority, RuleConditions, RuleActions };
}

function enterPhase(
  state: State,
  listener: Listener,
  { rules, kind }: { rules: ForwardingRule[]; kind: Phase['kind'] },
  context: Context,
): void {
  const accelerator = findAccelerator(state, listener.AcceleratorId);
  const settling = startChange(accelerator, { listener }, context);
  for (const rule of rules) rule.phase = { kind, settling };
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
