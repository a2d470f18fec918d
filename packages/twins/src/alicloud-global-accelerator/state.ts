// The state of the twin of Alibaba Cloud Global Accelerator, and lookups in it: by id, under an instance or a listener.
// A resource in deletion exists until its deletion has settled.
import type { Context } from '../shared/cloud.ts';
import { isRecord } from '../shared/input.ts';
import { hasSettled } from '../shared/settling.ts';
import type { Window } from '../shared/throttle.ts';
import type { TokenRecord } from '../shared/tokens.ts';
import { gaError, notExist } from './errors.ts';
import type {
  Accelerator,
  AdditionalCertificate,
  EndpointGroup,
  ForwardingRule,
  Listener,
  Phase,
} from './model.ts';
import { describeGone } from './switches.ts';

export interface State {
  accelerators: Accelerator[];
  listeners: Listener[];
  groups: EndpointGroup[];
  rules: ForwardingRule[];
  certificates: AdditionalCertificate[];
  /** Service-linked roles of the account; the product creates them and never deletes them. */
  roles: string[];
  tokens: TokenRecord[];
  window: Window;
}

const lists = ['accelerators', 'listeners', 'groups', 'rules', 'certificates', 'roles', 'tokens'];

export function isState(value: unknown): value is State {
  return isRecord(value) && lists.every(name => Array.isArray(value[name])) && isRecord(value['window']);
}

/** Every call begins here. */
export function forgetWhatIsGone(state: State, context: Context): void {
  state.listeners = there(state.listeners, context);
  state.groups = there(state.groups, context);
  state.rules = there(state.rules, context);
  state.certificates = certificatesThere(state, context);
}

/** A certificate is deleted with its listener at the latest. */
export function certificatesThere(state: State, context: Context): AdditionalCertificate[] {
  const ids = new Set(there(state.listeners, context).map(({ ListenerId }) => ListenerId));
  return there(state.certificates, context).filter(({ ListenerId }) => ids.has(ListenerId));
}

export function there<Item extends { phase: Phase }>(items: Item[], context: Context): Item[] {
  return items.filter(({ phase }) => phase.kind !== 'delete' || !hasSettled(phase.settling, context));
}

export function findAccelerator(state: State, id: string): Accelerator {
  const found = state.accelerators.find(({ AcceleratorId }) => AcceleratorId === id);
  if (!found) throw notExist('Accelerator', id);
  return found;
}

/** On this accelerator, if one is named. */
export function findListener(state: State, id: string, acceleratorId?: string): Listener {
  const found = state.listeners.find(({ ListenerId }) => ListenerId === id);
  if (!found || (acceleratorId !== undefined && found.AcceleratorId !== acceleratorId)) {
    throw notExist('Listener', id);
  }
  return found;
}

export function describedListener(state: State, id: string, context: Context): Listener {
  const isThere = state.listeners.some(({ ListenerId }) => ListenerId === id);
  if (!isThere && context.setting(describeGone) === 'UnknownError') {
    throw gaError('UnknownError', 'The request processing has failed due to some unknown error.');
  }
  return findListener(state, id);
}

export function findGroup(state: State, id: string, acceleratorId?: string): EndpointGroup {
  const found = state.groups.find(({ EndpointGroupId }) => EndpointGroupId === id);
  if (!found || (acceleratorId !== undefined && found.AcceleratorId !== acceleratorId)) {
    throw notExist('EndPointGroup', id);
  }
  return found;
}

export function groupsOf(state: State, listenerId: string): EndpointGroup[] {
  return state.groups.filter(({ ListenerId }) => ListenerId === listenerId);
}

export function rulesOf(state: State, listenerId: string): ForwardingRule[] {
  return state.rules.filter(({ ListenerId }) => ListenerId === listenerId);
}

export function certificatesOf(state: State, listenerId: string): AdditionalCertificate[] {
  return state.certificates.filter(({ ListenerId }) => ListenerId === listenerId);
}

export function listenersOf(state: State, acceleratorId: string): Listener[] {
  return state.listeners.filter(({ AcceleratorId }) => AcceleratorId === acceleratorId);
}
