// The members of a target group of AWS VPC Lattice, its configuration, its health check and its targets.
import { defaultsOf, type MemberTable } from '../member-table.ts';

/** Of a resource, foreign ones included: the usual limit of AWS. */
export const MAX_TAGS_OF_RESOURCE = 50;

/** Gatehouse needs two for itself. */
export const MAX_TAGS = MAX_TAGS_OF_RESOURCE - 2;

/** Ours, per group and per request. The quota of AWS is 1000 per group, and can be raised. */
export const MAX_TARGETS = 1_000;

/** The limit of one Register or Deregister call. */
export const TARGETS_PER_CALL = 100;

/** The defaults are those of the API, where a 0 on the wire resets a member to its default. */
export const HEALTH_CHECK = {
  enabled: {
    wire: 'enabled',
    defaultBy: { member: 'config.protocolVersion', values: { HTTP1: true }, otherwise: false },
  },
  protocol: { wire: 'protocol', default: 'HTTP' },
  protocolVersion: { wire: 'protocolVersion', default: 'HTTP1' },
  port: { wire: 'port', sameAs: 'config.port' },
  path: { wire: 'path', default: '/' },
  healthCheckIntervalSeconds: { wire: 'healthCheckIntervalSeconds', default: 30 },
  healthCheckTimeoutSeconds: { wire: 'healthCheckTimeoutSeconds', default: 5 },
  healthyThresholdCount: { wire: 'healthyThresholdCount', default: 5 },
  unhealthyThresholdCount: { wire: 'unhealthyThresholdCount', default: 2 },
  matcher: { wire: 'matcher', members: { httpCode: { wire: 'httpCode', default: '200' } } },
} as const satisfies MemberTable;

export const CONFIG = {
  port: {
    wire: 'port',
    createOnly: true,
    defaultBy: { member: 'config.protocol', values: { HTTP: 80, HTTPS: 443 } },
  },
  protocol: { wire: 'protocol', createOnly: true },
  protocolVersion: {
    wire: 'protocolVersion',
    createOnly: true,
    default: 'HTTP1',
    when: { 'config.protocol': ['HTTP', 'HTTPS'] },
  },
  ipAddressType: { wire: 'ipAddressType', createOnly: true, default: 'IPV4', when: { type: ['IP'] } },
  vpcIdentifier: { wire: 'vpcIdentifier', createOnly: true },
  /** A LAMBDA group that was created without a configuration is read back without one. */
  lambdaEventStructureVersion: {
    wire: 'lambdaEventStructureVersion',
    createOnly: true,
    default: 'V1',
    when: { type: ['LAMBDA'] },
  },
  healthCheck: { wire: 'healthCheck', members: HEALTH_CHECK },
} as const satisfies MemberTable;

export const TARGET = {
  id: { wire: 'id' },
  port: { wire: 'port' },
} as const satisfies MemberTable;

export const TARGET_GROUP = {
  name: { wire: 'name', createOnly: true },
  region: { carriedBy: 'client', createOnly: true },
  type: { wire: 'type', createOnly: true },
  config: { wire: 'config', compare: 'memberwise', members: CONFIG },
  tags: { wire: 'tags', compare: 'shared' },
  targets: { carriedBy: 'targets' },
} as const satisfies MemberTable;

/** The defaults of the API for the health check of a group with this configuration. */
export function healthCheckDefaults(config: { port?: unknown; protocolVersion?: unknown }) {
  // A port of 0 is documented to reset the port. The explicit port has the same effect, and is certain to work.
  return defaultsOf(HEALTH_CHECK, { config });
}
