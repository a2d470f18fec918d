// The resources that the twin of Alibaba Cloud Global Accelerator keeps. Members in PascalCase are the API's own;
// members in camelCase are the twin's bookkeeping, from which states and times are shown.
import type { Settling } from '../shared/settling.ts';
import type { ActionType, ConditionType } from './rule-types.ts';

export interface Accelerator {
  AcceleratorId: string;
  Name: string;
  Spec: string;
  DnsName: string;
  InstanceChargeType: 'PREPAY' | 'POSTPAY';
  BandwidthBillingType: 'BandwidthPackage' | 'CDT';
  BasicBandwidthPackage?: { InstanceId: string; Bandwidth: number; BandwidthType: string };
  /** Set if another product manages the instance and reserves these actions. */
  ServiceId?: string;
  ServiceManaged: boolean;
  ServiceManagedInfos?: { Action: string; ChildType?: string; IsManaged: boolean }[];
  createdAt: number;
  expiresAt: number;
  lockedForMoney: boolean;
  /** The faults that lock it until they are removed. */
  lockedBy: number[];
  /** Its one change; done when this has settled. */
  change: Settling;
}

/** `configure`: something below it changes. A deleted resource is gone when its phase has settled. */
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
  /** As sent; the older form has hosts and paths in lists of their own. */
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

/** A certificate for one domain, besides the listener's own. */
export interface AdditionalCertificate {
  ListenerId: string;
  Domain: string;
  CertificateId: string;
  phase: Phase;
}
