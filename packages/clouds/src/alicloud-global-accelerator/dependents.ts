// The dependents that must be deleted before an endpoint group: the rules that forward to it, and, for the last default group
// of a listener, its virtual groups with their rules. They may be ours or foreign.
import type { GroupAnswer } from './endpoint-group-wire.ts';

export interface Dependent {
  id: string;
  kind: 'rule' | 'group';
}

/** `groups`: all groups of the listener. In the order in which they can be deleted. */
export function dependentsOf(
  { id, ruleIds }: { id: string; ruleIds: readonly string[] },
  groups: readonly GroupAnswer[],
): Dependent[] {
  const others = groups.filter(({ EndpointGroupId }) => EndpointGroupId !== id);
  const virtual = isLastDefault(id, groups) ? others.filter(isVirtual) : [];
  const rules = [...ruleIds, ...virtual.flatMap(({ ForwardingRuleIds }) => ForwardingRuleIds)];
  return [
    ...[...new Set(rules)].map((rule): Dependent => ({ id: rule, kind: 'rule' })),
    ...virtual.map(({ EndpointGroupId }): Dependent => ({ id: EndpointGroupId, kind: 'group' })),
  ];
}

function isLastDefault(id: string, groups: readonly GroupAnswer[]): boolean {
  const defaults = groups.filter(group => !isVirtual(group));
  return defaults.length === 1 && defaults[0]?.EndpointGroupId === id;
}

function isVirtual({ EndpointGroupType }: GroupAnswer): boolean {
  return EndpointGroupType === 'virtual';
}
