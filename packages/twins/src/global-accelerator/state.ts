// The state of the twin of Global Accelerator. Members in PascalCase are the API's own, as it shows them; members in
// camelCase are the twin's bookkeeping and never leave it.
import { isRecord } from '../shared/input.ts';
import type { Window } from '../shared/throttle.ts';
import type { TokenRecord } from '../shared/tokens.ts';
import { invalidArgument, notFound } from './errors.ts';

export interface Accelerator {
  AcceleratorArn: string;
  Name: string;
  IpAddressType: 'IPV4' | 'DUAL_STACK';
  Enabled: boolean;
  IpSets: IpSet[];
  DnsName: string;
  DualStackDnsName?: string;
  Tags: { Key: string; Value: string }[];
  createdAt: number;
  modified: Modified;
  /** The faults that keep it IN_PROGRESS until they are removed. */
  stuckBy: number[];
  /** The outdated content of stale reads, and how many stale reads remain. */
  stale?: { shows: Modified; reads: number };
}

export interface IpSet {
  IpFamily: 'IPv4' | 'IPv6';
  IpAddresses: string[];
  IpAddressFamily: 'IPv4' | 'IPv6';
}

/** Status is derived: IN_PROGRESS until `busyUntil`. */
export interface Modified {
  at: number;
  busyUntil: number;
}

export interface PortRange {
  FromPort: number;
  ToPort: number;
}

export interface Listener {
  ListenerArn: string;
  PortRanges: PortRange[];
  Protocol: 'TCP' | 'UDP';
  ClientAffinity: 'NONE' | 'SOURCE_IP';
  /** How many more reads do not find it yet. */
  hiddenReads: number;
}

export interface PortOverride {
  ListenerPort: number;
  EndpointPort: number;
}

export interface Endpoint {
  EndpointId: string;
  Weight: number;
  ClientIPPreservationEnabled: boolean;
  AttachmentArn?: string;
  healthyAt: number;
}

export interface EndpointGroup {
  EndpointGroupArn: string;
  EndpointGroupRegion: string;
  TrafficDialPercentage: number;
  HealthCheckPort: number;
  HealthCheckProtocol: 'TCP' | 'HTTP' | 'HTTPS';
  /** Absent if it was never set: the default of HTTP and HTTPS is `/`, TCP has none. */
  HealthCheckPath?: string;
  HealthCheckIntervalSeconds: number;
  ThresholdCount: number;
  PortOverrides: PortOverride[];
  endpoints: Endpoint[];
  hiddenReads: number;
}

export interface State {
  accelerators: Accelerator[];
  listeners: Listener[];
  groups: EndpointGroup[];
  tokens: TokenRecord[];
  window: Window;
  /** When a call first named a load balancer, by its ARN; kept only while load balancers take time to become active. */
  firstNamed?: Record<string, number>;
}

export function isState(value: unknown): value is State {
  return (
    isRecord(value) &&
    ['accelerators', 'listeners', 'groups', 'tokens'].every(name => Array.isArray(value[name])) &&
    isRecord(value['window'])
  );
}

const arnForms = {
  accelerator: /^arn:aws:globalaccelerator::\d{12}:accelerator\/[-0-9a-f]{36}$/,
  listener: /^arn:aws:globalaccelerator::\d{12}:accelerator\/[-0-9a-f]{36}\/listener\/[0-9a-z]+$/,
  group:
    /^arn:aws:globalaccelerator::\d{12}:accelerator\/[-0-9a-f]{36}\/listener\/[0-9a-z]+\/endpoint-group\/[0-9a-z]+$/,
};

export function findAccelerator(state: State, arn: string): Accelerator {
  wellFormed('accelerator', arn);
  const found = state.accelerators.find(accelerator => accelerator.AcceleratorArn === arn);
  if (!found) throw notFound('Accelerator', arn);
  return found;
}

export function findListener(state: State, arn: string): Listener {
  wellFormed('listener', arn);
  const found = state.listeners.find(listener => listener.ListenerArn === arn);
  if (!found) throw notFound('Listener', arn);
  return found;
}

export function findGroup(state: State, arn: string): EndpointGroup {
  wellFormed('group', arn);
  const found = state.groups.find(group => group.EndpointGroupArn === arn);
  if (!found) throw notFound('EndpointGroup', arn);
  return found;
}

/** An ARN carries its ancestors' ARNs; only well-formed ones are stored. */
export const acceleratorArnOf = (arn: string): string => arn.replace(/\/listener\/.*$/, '');
export const listenerArnOf = (arn: string): string => arn.replace(/\/endpoint-group\/.*$/, '');

export function acceleratorOf(state: State, arn: string): Accelerator {
  return findAccelerator(state, acceleratorArnOf(arn));
}

export function listenersOf(state: State, acceleratorArn: string): Listener[] {
  return state.listeners.filter(({ ListenerArn }) => acceleratorArnOf(ListenerArn) === acceleratorArn);
}

/** The groups of one listener, or of all listeners of one accelerator. */
export function groupsOf(state: State, arn: string): EndpointGroup[] {
  return state.groups.filter(({ EndpointGroupArn }) => EndpointGroupArn.startsWith(`${arn}/`));
}

function wellFormed(kind: keyof typeof arnForms, arn: string): void {
  if (!arnForms[kind].test(arn)) throw invalidArgument(`The ARN is not valid: ${arn}`);
}
