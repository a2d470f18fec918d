// The members of a forwarding rule of Alibaba Cloud Global Accelerator, of its conditions and of its actions.
import type { MemberTable } from '../member-table.ts';

export const MAX_RULE_CONDITIONS = 20;
export const MAX_RULE_ACTIONS = 10;

export const RULE_CONDITION = {
  type: { wire: 'RuleConditionType' },
  values: { wire: 'RuleConditionValue' },
} as const satisfies MemberTable;

/** The values of one header, parameter or cookie: on the wire, an object with the key as its only name. */
export const KEYED_VALUES = {
  key: { carriedBy: 'values' },
  values: { carriedBy: 'key' },
} as const satisfies MemberTable;

/** Of every type; the other members are those of RULE_ACTIONS, together in one value. */
export const RULE_ACTION = { type: { wire: 'RuleActionType' } } as const satisfies MemberTable;

const HEADER = {
  name: { wire: 'name' },
  type: { wire: 'type' },
  value: { wire: 'value' },
} as const satisfies MemberTable;

/** By type, as in the JSON of an action's value. The unchanged parts of a redirect are sent, too. */
export const RULE_ACTIONS = {
  ForwardGroup: { endpointGroup: { carriedBy: 'endpointGroupId' } },
  Redirect: {
    protocol: { wire: 'protocol', default: `\${protocol}` },
    domain: { wire: 'domain', default: `\${host}` },
    port: { wire: 'port', default: `\${port}` },
    path: { wire: 'path', default: `\${path}` },
    query: { wire: 'query', default: `\${query}` },
    code: { wire: 'code' },
  },
  FixResponse: {
    code: { wire: 'code' },
    contentType: { wire: 'type' },
    content: { wire: 'content' },
  },
  Rewrite: { domain: { wire: 'domain' }, path: { wire: 'path' }, query: { wire: 'query' } },
  AddHeader: { headers: { wire: 'headers', items: HEADER } },
  RemoveHeader: { headers: { wire: 'headers' } },
  Drop: {},
} as const satisfies Record<string, MemberTable>;

export const FORWARDING_RULE = {
  /** Another name means another rule. */
  name: { wire: 'ForwardingRuleName', naturalKey: true },
  priority: { wire: 'Priority' },
  ruleConditions: { wire: 'RuleConditions', compare: 'unordered' },
  ruleActions: { wire: 'RuleActions' },
  /** The virtual group of an action; known once the group is created. */
  endpointGroupId: { carriedBy: 'ruleActions' },
} as const satisfies MemberTable;
