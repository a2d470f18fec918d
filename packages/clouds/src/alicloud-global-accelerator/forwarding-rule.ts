// A forwarding rule of an Alibaba Cloud listener: it routes matching requests to a virtual endpoint group. Created at once,
// active about a minute later. Natural key: its name on its listener. There is no Describe call: a rule is read from the list,
// which returns StateError.Accelerator while the instance is busy.
//   StateError.ForwardingRule, StateError.Accelerator, NotActive.Listener   another change is in progress
//   SystemBusy   busy, or a malformed value: the documented form differs from the accepted one
// Values are JSON texts. An update replaces the whole rule.
import type { Resource } from '@gatehouse/core/ports/resource';
import { FORWARDING_RULE } from '@gatehouse/core/request/alicloud/forwarding-rule-members';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import * as z from 'zod';
import { orAbsent } from '../cloud-call.ts';
import type { GaClient } from './client.ts';
import { listenerState } from './listener-state.ts';
import { ordered, type Rule, type RuleAnswer, ruleAnswer, ruleOf, wireRule } from './rules.ts';
import { continued, done, eachChange, type Observed, readyOf, unlessGone, unlessTaken } from './shape.ts';

/** Its listener and its target group are known once they are created. */
export type DesiredRule = DesiredByKind['forwardingRule'] & {
  listenerId?: string;
  endpointGroupId?: string;
};
export type ObservedRule = Observed<Rule>;

const compared = comparedBy<typeof FORWARDING_RULE, Rule, ObservedRule>(
  FORWARDING_RULE,
  ({ spec }) => ordered(spec),
  {},
);

const madeRules = z.object({ ForwardingRules: z.array(z.object({ ForwardingRuleId: z.string() })).min(1) });

export function forwardingRuleResource(client: GaClient): Resource<DesiredRule, ObservedRule> {
  const on = ({ acceleratorId, listenerId }: DesiredRule) => ({
    AcceleratorId: acceleratorId,
    ListenerId: listenerId,
  });

  return {
    kind: 'forwardingRule',
    settles: eachChange,
    ...compared,

    async read(desired, id) {
      const { acceleratorId, listenerId, name } = desired;
      if (listenerId === undefined) return undefined;
      const listed = (await orAbsent(allRules(client, acceleratorId, listenerId))) ?? [];
      const found = listed.find(rule =>
        id === undefined ? rule.ForwardingRuleName === name : rule.ForwardingRuleId === id,
      );
      if (!found) return undefined;
      const around = [await listenerState(client, listenerId), await client.state(acceleratorId)];
      return {
        id: found.ForwardingRuleId,
        states: [found.ForwardingRuleStatus, ...around],
        spec: ruleOf(found),
      };
    },

    idOf: ({ id }) => id,

    async create(desired, token) {
      const rule = wireRule(desired);
      const parameters = { ...on(desired), ForwardingRules: [rule], ClientToken: token };
      const { ForwardingRules } = await unlessTaken(
        client.call('CreateForwardingRules', parameters, madeRules),
        () => isListed(client, desired, undefined),
      );
      const [made] = ForwardingRules;
      return { id: made?.ForwardingRuleId ?? '', states: ['configuring'], spec: ruleOf(rule) };
    },

    /** A spec has the same members. */
    image: ({ spec }) => ({ ...spec }),

    drift: (desired, rule) => compared.drift(comparable(desired), rule),

    reverted: (desired, before, rule) => ({
      ...desired,
      ...(compared.reverted(comparable(desired), before, rule) as Partial<DesiredRule>),
    }),

    async update(desired, { id }) {
      const rule = wireRule(desired);
      const parameters = { ...on(desired), ForwardingRules: [{ ...rule, ForwardingRuleId: id }] };
      await client.call('UpdateForwardingRules', parameters, done);
      return { id, states: ['configuring'], spec: ruleOf(rule) };
    },

    async remove(id, desired) {
      const parameters = { ...on(desired), ForwardingRuleIds: [id] };
      await unlessGone(
        orAbsent(client.call('DeleteForwardingRules', parameters, done)),
        async () => !(await isListed(client, desired, id)),
      );
    },

    ready: readyOf,
  };
}

/** In the form of a read. */
function comparable(desired: DesiredRule): Rule {
  return ordered(ruleOf(wireRule(desired)));
}

export function allRules(client: GaClient, acceleratorId: string, listenerId: string): Promise<RuleAnswer[]> {
  return continued(client, {
    operation: 'ListForwardingRules',
    parameters: { AcceleratorId: acceleratorId, ListenerId: listenerId },
    member: 'ForwardingRules',
    item: ruleAnswer,
  });
}

/** By its id, or by its name. */
async function isListed(client: GaClient, desired: DesiredRule, id: string | undefined) {
  const { acceleratorId, listenerId, name } = desired;
  if (listenerId === undefined) return false;
  const listed = (await orAbsent(allRules(client, acceleratorId, listenerId))) ?? [];
  return listed.some(rule =>
    id === undefined ? rule.ForwardingRuleName === name : rule.ForwardingRuleId === id,
  );
}
