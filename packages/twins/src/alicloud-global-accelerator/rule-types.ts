// What a forwarding rule can look at, and what it can do; which of them there are, the limits say.

export const conditionTypes = [
  'Host',
  'Path',
  'RequestHeader',
  'Query',
  'Method',
  'Cookie',
  'SourceIP',
] as const;

export const actionTypes = [
  'ForwardGroup',
  'Redirect',
  'FixResponse',
  'Rewrite',
  'AddHeader',
  'RemoveHeader',
  'Drop',
] as const;

export type ConditionType = (typeof conditionTypes)[number];
export type ActionType = (typeof actionTypes)[number];
