// What the twin of Alibaba Cloud Global Accelerator remembers. Members in PascalCase are the API's own;
// members in camelCase are the twin's bookkeeping, from which states and times are shown.
import type { Context } from '../cloud.ts';
import { isRecord } from '../input.ts';
import { hasSettled, type Settling } from '../settling.ts';
import type { Window } from '../throttle.ts';
import type { TokenRecord } from '../tokens.ts';
import { gaError, notExist } from './errors.ts';
import type { ActionType, ConditionType } from './rule-types.ts';
import type { Nonces } from './signatures.ts';
import { describeGone } from './switches.ts';

export interface Accelerator {
  AcceleratorId: string;
  Name: string;
  Spec: string;
  DnsName: string;
  InstanceChargeType: 'PREPAY' | 'POSTPAY';
  BandwidthBillingType: 'BandwidthPackage' | 'CDT';
  BasicBandwidthPackage?: { InstanceId: string; Bandwidth: number; BandwidthType: string };
  createdAt: number;
  expiresAt: number;
  lockedForMoney: boolean;
  /** Faults that lock it as long as they stand. */
  lockedBy: number[];
  /** Its one change; done when this has settled. */
  change: Settling;
}

/** `configure`: something below it changes. Deleted, it is gone when its phase has settled. */
export interface Phase {
  kind: 'create' | 'update' | 'configure' | 'delete';
  settling: Settling;
}

export interface PortRange {
  FromPort: number;
  ToPort: number;
}

export type Protocol = 'TCP' | 'UDP' | 'HTTP' | 'HTTPS';

export interface Listener {
  ListenerId: string;
  AcceleratorId: string;
  Name: string;
  Description: string;
  Protocol: Protocol;
  PortRanges: PortRange[];
  BackendPorts: PortRange[];
  ClientAffinity: 'NONE' | 'SOURCE_IP';
  Certificates: string[];
  Type: 'Standard' | 'CustomRouting';
  ProxyProtocol: boolean;
  SecurityPolicyId?: string;
  HttpVersion?: string;
  IdleTimeout: number;
  RequestTimeout?: number;
  XForwardedForConfig?: Record<string, boolean>;
  createdAt: number;
  phase: Phase;
}

export type EndpointType =
  | 'Domain'
  | 'Ip'
  | 'PublicIp'
  | 'ECS'
  | 'SLB'
  | 'ALB'
  | 'NLB'
  | 'ENI'
  | 'OSS'
  | 'IpTarget';

export interface Endpoint {
  Type: EndpointType;
  Endpoint: string;
  Weight: number;
  EnableClientIPPreservation: boolean;
  EnableProxyProtocol: boolean;
  SubAddress?: string;
  VpcId?: string;
  VSwitchIds?: string[];
}

export interface PortOverride {
  ListenerPort: number;
  EndpointPort: number;
}

export interface EndpointGroup {
  EndpointGroupId: string;
  AcceleratorId: string;
  ListenerId: string;
  EndpointGroupRegion: string;
  EndpointGroupType: 'default' | 'virtual';
  Name: string;
  Description: string;
  EndpointConfigurations: Endpoint[];
  EndpointRequestProtocol?: 'HTTP' | 'HTTPS';
  EndpointProtocolVersion?: string;
  EndpointIpVersion: string;
  PortOverrides: PortOverride[];
  TrafficPercentage: number;
  HealthCheckEnabled: boolean;
  HealthCheckProtocol?: string;
  HealthCheckPort?: number;
  HealthCheckPath?: string;
  HealthCheckHost?: string;
  HealthCheckIntervalSeconds?: number;
  ThresholdCount?: number;
  Tags: { Key: string; Value: string }[];
  phase: Phase;
}

export interface RuleCondition {
  RuleConditionType: ConditionType;
  /** As sent; the older form names hosts and paths in lists of their own. */
  RuleConditionValue?: string;
  HostConfig?: { Values: string[] };
  PathConfig?: { Values: string[] };
}

export interface RuleAction {
  Order: number;
  RuleActionType: ActionType;
  RuleActionValue?: string;
  ForwardGroupConfig?: { ServerGroupTuples: { EndpointGroupId: string }[] };
}

export interface ForwardingRule {
  ForwardingRuleId: string;
  AcceleratorId: string;
  ListenerId: string;
  ForwardingRuleName: string;
  Priority: number;
  RuleConditions: RuleCondition[];
  RuleActions: RuleAction[];
  phase: Phase;
}

/** Beside the listener's own, for one domain. */
export interface AdditionalCertificate {
  ListenerId: string;
  Domain: string;
  CertificateId: string;
  phase: Phase;
}

export interface State {
  accelerators: Accelerator[];
  listeners: Listener[];
  groups: EndpointGroup[];
  rules: ForwardingRule[];
  certificates: AdditionalCertificate[];
  /** Service-linked roles of the account; the product makes them and never takes them away. */
  roles: string[];
  tokens: TokenRecord[];
  nonces: Nonces;
  window: Window;
}

const lists = ['accelerators', 'listeners', 'groups', 'rules', 'certificates', 'roles', 'tokens'];

export function isState(value: unknown): value is State {
  return (
    isRecord(value) &&
    lists.every(name => Array.isArray(value[name])) &&
    isRecord(value['nonces']) &&
    isRecord(value['window'])
  );
}

/** Every call begins here. */
export function forgetWhatIsGone(state: State, context: Context): void {
  state.listeners = there(state.listeners, context);
  state.groups = there(state.groups, context);
  state.rules = there(state.rules, context);
  state.certificates = certificatesThere(state, context);
}

/** They go with their listener, if not before. */
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

/** On this accelerator, where one is named. */
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
