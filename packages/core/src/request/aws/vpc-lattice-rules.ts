// Rules that combine members of target groups. A part is undefined or null if it is not valid: rules that need it are
// skipped.
// Source: docs/clouds/vpc-lattice.md.

import { RepeatsPerPlace } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { tagIssues } from '../tags.ts';
import { healthCheckIssues, type LenientHealthCheck } from './lattice-health-check.ts';
import { type LenientTargets, targetIssues } from './lattice-targets.ts';
import { CONFIG, MAX_TARGETS } from './target-group-members.ts';

/** Null if it is given but not valid: the default does not apply then. */
type Given<Value> = Value | null | undefined;

interface LenientConfig {
  protocol?: 'HTTP' | 'HTTPS' | 'TCP' | undefined;
  port?: Given<number>;
  ipAddressType?: Given<'IPV4' | 'IPV6'>;
  healthCheck?: LenientHealthCheck | undefined;
}

interface LenientGroup {
  name?: string | undefined;
  region?: Given<string>;
  type?: 'INSTANCE' | 'IP' | 'ALB' | 'LAMBDA' | undefined;
  config?: LenientConfig | undefined;
  tags?: unknown;
  targets?: LenientTargets;
}

type Path = readonly PropertyKey[];

export function targetGroupIssues(groups: readonly (LenientGroup | undefined)[]): ValidationIssue[] {
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

/** An omitted region is a place of its own, as the default region is unknown here. */
function nameIssues({ name, region }: LenientGroup, path: Path, seen: RepeatsPerPlace): ValidationIssue[] {
  if (region === null) return [];
  return seen.at(region ?? '').find(name, path, 'a target group name is unique in its region');
}

function groupIssues(
  { type, region, config, tags, targets }: LenientGroup,
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

function familyOf(config: LenientConfig | undefined): 'IPV4' | 'IPV6' | undefined {
  if (!config) return undefined;
  return config.ipAddressType === undefined
    ? CONFIG.ipAddressType.default
    : (config.ipAddressType ?? undefined);
}

function portOf(config: LenientConfig | undefined): number | undefined {
  if (config?.port !== undefined) return config.port ?? undefined;
  const defaults: Partial<Record<string, number>> = CONFIG.port.defaultBy.values;
  return config?.protocol && defaults[config.protocol];
}

function totalIssues(groups: readonly (LenientGroup | undefined)[]): ValidationIssue[] {
  const total = groups.reduce((sum, group) => sum + (group?.targets?.length ?? 0), 0);
  const alone = groups.some(group => (group?.targets?.length ?? 0) > MAX_TARGETS);
  if (alone || total <= MAX_TARGETS) return [];
  const detail = `have ${total} targets in all; a request has at most ${MAX_TARGETS}: split them into several requests`;
  return [{ pointer: pointerTo(['targetGroups']), detail }];
}
