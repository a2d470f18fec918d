// The numbers and rules that changed between the 2021 guide and today, side by side. Each comes from the
// guide or from the vendor's table of quotas; what the vendor raises on request stands at its default.
import type { Context } from '../cloud.ts';
import type { Protocol } from './state.ts';
import { profile } from './switches.ts';

export interface Limits {
  listenersPerAccelerator: number;
  portsPerListener: number;
  name: RegExp;
  /** How client affinity that is off is shown. */
  affinityOff: '' | 'NONE';
  lockedState: 'financialLocked' | 'finacialLocked';
  /** Shown while a listener or endpoint group is made, and while it is changed. */
  states: { create: string; update: string };
  updateNeedsPorts: boolean;
  /** Protocols of one space cannot have a port twice on one instance. */
  portSpace(listener: { Protocol: Protocol; HttpVersion?: string }): string[];
}

const guide: Limits = {
  listenersPerAccelerator: 10,
  portsPerListener: 30,
  name: /^[\p{Script=Han}A-Za-z][\w-]{1,127}$/u,
  affinityOff: '',
  lockedState: 'financialLocked',
  states: { create: 'creating', update: 'configuring' },
  updateNeedsPorts: true,
  portSpace: ({ Protocol }) => [Protocol],
};

const current: Limits = {
  listenersPerAccelerator: 50,
  portsPerListener: 30,
  name: /^[\p{Script=Han}A-Za-z][\w.-]{0,127}$/u,
  affinityOff: 'NONE',
  lockedState: 'finacialLocked',
  states: { create: 'init', update: 'updating' },
  updateNeedsPorts: false,
  portSpace({ Protocol, HttpVersion }) {
    if (Protocol === 'UDP') return ['UDP'];
    return HttpVersion === 'http3' ? ['TCP', 'UDP'] : ['TCP'];
  },
};

export function limitsOf(context: Context): Limits {
  return context.setting(profile) === 'guide' ? guide : current;
}

/** Above these, ports are the system's own. */
export const highestListenerPort = 65_499;
export const udpReservedPorts = [250, 4789, 4790];

/** A listener beyond `from` ports is a large one: an account must be allowed to, an instance has one. */
export const largeListener = { from: 300, most: { TCP: 2000, UDP: 200 } };
