// Listeners in the API's answers, alone and in lists. Empty members are omitted, except client affinity.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { stateOf } from './changes.ts';
import { limitsOf } from './limits.ts';
import type { Listener } from './model.ts';
import { numberedPage } from './pages.ts';
import type { ListListeners } from './requests.ts';
import { certificatesOf, describedListener, findAccelerator, listenersOf, type State } from './state.ts';
import { describedCertificates, memberOrder } from './switches.ts';

/** A time is text here and a number in the list; the ports of an old member are text in both. */
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
