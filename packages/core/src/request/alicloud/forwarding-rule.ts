// A forwarding rule of Alibaba Cloud Global Accelerator in a request, with every member of CreateForwardingRules: which
// requests (all its conditions hold) go where. A rule forwards to a virtual endpoint group, known by its name.
import * as z from 'zod';
import { listOf, readable, wholeNumber } from '../../json/members.ts';
import { objectByTable } from '../member-schema.ts';
import { FORWARDING_RULE, MAX_RULE_ACTIONS, MAX_RULE_CONDITIONS } from './forwarding-rule-members.ts';
import type { RuleToCheck } from './forwarding-rule-rules.ts';
import { alicloudName } from './listener.ts';
import { actionSpec } from './rule-actions.ts';
import { conditionSpec } from './rule-conditions.ts';

export type AlicloudForwardingRuleSpec = z.output<typeof alicloudForwardingRuleSpec>;

export const alicloudForwardingRuleSpec = objectByTable('a forwarding rule', FORWARDING_RULE, {
  name: alicloudName('a forwarding rule').meta({
    description: 'The name of the rule, which it is found by: unique in the request.',
  }),
  priority: wholeNumber(1, 10_000).meta({
    description: 'The rule with the smallest number comes first. Unique in the request.',
  }),
  ruleConditions: listOf(conditionSpec, { from: 1, to: MAX_RULE_CONDITIONS, called: 'conditions' }).meta({
    description: 'All of them have to hold. Those for a domain and a path are known to every instance.',
  }),
  ruleActions: listOf(actionSpec, { from: 1, to: MAX_RULE_ACTIONS, called: 'actions' }).meta({
    description: 'In this order. The last one forwards, redirects, answers or drops.',
  }),
});

/** What the rules look at, as far as it can be read: a part that its schema refuses is undefined. */
export const readableRules = readable(
  z.array(
    readable(
      z.object({
        name: readable(alicloudName('a forwarding rule')),
        priority: readable(wholeNumber(1, 10_000)),
        ruleConditions: readable(
          z.array(readable(z.object({ type: readable(z.string()), values: readable(z.array(z.unknown())) }))),
        ),
        ruleActions: readable(
          z.array(
            readable(
              z.object({
                type: readable(z.string()),
                endpointGroup: readable(z.string()),
                protocol: readable(z.unknown()),
                domain: readable(z.unknown()),
                port: readable(z.unknown()),
                path: readable(z.unknown()),
                query: readable(z.unknown()),
                headers: readable(z.array(z.unknown())),
              }),
            ),
          ),
        ),
      }),
    ),
  ),
) satisfies z.ZodType<(RuleToCheck | undefined)[] | undefined>;
