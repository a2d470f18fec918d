// Listeners: ports of an instance under one protocol. Every change of one is answered at once and settles
// later; a listener is `deleting` until it is gone.
import type { Context } from '../cloud.ts';
import type { Done } from '../operation.ts';
import { refuseWhileBusy, startChange, stateOf } from './changes.ts';
import { gaError, missing } from './errors.ts';
import { limitsOf } from './limits.ts';
import { refuseForItsGroups } from './listener-changes.ts';
import { refusePorts } from './listener-ports.ts';
import { settingsOf } from './listener-settings.ts';
import { numberedPage } from './pages.ts';
import type { CreateListener, DeleteListener, ListListeners, UpdateListener } from './requests.ts';
import {
  type Accelerator,
  certificatesOf,
  describedListener,
  findAccelerator,
  findListener,
  groupsOf,
  type Listener,
  listenersOf,
  rulesOf,
  type State,
} from './state.ts';
import {
  changeSeconds,
  deleteWithCertificates,
  describedCertificates,
  firstChangeSeconds,
  memberOrder,
} from './switches.ts';

export function createListener(state: State, request: CreateListener, context: Context): Done {
  const accelerator = findAccelerator(state, request.AcceleratorId);
  refuseWhileBusy({ accelerator }, context);
  refuseWithoutPlan(accelerator);
  const others = listenersOf(state, accelerator.AcceleratorId);
  if (others.length >= limitsOf(context).listenersPerAccelerator) {
    throw gaError('QuotaExceeded.Listener', 'The instance has as many listeners as it may have');
  }
  const { PortRanges, Type = 'Standard' } = request;
  const settings = settingsOf(request, undefined, context);
  refusePorts({ ...settings, PortRanges }, others, context);

  const ListenerId = `lsr-bp1${context.hex(18)}`;
  const seconds = context.setting(others.length === 0 ? firstChangeSeconds : changeSeconds);
  const enter = (phase: Listener['phase']) =>
    state.listeners.push({
      ...settings,
      ListenerId,
      AcceleratorId: accelerator.AcceleratorId,
      PortRanges,
      BackendPorts: [],
      Type,
      createdAt: context.now,
      phase,
    });
  const phases = [(settling: Listener['phase']['settling']) => void enter({ kind: 'create', settling })];
  startChange(accelerator, { phases, seconds }, context);
  return { answer: { ListenerId }, changed: true };
}

export function updateListener(state: State, request: UpdateListener, context: Context): Done {
  const listener = findListener(state, request.ListenerId);
  const accelerator = findAccelerator(state, listener.AcceleratorId);
  refuseWhileBusy({ accelerator, listener }, context);
  if (!request.PortRanges && limitsOf(context).updateNeedsPorts) throw missing('PortRanges');
  const { PortRanges = listener.PortRanges, BackendPorts = listener.BackendPorts } = request;
  const settings = settingsOf(request, listener, context);
  const others = listenersOf(state, listener.AcceleratorId).filter(other => other !== listener);
  refusePorts({ ...settings, PortRanges }, others, context);
  refuseForItsGroups(groupsOf(state, listener.ListenerId), listener, { ...settings, PortRanges });

  const before = configured(listener);
  // What the new protocol does not have goes with the old one.
  for (const name of ['SecurityPolicyId', 'HttpVersion', 'RequestTimeout', 'XForwardedForConfig'] as const) {
    delete listener[name];
  }
  Object.assign(listener, settings, { PortRanges, BackendPorts });
  if (listener.Protocol !== 'HTTPS') {
    state.certificates = state.certificates.filter(({ ListenerId }) => ListenerId !== listener.ListenerId);
  }
  enterPhase(accelerator, listener, 'update', context);
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
  enterPhase(accelerator, listener, 'delete', context);
  return { answer: {}, changed: true };
}

/** A time is text here and a number in the list; an old member's ports are text in both. */
export function describeListener(state: State, request: { ListenerId: string }, context: Context): Done {
  const listener = describedListener(state, request.ListenerId, context);
  return {
    answer: { ...shown(state, listener, context), CreateTime: String(listener.createdAt) },
    changed: false,
  };
}

export function listListeners(state: State, request: ListListeners, context: Context): Done {
  const { AcceleratorId } = findAccelerator(state, request.AcceleratorId);
  const all = listenersOf(state, AcceleratorId).filter(
    ({ Protocol }) => (request.Protocol ?? Protocol) === Protocol,
  );
  const { items, ...page } = numberedPage(all, request, context);
  const Listeners = items.map(listener => ({
    ...shown(state, listener, context),
    CreateTime: listener.createdAt,
  }));
  return { answer: { Listeners, ...page }, changed: false };
}

/** A subscription instance serves nothing without its bandwidth plan. */
export function refuseWithoutPlan(accelerator: Accelerator): void {
  if (accelerator.BandwidthBillingType === 'BandwidthPackage' && !accelerator.BasicBandwidthPackage) {
    throw gaError('NotExist.BasicBandwidthPackage', `${accelerator.AcceleratorId} has no bandwidth plan`);
  }
}

function enterPhase(
  accelerator: Accelerator,
  listener: Listener,
  kind: 'update' | 'delete',
  context: Context,
): void {
  const enter = (settling: Listener['phase']['settling']) => {
    listener.phase = { kind, settling };
  };
  startChange(accelerator, { phases: [enter] }, context);
}

function shown(state: State, listener: Listener, context: Context) {
  const {
    createdAt: _createdAt,
    phase,
    Name,
    Description,
    BackendPorts,
    Certificates: own,
    ...api
  } = listener;
  const isAll = context.setting(describedCertificates) === 'all';
  const additional = isAll ? certificatesOf(state, listener.ListenerId) : [];
  const Certificates = [...own, ...additional.map(({ CertificateId }) => CertificateId)];
  const sorted = context.setting(memberOrder) === 'sorted';
  return {
    ...api,
    ...(Name === '' ? {} : { Name }),
    ...(Description === '' ? {} : { Description }),
    PortRanges: sorted
      ? listener.PortRanges.toSorted((a, b) => a.FromPort - b.FromPort)
      : listener.PortRanges,
    ...(BackendPorts.length === 0
      ? {}
      : {
          BackendPorts: BackendPorts.map(({ FromPort, ToPort }) => {
            return { FromPort: String(FromPort), ToPort: String(ToPort) };
          }),
        }),
    ...(Certificates.length === 0 ? {} : { Certificates: Certificates.map(Id => ({ Id, Type: 'Server' })) }),
    ClientAffinity: listener.ClientAffinity === 'NONE' ? limitsOf(context).affinityOff : 'SOURCE_IP',
    State: stateOf(phase, context),
  };
}

function configured({ phase: _phase, ...listener }: Listener): string {
  return JSON.stringify(listener);
}
