// The members of a forwarding rule of Alibaba Cloud Global Accelerator.
import type { MemberTable } from '../member-table.ts';

export const FORWARDING_RULE = {
  /** Another name is another rule. */
  name: { wire: 'ForwardingRuleName', naturalKey: true },
  priority: { wire: 'Priority' },
  ruleConditions: { wire: 'RuleConditions', compare: 'unordered' },
  ruleActions: { wire: 'RuleActions' },
  /** Of the virtual group that an action names, once that is made. */
  endpointGroupId: { carriedBy: 'ruleActions' },
} as const satisfies MemberTable;
