// Listeners: ports of an accelerator. They have no name, no tags and no status; the accelerator settles after every
// change. A listener that still has endpoint groups cannot be deleted.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy, startSettling } from './accelerators.ts';
import { createUnderToken } from './creates.ts';
import { refuseProtocolFor } from './endpoints.ts';
import { cloudError, notFound } from './errors.ts';
import { type Page, pageOf } from './pages.ts';
import { refuseRangesAgainstOverrides } from './port-overrides.ts';
import { checkedPortRanges, refuseOverlap } from './port-ranges.ts';
import type { CreateListener, UpdateListener } from './requests.ts';
import {
  acceleratorArnOf,
  findAccelerator,
  findListener,
  groupsOf,
  type Listener,
  listenersOf,
  type State,
} from './state.ts';
import { listenersPerAccelerator, notFoundAfterCreateReads, updateOmittedMember } from './switches.ts';

export function createListener(state: State, request: CreateListener, context: Context): Done {
  return createUnderToken(state, { operation: 'CreateListener', request }, context, () => {
    const { AcceleratorArn, Protocol, ClientAffinity = 'NONE' } = request;
    findAccelerator(state, AcceleratorArn);
    refuseWhileBusy(state, AcceleratorArn, context, 'other');
    if (listenersOf(state, AcceleratorArn).length >= context.setting(listenersPerAccelerator)) {
      throw cloudError('LimitExceededException', 'The accelerator has its maximum number of listeners');
    }
    const PortRanges = checkedPortRanges(request.PortRanges, context);
    refusePorts(state, { PortRanges, Protocol }, { acceleratorArn: AcceleratorArn });

    const listener: Listener = {
      ListenerArn: `${AcceleratorArn}/listener/${context.hex(8)}`,
      PortRanges,
      Protocol,
      ClientAffinity,
      hiddenReads: context.setting(notFoundAfterCreateReads),
    };
    state.listeners.push(listener);
    startSettling(state, AcceleratorArn, context);
    return { arn: listener.ListenerArn, answer: { Listener: shown(listener) } };
  });
}

export function updateListener(state: State, request: UpdateListener, context: Context): Done {
  const listener = findListener(state, request.ListenerArn);
  const { ListenerArn } = listener;
  refuseWhileBusy(state, ListenerArn, context, 'other');
  // Ports and protocol have no default that an update could restore.
  const omittedAffinity =
    context.setting(updateOmittedMember) === 'keep' ? listener.ClientAffinity : ('NONE' as const);
  const { Protocol = listener.Protocol, ClientAffinity = omittedAffinity } = request;
  const PortRanges = checkedPortRanges(request.PortRanges ?? listener.PortRanges, context);
  refusePorts(
    state,
    { PortRanges, Protocol },
    { acceleratorArn: acceleratorArnOf(ListenerArn), listenerArn: ListenerArn },
  );

  for (const { endpoints } of groupsOf(state, ListenerArn)) refuseProtocolFor(endpoints, Protocol, context);

  const before = JSON.stringify(listener);
  Object.assign(listener, { PortRanges, Protocol, ClientAffinity });
  startSettling(state, ListenerArn, context);
  return { answer: { Listener: shown(listener) }, changed: JSON.stringify(listener) !== before };
}

export function describeListener(state: State, request: { ListenerArn: string }): Done {
  const listener = findListener(state, request.ListenerArn);
  if (listener.hiddenReads > 0) {
    listener.hiddenReads -= 1;
    throw notFound('Listener', request.ListenerArn);
  }
  return { answer: { Listener: shown(listener) }, changed: false };
}

export function listListeners(
  state: State,
  request: Page & { AcceleratorArn: string },
  context: Context,
): Done {
  const { AcceleratorArn } = findAccelerator(state, request.AcceleratorArn);
  const { items, ...next } = pageOf(listenersOf(state, AcceleratorArn), request, {
    of: AcceleratorArn,
    arnOf: listener => listener.ListenerArn,
    context,
  });
  return { answer: { Listeners: items.map(shown), ...next }, changed: false };
}

export function deleteListener(state: State, request: { ListenerArn: string }, context: Context): Done {
  const { ListenerArn } = findListener(state, request.ListenerArn);
  refuseWhileBusy(state, ListenerArn, context, 'other');
  if (groupsOf(state, ListenerArn).length > 0) {
    throw cloudError('AssociatedEndpointGroupFoundException', `${ListenerArn} still has endpoint groups`);
  }
  state.listeners = state.listeners.filter(listener => listener.ListenerArn !== ListenerArn);
  startSettling(state, ListenerArn, context);
  return { answer: undefined, changed: true };
}

function refusePorts(
  state: State,
  wanted: Pick<Listener, 'PortRanges' | 'Protocol'>,
  of: { acceleratorArn: string; listenerArn?: string },
): void {
  const taken = listenersOf(state, of.acceleratorArn)
    .filter(({ ListenerArn, Protocol }) => ListenerArn !== of.listenerArn && Protocol === wanted.Protocol)
    .flatMap(({ PortRanges }) => PortRanges);
  refuseOverlap(wanted.PortRanges, taken);
  refuseRangesAgainstOverrides(state, wanted.PortRanges, of);
}

function shown({ hiddenReads: _hiddenReads, ...listener }: Listener): unknown {
  return listener;
}
