// Endpoint groups: a listener's endpoints in a region, one default group in each, and virtual groups that forwarding
// rules choose. Every change of one makes its listener busy too.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy, startChange } from './changes.ts';
import { gaError } from './errors.ts';
import { configuredGroup } from './group-answers.ts';
import { refuseDeletion } from './group-deletion.ts';
import { makeRole } from './group-endpoints.ts';
import type {
  CreateEndpointGroup,
  DeleteEndpointGroup,
  UpdateEndpointGroup,
  UpdateEndpointGroupAttribute,
} from './group-requests.ts';
import { newGroup, updatedGroup } from './group-rules.ts';
import { descriptionOf, nameOf } from './listener-settings.ts';
import { refuseWithoutPlan } from './listeners.ts';
import type { EndpointGroup, Phase } from './model.ts';
import { findAccelerator, findGroup, findListener, type State } from './state.ts';
import { dryRunPass } from './switches.ts';

export function createEndpointGroup(state: State, request: CreateEndpointGroup, context: Context): Done {
  const accelerator = findAccelerator(state, request.AcceleratorId);
  const listener = findListener(state, request.ListenerId, request.AcceleratorId);
  refuseWhileBusy({ accelerator, listener, createsGroup: true }, context);
  refuseWithoutPlan(accelerator);
  const group = newGroup(state, request, { accelerator, listener }, context);
  if (request.DryRun) return dryRun(context);

  addGroups(state, [group], context);
  return { answer: { EndpointGroupId: group.EndpointGroupId }, changed: true };
}

/** The request must repeat the region, and cannot change it. */
export function updateEndpointGroup(state: State, request: UpdateEndpointGroup, context: Context): Done {
  const group = changeable(state, request.EndpointGroupId, undefined, context);
  return changeGroups(state, [updatedGroup(state, group, request, context)], context);
}

export function updateEndpointGroupAttribute(
  state: State,
  request: UpdateEndpointGroupAttribute,
  context: Context,
): Done {
  const group = changeable(state, request.EndpointGroupId, undefined, context);
  const Name = nameOf(request.Name, context) ?? group.Name;
  const Description = descriptionOf(request.Description) ?? group.Description;
  return changeGroups(state, [{ ...group, Name, Description }], context);
}

export function deleteEndpointGroup(state: State, request: DeleteEndpointGroup, context: Context): Done {
  const group = changeable(state, request.EndpointGroupId, request.AcceleratorId, context);
  refuseDeletion(state, [group], context);
  removeGroups(state, [group], context);
  return { answer: {}, changed: true };
}

/** The instance, its listener or the group itself can be busy; a switch selects whose error code is returned. */
export function changeable(
  state: State,
  id: string,
  acceleratorId: string | undefined,
  context: Context,
): EndpointGroup {
  const group = findGroup(state, id, acceleratorId);
  const accelerator = findAccelerator(state, group.AcceleratorId);
  const listener = findListener(state, group.ListenerId);
  const resource = { phase: group.phase, code: 'StateError.EndPointGroup' as const };
  refuseWhileBusy({ accelerator, listener, resource }, context);
  return group;
}

export function dryRun(context: Context): Done {
  if (context.setting(dryRunPass) === 'answer') return { answer: {}, changed: false };
  throw gaError('DryRunOperation', 'Request validation has been passed with DryRun flag set.');
}

export function addGroups(state: State, groups: EndpointGroup[], context: Context): void {
  for (const group of groups) makeRole(state, group.EndpointConfigurations);
  state.groups.push(...groups);
  enterPhase(state, groups, 'create', context);
}

export function changeGroups(state: State, changed: EndpointGroup[], context: Context): Done {
  const before = changed.map(({ EndpointGroupId }) => findGroup(state, EndpointGroupId));
  const isChanged = changed.map(configuredGroup).join() !== before.map(configuredGroup).join();
  for (const group of changed) makeRole(state, group.EndpointConfigurations);
  state.groups = state.groups.map(
    group => changed.find(({ EndpointGroupId }) => EndpointGroupId === group.EndpointGroupId) ?? group,
  );
  enterPhase(state, changed, 'update', context);
  return { answer: {}, changed: isChanged };
}

export function removeGroups(state: State, groups: EndpointGroup[], context: Context): void {
  enterPhase(state, groups, 'delete', context);
}

function enterPhase(state: State, groups: EndpointGroup[], kind: Phase['kind'], context: Context): void {
  const [first] = groups;
  if (!first) return;
  const accelerator = findAccelerator(state, first.AcceleratorId);
  const listener = findListener(state, first.ListenerId);
  const settling = startChange(accelerator, { listener }, context);
  for (const group of groups) group.phase = { kind, settling };
}
