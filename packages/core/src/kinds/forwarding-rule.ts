// A forwarding rule of an Alibaba Cloud HTTP or HTTPS listener. Each priority of a listener has one rule: the cloud refuses rules
// that swap priorities, and a rule that gets the priority of a dropped rule. So a rule whose priority another rule gets is first
// moved to a free priority.

import { type Owned, resolved } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { AlicloudForwardingRuleSpec } from '../request/alicloud/forwarding-rule.ts';
import { MAX_RULE_ACTIONS, MAX_RULE_CONDITIONS } from '../request/alicloud/forwarding-rule-members.ts';
import { virtualGroupStep } from './alicloud-endpoint-group.ts';
import { instanceOf, isHttp, USUAL_CHANGE_SECONDS } from './alicloud-listener.ts';
import { collectionOf, valuesOf } from './collections.ts';
import { type Beforehand, type ParentUpdate, preparationId } from './decision.ts';
import type { Observation } from './observation.ts';
import { protocolChangeOf, removedBefore } from './protocol-change.ts';
import type { KindTraits } from './traits.ts';
import { LISTENER, wanted } from './wanted.ts';

export const forwardingRule: KindTraits<'forwardingRule'> = {
  cloud: 'alicloud',
  part: 'forwardingRules',
  steps: ({ listener, forwardingRules }) => (listener ? stepsOf(forwardingRules, listener) : []),
  // Rules forward to groups of the same request; a redirect sends clients away without using anything.
  uses: () => [],
  parents: { listenerId: 'alicloudListener' },
  references: { endpointGroupId: 'alicloudEndpointGroup' },
  lane: instanceOf,
  oneAtATime: true,
  replacement: 'in place',
  countsIn: ({ acceleratorId, ...rule }) => ({
    [collectionOf.rules(acceleratorId)]: 1,
    [collectionOf.conditionValues(acceleratorId)]: valuesOf([rule]),
  }),
  beforeParentUpdate,
  makeRoom: (wanted, inventory, observations) => {
    const existing = existingRules(wanted, inventory, observations);
    const takers = new Map(wanted.map(({ id, desired }) => [desired.priority, id]));
    const taken = new Set([...takers.keys(), ...existing.map(({ priority }) => priority)]);
    const isInTheWay = ({ rule, priority }: Existing) => (takers.get(priority) ?? rule.step) !== rule.step;
    return existing.filter(isInTheWay).map(({ rule, priority }) => {
      const free = lastFree(taken);
      taken.add(free);
      const reason = `${takers.get(priority)} gets its priority`;
      return moved(rule, { from: priority, to: free, desired: resolved(rule, inventory), reason });
    });
  },
  bounds: { ruleConditions: MAX_RULE_CONDITIONS, ruleActions: MAX_RULE_ACTIONS },
  usualSeconds: USUAL_CHANGE_SECONDS,
};

/** No document says that a rule of HTTP can stay without it. */
function beforeParentUpdate(update: ParentUpdate): Beforehand {
  const { from, to } = protocolChangeOf(update) ?? {};
  if (!isHttp(from) || isHttp(to)) return {};
  const reason = `the listener cannot change from ${from} to ${to} with it`;
  return removedBefore(update.dependents, update, { from, reason });
}

interface Existing {
  rule: Owned<'forwardingRule'>;
  priority: number;
}

/** A wanted rule that was not observed does not exist. Dropped rules were not read. */
function existingRules(
  wanted: readonly Step[],
  inventory: readonly Owned[],
  observations: ReadonlyMap<string, Observation>,
): Existing[] {
  const rules = inventory.filter(each => each.kind === 'forwardingRule');
  return rules.flatMap(rule => {
    const observed = observations.get(rule.step);
    if (!observed && wanted.some(({ id }) => id === rule.step)) return [];
    return [{ rule, priority: Number((observed?.snapshot ?? rule.desired)['priority']) }];
  });
}

const LAST_PRIORITY = 10_000;

/** A free priority after all others. */
function lastFree(taken: ReadonlySet<number>): number {
  let free = LAST_PRIORITY;
  while (taken.has(free)) free--;
  return free;
}

function moved(
  rule: Owned<'forwardingRule'>,
  {
    from,
    to,
    desired,
    reason,
  }: Pick<Step<'forwardingRule'>, 'desired'> & { from: number; to: number; reason: string },
): Step<'forwardingRule'> {
  return {
    id: preparationId(rule.step),
    kind: rule.kind,
    act: 'update',
    title: `priority of ${rule.title}`,
    mayBeGone: true,
    desired: { ...desired, priority: to },
    needs: {},
    existingId: rule.id,
    of: rule.step,
    changes: [{ member: 'priority', from, to }],
    reason,
  };
}

function stepsOf(
  rules: readonly AlicloudForwardingRuleSpec[],
  { acceleratorId }: { acceleratorId: string },
): Step<'forwardingRule'>[] {
  return rules.map((rule, index) => {
    const forward = rule.ruleActions.find(action => action.type === 'ForwardGroup');
    const group: Record<string, string> = forward
      ? { endpointGroupId: virtualGroupStep(forward.endpointGroup) }
      : {};
    return wanted('forwardingRule', {
      id: `forwarding-rule-${rule.name}`,
      title: `forwarding rule ${rule.name}`,
      desired: { ...rule, acceleratorId },
      part: `/forwardingRules/${index}`,
      needs: { listenerId: LISTENER, ...group },
    });
  });
}
