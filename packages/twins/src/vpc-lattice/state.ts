// The state of the twin of VPC Lattice. `id`, `arn`, `name`, `type`, `config`, `tags` and `serviceArns` are as the API
// shows them; the rest is the twin's bookkeeping, and status is derived from it.
import { isRecord } from '../shared/input.ts';
import type { Settling } from '../shared/settling.ts';
import type { Window } from '../shared/throttle.ts';
import type { TokenRecord } from '../shared/tokens.ts';
import { notFound } from './errors.ts';

export type GroupType = 'IP' | 'LAMBDA' | 'INSTANCE' | 'ALB';

export interface HealthCheck {
  enabled: boolean;
  protocol: 'HTTP' | 'HTTPS';
  protocolVersion: 'HTTP1' | 'HTTP2';
  /** Absent: the port that a target receives traffic on. */
  port?: number;
  path: string;
  healthCheckIntervalSeconds: number;
  healthCheckTimeoutSeconds: number;
  healthyThresholdCount: number;
  unhealthyThresholdCount: number;
  matcher: { httpCode: string };
}

export interface Config {
  port?: number;
  protocol?: 'HTTP' | 'HTTPS' | 'TCP';
  protocolVersion?: 'HTTP1' | 'HTTP2' | 'GRPC';
  ipAddressType?: 'IPV4' | 'IPV6';
  vpcIdentifier?: string;
  healthCheck?: HealthCheck;
  lambdaEventStructureVersion?: 'V1' | 'V2';
}

export interface Target {
  id: string;
  /** Absent for a function. */
  port?: number;
  initial: Settling;
  /** Set once it is deregistered; when it has settled the target is gone. */
  drain?: Settling;
}

export interface TargetGroup {
  region: string;
  id: string;
  arn: string;
  name: string;
  type: GroupType;
  config: Config;
  tags: Record<string, string>;
  serviceArns: string[];
  createdAt: number;
  lastUpdatedAt: number;
  /** A deleted group is gone when its phase has settled, unless it fails. */
  phase: { kind: 'create' | 'delete'; settling: Settling; fails: boolean };
  targets: Target[];
  /** How many more reads do not find it yet. */
  hiddenReads: number;
}

/** Of a service; `groups`: the ARNs of the groups that it forwards to. */
export interface ServiceListener {
  id: string;
  arn: string;
  name: string;
  protocol: 'HTTP' | 'HTTPS' | 'TLS_PASSTHROUGH';
  port: number;
  serviceArn: string;
  serviceId: string;
  defaultAction: unknown;
  groups: string[];
  /** Absent in a stored state from before there were any. */
  tags?: Record<string, string>;
  createdAt: number;
}

export interface State {
  groups: TargetGroup[];
  /** Absent in a stored state from before there were any. */
  listeners?: ServiceListener[];
  /** Of the services that have any, by their ARNs. */
  serviceTags?: Record<string, Record<string, string>>;
  tokens: TokenRecord[];
  window: Window;
}

/** The view of a call: the account, from one of its regions. */
export interface Region {
  name: string;
  account: State;
}

export function isState(value: unknown): value is State {
  return (
    isRecord(value) &&
    Array.isArray(value['groups']) &&
    Array.isArray(value['tokens']) &&
    isRecord(value['window'])
  );
}

export function groupsIn({ name, account }: Region): TargetGroup[] {
  return account.groups.filter(({ region }) => region === name);
}

/** `identifier`: an id or an ARN. */
export function findGroup(region: Region, identifier: string): TargetGroup {
  const found = groupsIn(region).find(({ id, arn }) => id === identifier || arn === identifier);
  if (!found) throw notFound('TARGET_GROUP', identifier);
  return found;
}
