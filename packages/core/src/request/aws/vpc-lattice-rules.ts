// What target groups may not be together, or with their own parts, although each member alone is right. A
// part that is undefined or null could not be read: a rule that needs it stays silent.
// Source: docs/clouds/vpc-lattice.md.

import { RepeatsPerPlace } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { tagIssues } from '../tags.ts';
import { healthCheckIssues, type ReadableHealthCheck } from './lattice-health-check.ts';
import { type ReadableTargets, targetIssues } from './lattice-targets.ts';
import { CONFIG, MAX_TARGETS } from './target-group-members.ts';

/** Null where it is there but could not be read: then it is not the default either. */
type Given<Value> = Value | null | undefined;

interface ReadableConfig {
  protocol?: 'HTTP' | 'HTTPS' | 'TCP' | undefined;
  port?: Given<number>;
  ipAddressType?: Given<'IPV4' | 'IPV6'>;
  healthCheck?: ReadableHealthCheck | undefined;
}

interface ReadableGroup {
  name?: string | undefined;
  region?: Given<string>;
  type?: 'INSTANCE' | 'IP' | 'ALB' | 'LAMBDA' | undefined;
  config?: ReadableConfig | undefined;
  tags?: unknown;
  targets?: ReadableTargets;
}

type Path = readonly PropertyKey[];

export function targetGroupIssues(groups: readonly (ReadableGroup | undefined)[]): ValidationIssue[] {
  const names = new RepeatsPerPlace();
  const each = groups.flatMap((group, index) =>
    group
      ? [
          ...nameIssues(group, ['targetGroups', index, 'name'], names),
          ...groupIssues(group, ['targetGroups', index]),
        ]
      : [],
  );
  return [...each, ...totalIssues(groups)];
}

/** Left out, the region is one that the request does not tell: a place of its own. */
function nameIssues({ name, region }: ReadableGroup, path: Path, seen: RepeatsPerPlace): ValidationIssue[] {
  if (region === null) return [];
  return seen.at(region ?? '').find(name, path, 'a region has one target group of a name');
}

function groupIssues(
  { type, region, config, tags, targets }: ReadableGroup,
  path: PropertyKey[],
): ValidationIssue[] {
  const hasCheck = type === 'INSTANCE' || type === 'IP';
  return [
    ...(hasCheck && config?.healthCheck
      ? healthCheckIssues(config.healthCheck, [...path, 'config', 'healthCheck'])
      : []),
    ...tagIssues(tags, [...path, 'tags']),
    ...targetIssues(
      { targets, type, region: region ?? undefined, addressFamily: familyOf(config), port: portOf(config) },
      [...path, 'targets'],
    ),
  ];
}

function familyOf(config: ReadableConfig | undefined): 'IPV4' | 'IPV6' | undefined {
  if (!config) return undefined;
  return config.ipAddressType === undefined
    ? CONFIG.ipAddressType.default
    : (config.ipAddressType ?? undefined);
}

function portOf(config: ReadableConfig | undefined): number | undefined {
  if (config?.port !== undefined) return config.port ?? undefined;
  const usual: Partial<Record<string, number>> = CONFIG.port.defaultBy.values;
  return config?.protocol && usual[config.protocol];
}

function totalIssues(groups: readonly (ReadableGroup | undefined)[]): ValidationIssue[] {
  const total = groups.reduce((sum, group) => sum + (group?.targets?.length ?? 0), 0);
  const alone = groups.some(group => (group?.targets?.length ?? 0) > MAX_TARGETS);
  if (alone || total <= MAX_TARGETS) return [];
  const detail = `have ${total} targets in all; a request has at most ${MAX_TARGETS}: share them out among several requests`;
  return [{ pointer: pointerTo(['targetGroups']), detail }];
}
