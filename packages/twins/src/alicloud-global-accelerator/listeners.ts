// Listeners: ports of an instance under one protocol. Every change of one is answered immediately and settles later; a
// listener is `deleting` until it is gone.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy, startChange } from './changes.ts';
import { gaError, illegal, missing } from './errors.ts';
import { makeRole } from './group-endpoints.ts';
import { alone, newGroup } from './group-rules.ts';
import { limitsOf, mostGroupsAtOnce } from './limits.ts';
import { refuseForItsGroups } from './listener-changes.ts';
import { refuseBackendPorts, refusePorts } from './listener-ports.ts';
import { settingsOf } from './listener-settings.ts';
import type { Accelerator, EndpointGroup, Listener } from './model.ts';
import type { CreateListener, DeleteListener, UpdateListener } from './requests.ts';
import {
  certificatesOf,
  findAccelerator,
  findListener,
  groupsOf,
  listenersOf,
  rulesOf,
  type State,
} from './state.ts';
import {
  certificatesWithoutHttps,
  changeSeconds,
  deleteWithCertificates,
  firstChangeSeconds,
  managedChange,
} from './switches.ts';

/**
 * The listener and the endpoint groups in its request are created together or not at all; a partial result is
 * undocumented.
 */
export function createListener(state: State, request: CreateListener, context: Context): Done {
  const accelerator = findAccelerator(state, request.AcceleratorId);
  refuseWhileBusy({ accelerator }, context);
  refuseWithoutPlan(accelerator);
  refuseManaged(accelerator, context);
  const others = listenersOf(state, accelerator.AcceleratorId);
  if (others.length >= limitsOf(context).listenersPerAccelerator) {
    throw gaError('QuotaExceeded.Listener', 'The instance has its maximum number of listeners');
  }
  const { PortRanges, Type = 'Standard' } = request;
  const settings = settingsOf(request, undefined, context);
  refusePorts({ ...settings, PortRanges }, others, context);

  const seconds = context.setting(others.length === 0 ? firstChangeSeconds : changeSeconds);
  const listener: Listener = {
    ...settings,
    ListenerId: `lsr-bp1${context.hex(18)}`,
    AcceleratorId: accelerator.AcceleratorId,
    PortRanges,
    BackendPorts: [],
    Type,
    createdAt: context.now,
    phase: { kind: 'create', settling: accelerator.change },
  };
  const groups: EndpointGroup[] = [];
  if (request.EndpointGroupConfigurations && request.EndpointGroupConfigurations.length > mostGroupsAtOnce) {
    throw illegal('EndpointGroupConfigurations', `have at most ${mostGroupsAtOnce} members`);
  }
  for (const requested of request.EndpointGroupConfigurations ?? []) {
    groups.push(newGroup(state, alone(requested), { accelerator, listener, siblings: groups }, context));
  }
  state.listeners.push(listener);
  state.groups.push(...groups);
  const settling = startChange(accelerator, { seconds }, context);
  for (const made of [listener, ...groups]) made.phase = { kind: 'create', settling };
  for (const { EndpointConfigurations } of groups) makeRole(state, EndpointConfigurations);
  return { answer: { ListenerId: listener.ListenerId }, changed: true };
}

export function updateListener(state: State, request: UpdateListener, context: Context): Done {
  const listener = findListener(state, request.ListenerId);
  const accelerator = findAccelerator(state, listener.AcceleratorId);
  refuseWhileBusy({ accelerator, listener }, context);
  if (!request.PortRanges && limitsOf(context).updateNeedsPorts) throw missing('PortRanges');
  const { PortRanges = listener.PortRanges } = request;
  const settings = settingsOf(request, listener, context);
  const keptBackend = settings.Protocol === listener.Protocol ? listener.BackendPorts : [];
  const { BackendPorts = keptBackend } = request;
  refuseBackendPorts(BackendPorts, settings);
  const others = listenersOf(state, listener.AcceleratorId).filter(other => other !== listener);
  refusePorts({ ...settings, PortRanges }, others, context);
  refuseForItsGroups(groupsOf(state, listener.ListenerId), listener, { ...settings, PortRanges });

  const additional = certificatesOf(state, listener.ListenerId);
  const leavesHttps = settings.Protocol !== 'HTTPS' && additional.length > 0;
  const left = context.setting(certificatesWithoutHttps);
  if (leavesHttps && left === 'refuse') throw illegal('Protocol', 'stay HTTPS with additional certificates');

  const before = configured(listener);
  // The members that the new protocol does not support are dropped.
  for (const name of ['SecurityPolicyId', 'HttpVersion', 'RequestTimeout', 'XForwardedForConfig'] as const) {
    delete listener[name];
  }
  Object.assign(listener, settings, { PortRanges, BackendPorts });
  if (leavesHttps && left === 'drop') {
    state.certificates = state.certificates.filter(each => !additional.includes(each));
  }
  listener.phase = { kind: 'update', settling: startChange(accelerator, {}, context) };
  return { answer: {}, changed: configured(listener) !== before };
}

export function deleteListener(state: State, request: DeleteListener, context: Context): Done {
  const listener = findListener(state, request.ListenerId, request.AcceleratorId);
  const accelerator = findAccelerator(state, listener.AcceleratorId);
  refuseWhileBusy({ accelerator, listener }, context);
  if (rulesOf(state, listener.ListenerId).length > 0) {
    throw gaError('Exist.ForwardingRule', `${listener.ListenerId} still has forwarding rules`);
  }
  if (groupsOf(state, listener.ListenerId).length > 0) {
    throw gaError('Exist.EndpointGroup', `${listener.ListenerId} still has endpoint groups`);
  }
  const additional = certificatesOf(state, listener.ListenerId);
  if (additional.length > 0 && context.setting(deleteWithCertificates) === 'refuse') {
    throw gaError('Exist.AdditionalCertificate', `${listener.ListenerId} has additional certificates`);
  }
  listener.phase = { kind: 'delete', settling: startChange(accelerator, {}, context) };
  return { answer: {}, changed: true };
}

function refuseManaged({ AcceleratorId, ServiceManagedInfos = [] }: Accelerator, context: Context): void {
  const isManaged = ServiceManagedInfos.some(
    ({ Action, ChildType, IsManaged }) => Action === 'CreateChild' && ChildType === 'Listener' && IsManaged,
  );
  if (isManaged && context.setting(managedChange) === 'refuse') {
    throw gaError('NoPermission.ServiceManaged', `Another product manages the listeners of ${AcceleratorId}`);
  }
}

/** A subscription instance serves nothing without its bandwidth plan. */
export function refuseWithoutPlan(accelerator: Accelerator): void {
  if (accelerator.BandwidthBillingType === 'BandwidthPackage' && !accelerator.BasicBandwidthPackage) {
    throw gaError('NotExist.BasicBandwidthPackage', `${accelerator.AcceleratorId} has no bandwidth plan`);
  }
}

function configured({ phase: _phase, ...listener }: Listener): string {
  return JSON.stringify(listener);
}
