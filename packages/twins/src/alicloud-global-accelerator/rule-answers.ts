// Forwarding rules in the API's list, the only way to read one. It is undocumented in which form a rule is returned
// that was written in the other form: see the switches.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy, stateOf } from './changes.ts';
import type { ForwardingRule, RuleAction, RuleCondition } from './model.ts';
import { inOrder, tokenPage } from './pages.ts';
import { groupIdOf } from './rule-actions.ts';
import { valuesOf } from './rule-conditions.ts';
import type { ListForwardingRules } from './rule-requests.ts';
import { findAccelerator, findListener, rulesOf, type State } from './state.ts';
import { busyRuleList, removeHeaderName, ruleForm, ruleText } from './switches.ts';

type Form = 'old' | 'new' | 'both';

export function listForwardingRules(state: State, request: ListForwardingRules, context: Context): Done {
  const accelerator = findAccelerator(state, request.AcceleratorId);
  const listener = findListener(state, request.ListenerId, request.AcceleratorId);
  if (context.setting(busyRuleList) === 'refuse') refuseWhileBusy({ accelerator, listener }, context);
  const { ForwardingRuleId: wanted } = request;
  const all = rulesOf(state, listener.ListenerId).filter(
    ({ ForwardingRuleId }) => (wanted ?? ForwardingRuleId) === ForwardingRuleId,
  );
  const list = { of: listener.ListenerId, keyOf: (rule: ForwardingRule) => rule.ForwardingRuleId };
  const { items, ...page } = tokenPage(inOrder(all, context), request, list);
  const ForwardingRules = items.map(rule => shown(rule, context));
  return { answer: { ForwardingRules, ...page }, changed: false };
}

function shown(rule: ForwardingRule, context: Context): unknown {
  const { ForwardingRuleId, ForwardingRuleName, ListenerId, Priority } = rule;
  return {
    ForwardingRuleId,
    ForwardingRuleName,
    ForwardingRuleStatus: statusOf(rule, context),
    ForwardingRuleDirection: 'request',
    ListenerId,
    Priority,
    RuleConditions: rule.RuleConditions.map(condition => shownCondition(condition, context)),
    RuleActions: rule.RuleActions.map(action => shownAction(action, context)),
  };
}

/** A rule that is created or changed is `configuring` under either set of limits. */
function statusOf({ phase }: ForwardingRule, context: Context): string {
  const state = stateOf(phase, context);
  return state === 'active' || state === 'deleting' ? state : 'configuring';
}

/** The older members are present even when they are empty. */
function shownCondition(condition: RuleCondition, context: Context): unknown {
  const { RuleConditionType: type, RuleConditionValue } = condition;
  const isList = type === 'Host' || type === 'Path';
  const form = isList ? formOf(RuleConditionValue === undefined ? 'old' : 'new', context) : 'new';
  const values = isList ? valuesOf(condition) : [];
  const text = textOf(RuleConditionValue ?? JSON.stringify(values), context);
  const lists = form === 'new' ? {} : { Values: values };
  return {
    RuleConditionType: type,
    ...(form === 'old' ? {} : { RuleConditionValue: text }),
    HostConfig: type === 'Host' ? lists : {},
    PathConfig: type === 'Path' ? lists : {},
  };
}

function shownAction(action: RuleAction, context: Context): unknown {
  const { Order, RuleActionType, RuleActionValue } = action;
  if (RuleActionType === 'Drop') return { Order, RuleActionType, RuleActionValue: '' };
  const EndpointGroupId = groupIdOf(action);
  if (EndpointGroupId === undefined) {
    const name = RuleActionType === 'RemoveHeader' ? context.setting(removeHeaderName) : RuleActionType;
    return { Order, RuleActionType: name, RuleActionValue: textOf(RuleActionValue ?? '', context) };
  }
  const form = formOf(RuleActionValue === undefined ? 'old' : 'new', context);
  const written = RuleActionValue ?? JSON.stringify([{ type: 'endpointgroup', value: EndpointGroupId }]);
  return {
    Order,
    RuleActionType,
    ...(form === 'old' ? {} : { RuleActionValue: textOf(written, context) }),
    ...(form === 'new' ? {} : { ForwardGroupConfig: { ServerGroupTuples: [{ EndpointGroupId }] } }),
  };
}

function formOf(sent: Form, context: Context): Form {
  const form = context.setting(ruleForm);
  return form === 'asSent' ? sent : form;
}

function textOf(text: string, context: Context): string {
  if (context.setting(ruleText) === 'verbatim' || text === '') return text;
  return JSON.stringify(JSON.parse(text));
}
