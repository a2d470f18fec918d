// The limits of a listener of Alibaba Cloud Global Accelerator, in two profiles: `guide`, from the vendor's guide of 2021, and
// `current`, from the current service, with each quota at its maximum. An installation chooses one. The limits of an account
// can be lower; the cloud enforces those.
// Sources: docs/clouds/alicloud-global-accelerator.md, docs/clouds/alicloud-forwarding-rules.md.

export type Protocol = 'TCP' | 'UDP' | 'HTTP' | 'HTTPS';

export const ALICLOUD_PROFILES = ['guide', 'current'] as const;
export type AlicloudProfile = (typeof ALICLOUD_PROFILES)[number];

export interface AlicloudLimits {
  /** For messages: `the guide` or `the service`. */
  source: string;
  /** Names of listeners, endpoint groups and forwarding rules: a letter, then letters, digits and `characters`. */
  name: { from: number; pattern: RegExp; characters: string };
  portsPerListener: number;
  /** One listener per instance may have more: a single range of this many ports, if the vendor allows it for the account. */
  largeListener: { from: number; to: number; protocol: Protocol };
  /** The maximum number of ports of all other listeners together, on an instance with a large listener. */
  portsBesideLargeListener: number;
  /** Listeners of an instance with the same port space must not share a port. */
  portSpace: Record<Protocol, string>;
  defaultGroups: number;
  /** The source of the numbers of virtual groups and forwarding rules, of which the guide has none. */
  numbersFrom: string;
  /** By the protocol of the listener; 0 if it supports none. */
  virtualGroups: Record<Protocol, number>;
  endpointsPerGroup: number;
  endpointTypes: readonly string[];
  portOverrides: Record<Protocol, number>;
  forwardingRules: Record<Protocol, number>;
  /** The supported conditions of forwarding rules. */
  conditionTypes: readonly string[];
  /** Values of one `Host` condition. */
  hosts: number;
  /** Whether a domain or a path in a condition may be a regular expression. */
  expressions: boolean;
  actionTypes: readonly string[];
  /** In all conditions of all rules of a listener. */
  conditionValues: number;
}

const LARGE = {
  portsPerListener: 30,
  // For UDP the vendor documents a maximum of 200 ports, less than the minimum of a large listener.
  largeListener: { from: 301, to: 2_000, protocol: 'TCP' },
  portsBesideLargeListener: 300,
} as const;

const SERVICE = 'the service';

export const ALICLOUD_LIMITS: Record<AlicloudProfile, AlicloudLimits> = {
  guide: {
    ...LARGE,
    source: 'the guide',
    name: { from: 2, pattern: /^[A-Za-z][A-Za-z0-9_-]*$/, characters: '`_` and `-`' },
    portSpace: { TCP: 'TCP', UDP: 'UDP', HTTP: 'HTTP', HTTPS: 'HTTPS' },
    defaultGroups: 1,
    numbersFrom: SERVICE,
    virtualGroups: { TCP: 0, UDP: 0, HTTP: 150, HTTPS: 150 },
    endpointsPerGroup: 4,
    endpointTypes: ['PublicIp', 'ECS', 'SLB', 'Ip', 'Domain'],
    portOverrides: { TCP: 0, UDP: 0, HTTP: 1, HTTPS: 1 },
    forwardingRules: { TCP: 0, UDP: 0, HTTP: 150, HTTPS: 150 },
    conditionTypes: ['Host', 'Path'],
    hosts: 1,
    expressions: false,
    actionTypes: ['ForwardGroup'],
    conditionValues: 150,
  },
  current: {
    ...LARGE,
    source: SERVICE,
    numbersFrom: SERVICE,
    name: { from: 1, pattern: /^[A-Za-z][A-Za-z0-9_.-]*$/, characters: '`_`, `-` and `.`' },
    portSpace: { TCP: 'TCP', HTTP: 'TCP', HTTPS: 'TCP', UDP: 'UDP' },
    defaultGroups: 10,
    virtualGroups: { TCP: 150, UDP: 0, HTTP: 150, HTTPS: 150 },
    endpointsPerGroup: 30,
    endpointTypes: ['PublicIp', 'ECS', 'SLB', 'Ip', 'Domain', 'ALB', 'NLB', 'ENI', 'OSS', 'IpTarget'],
    portOverrides: { TCP: 30, UDP: 30, HTTP: 1, HTTPS: 1 },
    forwardingRules: { TCP: 150, UDP: 0, HTTP: 150, HTTPS: 150 },
    conditionTypes: ['Host', 'Path', 'RequestHeader', 'Query', 'Cookie', 'Method', 'SourceIP'],
    hosts: 150,
    expressions: true,
    actionTypes: ['ForwardGroup', 'Redirect', 'FixResponse', 'Rewrite', 'AddHeader', 'RemoveHeader', 'Drop'],
    conditionValues: 150,
  },
};

/** The issue for a type that only another profile supports. The schema reports types of no profile. */
export function typeRefusal(
  type: string | undefined,
  member: 'endpointTypes' | 'conditionTypes' | 'actionTypes',
  limits: AlicloudLimits,
): string | undefined {
  const known = Object.values(ALICLOUD_LIMITS).some(profile => profile[member].some(each => each === type));
  if (!known || limits[member].some(each => each === type)) return undefined;
  return `must be ${limits[member].join(' or ')}, according to ${limits.source}, not ${type}`;
}
