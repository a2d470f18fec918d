// A target group against what is wanted of it, as a spec says it, and the spec that takes an update of ours back. Pure.
import type { TargetGroupConfig } from '@aws-sdk/client-vpc-lattice';
import { type Members, membersOf } from '@gatehouse/core/json/plain-members';
import { putBack } from '@gatehouse/core/json/put-back';
import { healthCheckDefaults } from '@gatehouse/core/request/aws/lattice-health-check';
import type { TargetGroupSpec } from '@gatehouse/core/request/aws/vpc-lattice';
import { restoredTags, tagDrift } from '../tags.ts';

/** A group of a request, in its region, with the caller's tags and ours. */
export type DesiredGroup = Omit<TargetGroupSpec, 'targets' | 'region'> & {
  region: string;
  tags: Record<string, string>;
  /** Keys of tags that were ours and are not asked for any more. */
  droppedTags?: string[];
};

export interface ObservedGroup {
  arn: string;
  name: string | undefined;
  type: string | undefined;
  config: TargetGroupConfig;
  status: string | undefined;
  failure: string | undefined;
  serviceArns: string[];
  tags: Record<string, string>;
}

type HealthCheck = NonNullable<TargetGroupConfig['healthCheck']>;

const FIXED_CONFIG = [
  'port',
  'protocol',
  'protocolVersion',
  'ipAddressType',
  'vpcIdentifier',
  'lambdaEventStructureVersion',
] as const;

export const FIXED: readonly string[] = [
  'name',
  'region',
  'type',
  ...FIXED_CONFIG.map(member => `config.${member}`),
];

export function driftOf(desired: DesiredGroup, group: ObservedGroup): string[] {
  const wanted = wireConfig(desired) ?? {};
  const { set, dropped } = tagDrift(desired, group.tags);
  const differs: [string, boolean][] = [
    ['name', desired.name !== group.name],
    ['region', desired.region !== regionOf(group)],
    ['type', desired.type !== group.type],
    ...FIXED_CONFIG.map((member): [string, boolean] => [
      `config.${member}`,
      wanted[member] !== undefined && wanted[member] !== group.config[member],
    ]),
    ['config.healthCheck', !covers(group.config.healthCheck, wanted.healthCheck ?? {})],
    ['tags', Object.keys(set).length + dropped.length > 0],
  ];
  return differs.filter(([, differ]) => differ).map(([member]) => member);
}

/** A health check on the port of the traffic says none: with or without it, it is the same. */
export function imageOf(group: ObservedGroup): Members {
  const { name, type, config, tags } = group;
  const { port, ...check } = config.healthCheck ?? {};
  const healthCheck = port === undefined || port === config.port ? check : { ...check, port };
  const whole = config.healthCheck ? { ...config, healthCheck } : config;
  return plain({ name, region: regionOf(group), type, config: whole, tags });
}

/** `before`: what `imageOf` said when the update began. */
export function restoredGroup(desired: DesiredGroup, before: Members, group: ObservedGroup): DesiredGroup {
  const was = membersOf(membersOf(before['config'])['healthCheck']);
  const healthCheck = restoredCheck(desired, was, group);
  return {
    ...desired,
    // Of the same type as before, as that is fixed.
    ...({ config: { ...desired.config, ...(healthCheck ? { healthCheck } : {}) } } as DesiredGroup),
    ...restoredTags(desired, membersOf(before['tags']), group.tags),
  };
}

/**
 * What the update left unsaid is as it was, too: it may have been reset. What the API did not say before had its usual
 * value, which is said now, as a call that leaves it out may keep ours.
 */
function restoredCheck(desired: DesiredGroup, was: Members, { config }: ObservedGroup): Members | undefined {
  if (!config.healthCheck) return undefined;
  const [now, set] = [plain(config.healthCheck), membersOf(wireConfig(desired)?.healthCheck)];
  const usual = Object.entries(healthCheckDefaults(config)).filter(([member]) => member in set);
  return putBack({ ...now, ...set }, { ...Object.fromEntries(usual), ...was }, now);
}

export function wireConfig({ type, config }: DesiredGroup): TargetGroupConfig | undefined {
  if (type === 'LAMBDA' && config === undefined) return undefined;
  return { ...config };
}

/** Every member that the request names, as it is; what it leaves to the API is no difference. */
function covers(standing: HealthCheck | undefined, wanted: HealthCheck): boolean {
  return Object.entries(wanted).every(([member, value]) => {
    const there = standing?.[member as keyof HealthCheck];
    return value === undefined || JSON.stringify(there) === JSON.stringify(value);
  });
}

/** The region is in the group's own ARN. */
function regionOf({ arn }: ObservedGroup): string | undefined {
  return arn.split(':')[3];
}

/** As JSON keeps it, without members that have no value. */
function plain(value: object): Members {
  return JSON.parse(JSON.stringify(value));
}
