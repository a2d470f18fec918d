// The dependents that prevent the deletion of an endpoint group: the virtual groups of a default one, the rules that
// forward to a virtual one. Neither is documented, and a switch allows each deletion.
import type { Context } from '../shared/cloud.ts';
import { gaError } from './errors.ts';
import type { EndpointGroup } from './model.ts';
import { groupIdOf } from './rule-actions.ts';
import { groupsOf, rulesOf, type State } from './state.ts';
import { deleteDefaultFirst, deleteUsedGroup } from './switches.ts';

export function refuseDeletion(state: State, groups: EndpointGroup[], context: Context): void {
  for (const group of groups) {
    const others = groupsOf(state, group.ListenerId).filter(other => !groups.includes(other));
    const isOfAll = group.EndpointGroupType === 'default';
    const isLast = !others.some(({ EndpointGroupType }) => EndpointGroupType === 'default');
    const leavesVirtual = others.some(({ EndpointGroupType }) => EndpointGroupType === 'virtual');
    if (isOfAll && isLast && leavesVirtual && context.setting(deleteDefaultFirst) === 'refuse') {
      throw gaError('Exist.VirtualEndpointGroup', `${group.ListenerId} still has virtual endpoint groups`);
    }
    if (ruleIdsOf(state, group).length > 0 && context.setting(deleteUsedGroup) === 'refuse') {
      throw gaError('Exist.ForwardingRule', `A forwarding rule names ${group.EndpointGroupId}`);
    }
  }
}

/** The rules that forward to the group. */
export function ruleIdsOf(state: State, { ListenerId, EndpointGroupId }: EndpointGroup): string[] {
  return rulesOf(state, ListenerId)
    .filter(({ RuleActions }) => RuleActions.some(action => groupIdOf(action) === EndpointGroupId))
    .map(({ ForwardingRuleId }) => ForwardingRuleId);
}
