// The numbers and rules that differ between the 2021 guide and today, side by side. Each comes from the guide or from
// the vendor's table of quotas; a quota that the vendor raises on request has its default value.
import type { Context } from '../shared/cloud.ts';
import type { EndpointType, Protocol } from './model.ts';
import type { ActionType, ConditionType } from './rule-types.ts';
import { profile } from './switches.ts';

export interface Limits {
  listenersPerAccelerator: number;
  portsPerListener: number;
  /** For HTTP and HTTPS on a subscription instance; and otherwise. Each in a region of its own. */
  defaultGroups: { subscriptionHttp: number; other: number };
  virtualGroups: number;
  virtualGroupProtocols: readonly Protocol[];
  endpointsPerGroup: number;
  endpointTypes: readonly EndpointType[];
  /** Port mappings of one group; 0: none. */
  portOverrides: Record<Protocol, number>;
  groupNeedsEndpoints: boolean;
  conditionTypes: readonly ConditionType[];
  /** The limits of one rule. */
  hosts: number;
  /** Whether hosts and paths can be regular expressions. */
  expressions: boolean;
  actionTypes: readonly ActionType[];
  ruleProtocols: readonly Protocol[];
  /** The member name of a batch of endpoint groups, with its former misspelling. */
  batchMember: 'EndpointGroupConfigrations' | 'EndpointGroupConfigurations';
  name: RegExp;
  /** The value in answers when client affinity is off. */
  affinityOff: '' | 'NONE';
  lockedState: 'financialLocked' | 'finacialLocked';
  /** The states of a listener or endpoint group while it is created, and while it is changed. */
  states: { create: string; update: string };
  updateNeedsPorts: boolean;
  /** Two listeners whose protocols share a space cannot have the same port on one instance. */
  portSpace(listener: { Protocol: Protocol; HttpVersion?: string }): string[];
}

const guide: Limits = {
  listenersPerAccelerator: 10,
  portsPerListener: 30,
  defaultGroups: { subscriptionHttp: 1, other: 1 },
  virtualGroups: 10,
  virtualGroupProtocols: ['HTTP', 'HTTPS'],
  endpointsPerGroup: 4,
  endpointTypes: ['Domain', 'Ip', 'PublicIp', 'ECS', 'SLB'],
  portOverrides: { TCP: 0, UDP: 0, HTTP: 1, HTTPS: 1 },
  groupNeedsEndpoints: true,
  conditionTypes: ['Host', 'Path'],
  hosts: 1,
  expressions: false,
  actionTypes: ['ForwardGroup'],
  ruleProtocols: ['HTTP', 'HTTPS'],
  batchMember: 'EndpointGroupConfigrations',
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
  defaultGroups: { subscriptionHttp: 1, other: 2 },
  virtualGroups: 10,
  virtualGroupProtocols: ['TCP', 'HTTP', 'HTTPS'],
  endpointsPerGroup: 4,
  endpointTypes: ['Domain', 'Ip', 'PublicIp', 'ECS', 'SLB', 'ALB', 'NLB', 'ENI', 'OSS', 'IpTarget'],
  portOverrides: { TCP: 30, UDP: 30, HTTP: 1, HTTPS: 1 },
  groupNeedsEndpoints: false,
  conditionTypes: ['Host', 'Path', 'RequestHeader', 'Query', 'Method', 'Cookie', 'SourceIP'],
  hosts: Number.POSITIVE_INFINITY,
  expressions: true,
  actionTypes: ['ForwardGroup', 'Redirect', 'FixResponse', 'Rewrite', 'AddHeader', 'RemoveHeader', 'Drop'],
  ruleProtocols: ['TCP', 'HTTP', 'HTTPS'],
  batchMember: 'EndpointGroupConfigurations',
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

/** Per listener; the guide of 2021 has no numbers. */
export const ruleLimits = { rules: 20, conditionValues: 40 };
/** In one call, as a batch or with their listener. */
export const mostGroupsAtOnce = 10;
export const certificateLimits = { perListener: 25, perCall: 10 };

/** Ports above it are reserved for the system. */
export const highestListenerPort = 65_499;
export const udpReservedPorts = [250, 4789, 4790];

/** A listener beyond `from` ports is a large one: an account needs permission for it, and an instance can have one. */
export const largeListener = { from: 300, most: { TCP: 2000, UDP: 200 } };

export const idleTimeoutSeconds = {
  TCP: { from: 10, to: 900, initial: 900 },
  UDP: { from: 10, to: 20, initial: 20 },
  HTTP: { from: 1, to: 60, initial: 15 },
  HTTPS: { from: 1, to: 60, initial: 15 },
};
export const requestTimeoutSeconds = { from: 1, to: 180, initial: 60 };

/** The console's initial values. */
export const healthCheckDefaults = { HealthCheckIntervalSeconds: 2, ThresholdCount: 3 };

/** Per resource, and per call. */
export const mostTags = 20;

/** In characters. */
export const mostDescription = 200;
