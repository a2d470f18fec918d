// How a call of Alibaba Cloud on the wire is assigned to a step, and a resource to Gatehouse.
import assert from 'node:assert/strict';
import type { Request } from '@gatehouse/core/request/request';

type Sent = Record<string, unknown>;

/** By what the call names; a removal by the step that had its id in the ledger. */
export function stepOnAlicloud(ids: ReadonlyMap<string, string>, sent: Sent): string {
  const [rule] = listOf(sent['ForwardingRules']);
  if (rule) return `forwarding-rule-${rule['ForwardingRuleName']}`;
  const [ruleId] = Array.isArray(sent['ForwardingRuleIds']) ? sent['ForwardingRuleIds'] : [];
  const known = ids.get(String(ruleId ?? sent['EndpointGroupId']));
  if (known !== undefined) return known;
  const [certificate] = listOf(sent['Certificates']);
  const [domain] = Array.isArray(sent['Domains']) ? sent['Domains'] : [];
  if (certificate?.['Domain'] ?? domain ?? sent['Domain'])
    return `certificate-${certificate?.['Domain'] ?? domain ?? sent['Domain']}`;
  if (sent['EndpointGroupType'] === 'virtual') return `virtual-group-${sent['Name']}`;
  if (sent['EndpointGroupRegion'] !== undefined) return `endpoint-group-${sent['EndpointGroupRegion']}`;
  return 'listener';
}

/** Whatever is changed has an id that stood in our ledger, or hangs on a listener that did. */
export function onlyOursOnAlicloud(
  operation: string,
  sent: Sent,
  { ours, request }: { ours: ReadonlySet<unknown>; request: Request },
): void {
  assert.ok(request.cloud === 'alicloud', `${operation} was asked for`);
  if (operation === 'CreateListener') {
    assert.equal(sent['AcceleratorId'], request.listener?.acceleratorId);
    return;
  }
  const rules = Array.isArray(sent['ForwardingRuleIds']) ? sent['ForwardingRuleIds'] : [];
  const ids = rules.length > 0 ? rules : [sent['EndpointGroupId'] ?? sent['ListenerId']];
  for (const id of ids) assert.ok(ours.has(id), `${operation} ${JSON.stringify(sent)} is on what is ours`);
}

function listOf(value: unknown): Sent[] {
  return Array.isArray(value) ? value : [];
}
