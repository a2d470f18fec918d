// The types of conditions and actions of a forwarding rule; the limits select those that exist.

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
