// A forwarding rule of Alibaba Cloud Global Accelerator in a request, with every member of CreateForwardingRules. Its actions
// apply to requests that match all of its conditions. A rule refers to a virtual endpoint group by name.
import * as z from 'zod';
import { lenient, listOf, wholeNumber } from '../../json/members.ts';
import { objectByTable } from '../member-schema.ts';
import { FORWARDING_RULE, MAX_RULE_ACTIONS, MAX_RULE_CONDITIONS } from './forwarding-rule-members.ts';
import type { RuleToCheck } from './forwarding-rule-rules.ts';
import { alicloudName } from './listener.ts';
import { actionSpec } from './rule-actions.ts';
import { conditionSpec } from './rule-conditions.ts';

export type AlicloudForwardingRuleSpec = z.output<typeof alicloudForwardingRuleSpec>;

export const alicloudForwardingRuleSpec = objectByTable('a forwarding rule', FORWARDING_RULE, {
  name: alicloudName('a forwarding rule').meta({
    description: 'The name of the rule, its key: unique in the request.',
  }),
  priority: wholeNumber(1, 10_000).meta({
    description:
      'The priority of the rule: rules with smaller numbers are evaluated first. Unique in the request.',
  }),
  ruleConditions: listOf(conditionSpec, { from: 1, to: MAX_RULE_CONDITIONS, called: 'conditions' }).meta({
    description: 'The conditions, all of which must match. Every instance supports `Host` and `Path`.',
  }),
  ruleActions: listOf(actionSpec, { from: 1, to: MAX_RULE_ACTIONS, called: 'actions' }).meta({
    description: 'The actions, in order. The last one forwards, redirects, responds or drops.',
  }),
}).meta({ id: 'ForwardingRule' });

/** The input of the rules: an invalid part is undefined. */
export const lenientRules = lenient(
  z.array(
    lenient(
      z.object({
        name: lenient(alicloudName('a forwarding rule')),
        priority: lenient(wholeNumber(1, 10_000)),
        ruleConditions: lenient(
          z.array(lenient(z.object({ type: lenient(z.string()), values: lenient(z.array(z.unknown())) }))),
        ),
        ruleActions: lenient(
          z.array(
            lenient(
              z.object({
                type: lenient(z.string()),
                endpointGroup: lenient(z.string()),
                protocol: lenient(z.unknown()),
                domain: lenient(z.unknown()),
                port: lenient(z.unknown()),
                path: lenient(z.unknown()),
                query: lenient(z.unknown()),
                headers: lenient(z.array(z.unknown())),
              }),
            ),
          ),
        ),
      }),
    ),
  ),
) satisfies z.ZodType<(RuleToCheck | undefined)[] | undefined>;
