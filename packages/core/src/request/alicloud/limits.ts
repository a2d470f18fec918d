// How far Alibaba Cloud Global Accelerator lets a listener grow, in two profiles: `guide`, as the vendor's guide of
// 2021 says, and `current`, as the service says now, with each quota as high as it can be raised. An installation
// chooses one. What a profile allows and an account does not is the cloud's to refuse, as only it knows the account.
// Sources: docs/clouds/alicloud-global-accelerator.md, docs/clouds/alicloud-forwarding-rules.md.

export type Protocol = 'TCP' | 'UDP' | 'HTTP' | 'HTTPS';

export const ALICLOUD_PROFILES = ['guide', 'current'] as const;
export type AlicloudProfile = (typeof ALICLOUD_PROFILES)[number];

export interface AlicloudLimits {
  /** For messages: `the guide` or `the service`. */
  source: string;
  /** Of listeners, endpoint groups and forwarding rules: a letter, and then letters, digits and these. */
  name: { from: number; pattern: RegExp; characters: string };
  portsPerListener: number;
  /** One listener of an instance may have more: a single range of so many ports, where the account is allowed it. */
  largeListener: { from: number; to: number; protocol: Protocol };
  /** All other listeners of an instance with a large one have together at most so many ports. */
  portsBesideLargeListener: number;
  /** Which listeners of an instance may not have a port in common. */
  portSpace: Record<Protocol, string>;
  defaultGroups: number;
  /** By the protocol of the listener; 0 where it can have none. */
  virtualGroups: Record<Protocol, number>;
  endpointsPerGroup: number;
  endpointTypes: readonly string[];
  portOverrides: Record<Protocol, number>;
  /** Where an endpoint can be told to see the client's address. */
  clientIPPreservation: readonly Protocol[];
  forwardingRules: Record<Protocol, number>;
  /** What its rules look at, and what they do. */
  conditionTypes: readonly string[];
  /** In one condition. */
  hosts: number;
  /** Whether a domain or a path in a condition can be a regular expression. */
  expressions: boolean;
  actionTypes: readonly string[];
  /** Of all conditions of all rules of a listener. */
  conditionValues: number;
}

const LARGE = {
  portsPerListener: 30,
  // For UDP the vendor says 200 at most, which is no more than 300: so none is large.
  largeListener: { from: 301, to: 2_000, protocol: 'TCP' },
  portsBesideLargeListener: 300,
} as const;

export const ALICLOUD_LIMITS: Record<AlicloudProfile, AlicloudLimits> = {
  guide: {
    ...LARGE,
    source: 'the guide',
    name: { from: 2, pattern: /^[A-Za-z][A-Za-z0-9_-]*$/, characters: '`_` and `-`' },
    portSpace: { TCP: 'TCP', UDP: 'UDP', HTTP: 'HTTP', HTTPS: 'HTTPS' },
    defaultGroups: 1,
    virtualGroups: { TCP: 0, UDP: 0, HTTP: 1, HTTPS: 1 },
    endpointsPerGroup: 4,
    endpointTypes: ['PublicIp', 'ECS', 'SLB', 'Ip', 'Domain'],
    portOverrides: { TCP: 0, UDP: 0, HTTP: 1, HTTPS: 1 },
    clientIPPreservation: ['TCP', 'HTTP', 'HTTPS'],
    // The guide gives no numbers: those of today.
    forwardingRules: { TCP: 0, UDP: 0, HTTP: 150, HTTPS: 150 },
    conditionTypes: ['Host', 'Path'],
    hosts: 1,
    expressions: false,
    actionTypes: ['ForwardGroup'],
    conditionValues: 150,
  },
  current: {
    ...LARGE,
    source: 'the service',
    name: { from: 1, pattern: /^[A-Za-z][A-Za-z0-9_.-]*$/, characters: '`_`, `-` and `.`' },
    portSpace: { TCP: 'TCP', HTTP: 'TCP', HTTPS: 'TCP', UDP: 'UDP' },
    defaultGroups: 10,
    virtualGroups: { TCP: 150, UDP: 0, HTTP: 150, HTTPS: 150 },
    endpointsPerGroup: 30,
    endpointTypes: ['PublicIp', 'ECS', 'SLB', 'Ip', 'Domain', 'ALB', 'NLB', 'ENI', 'OSS', 'IpTarget'],
    portOverrides: { TCP: 30, UDP: 30, HTTP: 1, HTTPS: 1 },
    clientIPPreservation: ['TCP', 'UDP', 'HTTP', 'HTTPS'],
    forwardingRules: { TCP: 150, UDP: 0, HTTP: 150, HTTPS: 150 },
    conditionTypes: ['Host', 'Path', 'RequestHeader', 'Query', 'Cookie', 'Method', 'SourceIP'],
    hosts: 150,
    expressions: true,
    actionTypes: ['ForwardGroup', 'Redirect', 'FixResponse', 'Rewrite', 'AddHeader', 'RemoveHeader', 'Drop'],
    conditionValues: 150,
  },
};

/** Why a type that one profile knows is none under another; nothing where no profile knows it, which a schema tells. */
export function typeRefusal(
  type: string | undefined,
  member: 'endpointTypes' | 'conditionTypes' | 'actionTypes',
  limits: AlicloudLimits,
): string | undefined {
  const known = Object.values(ALICLOUD_LIMITS).some(profile => profile[member].some(each => each === type));
  if (!known || limits[member].some(each => each === type)) return undefined;
  return `must be ${limits[member].join(' or ')}, as ${limits.source} says, not ${type}`;
}
