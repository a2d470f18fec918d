// Batches of endpoint groups: all of them or none, and one change of the instance.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy } from './changes.ts';
import { addGroups, changeable, changeGroups, dryRun, removeGroups } from './endpoint-groups.ts';
import { illegal, missing, notExist } from './errors.ts';
import { refuseDeletion } from './group-deletion.ts';
import type { CreateEndpointGroups, DeleteEndpointGroups, UpdateEndpointGroups } from './group-requests.ts';
import { alone, newGroup, updatedGroup } from './group-rules.ts';
import { limitsOf, mostGroupsAtOnce } from './limits.ts';
import { isHttp } from './listener-ports.ts';
import { refuseWithoutPlan } from './listeners.ts';
import type { EndpointGroup } from './model.ts';
import { findAccelerator, findListener, type State } from './state.ts';
import { batchOrder } from './switches.ts';

export function createEndpointGroups(state: State, request: CreateEndpointGroups, context: Context): Done {
  const accelerator = findAccelerator(state, request.AcceleratorId);
  const listener = findListener(state, request.ListenerId, request.AcceleratorId);
  refuseWhileBusy({ accelerator, listener, createsGroup: true }, context);
  refuseWithoutPlan(accelerator);
  const requested = batchOf(request, context);
  const types = new Set(requested.map(({ EndpointGroupType = 'default' }) => EndpointGroupType));
  if (types.size > 1) throw illegal('EndpointGroupType', 'be the same in one call');
  if (isHttp(listener.Protocol) && requested.length > 1) {
    throw illegal('EndpointGroupConfigurations', 'have one member for HTTP and HTTPS');
  }
  if (!isHttp(listener.Protocol) && types.has('virtual')) {
    throw illegal('EndpointGroupType', 'be default but for HTTP and HTTPS');
  }
  const groups: EndpointGroup[] = [];
  for (const each of requested) {
    const of = { accelerator, listener, siblings: groups };
    groups.push(newGroup(state, alone(each), of, context));
  }
  if (request.DryRun) return dryRun(context);

  addGroups(state, groups, context);
  return { answer: { EndpointGroupIds: idsOf(groups, context) }, changed: true };
}

export function updateEndpointGroups(state: State, request: UpdateEndpointGroups, context: Context): Done {
  const { ListenerId } = findListener(state, request.ListenerId);
  const changed = batchOf(request, context).map(each => {
    const group = changeable(state, each.EndpointGroupId, undefined, context);
    if (group.ListenerId !== ListenerId) throw notExist('EndPointGroup', each.EndpointGroupId);
    return updatedGroup(state, group, { ...alone(each), RegionId: request.RegionId }, context);
  });
  if (request.DryRun) return dryRun(context);

  const done = changeGroups(state, changed, context);
  return { ...done, answer: { EndpointGroupIds: idsOf(changed, context) } };
}

export function deleteEndpointGroups(state: State, request: DeleteEndpointGroups, context: Context): Done {
  const groups = request.EndpointGroupIds.map(id => changeable(state, id, undefined, context));
  if (new Set(groups.map(({ ListenerId }) => ListenerId)).size > 1) {
    throw illegal('EndpointGroupIds', 'be of one listener');
  }
  refuseDeletion(state, groups, context);
  if (request.DryRun) return dryRun(context);

  removeGroups(state, groups, context);
  return { answer: {}, changed: true };
}

/** Reads the batch under the member name of the selected limits. */
function batchOf<T>(
  request: { EndpointGroupConfigrations?: T[]; EndpointGroupConfigurations?: T[] },
  context: Context,
): T[] {
  const { batchMember } = limitsOf(context);
  const requested = request[batchMember];
  if (!requested || requested.length === 0) throw missing(batchMember);
  if (requested.length > mostGroupsAtOnce)
    throw illegal(batchMember, `have at most ${mostGroupsAtOnce} members`);
  return requested;
}

function idsOf(groups: EndpointGroup[], context: Context): string[] {
  const ids = groups.map(({ EndpointGroupId }) => EndpointGroupId);
  return context.setting(batchOrder) === 'reversed' ? ids.toReversed() : ids;
}
