// A target group of VPC Lattice. Others can register targets of their own in it, and services can use it. Its tags have the entry
// point that owns it and the job that created it.

import { type Members, membersOf } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { PlanContext, Step } from '../record/plan.ts';
import { ENTRY_POINT_TAG, JOB_TAG, OWN_TAG_PREFIX, ownerIn } from '../request/aws/own-tags.ts';
import {
  healthCheckDefaults,
  MAX_TAGS,
  MAX_TAGS_OF_RESOURCE,
  TARGETS_PER_CALL,
} from '../request/aws/target-group-members.ts';
import type { TargetGroupSpec } from '../request/aws/vpc-lattice.ts';
import type { Use } from '../request/permission.ts';
import { collectionOf } from './collections.ts';
import { keyOf } from './natural-key.ts';
import { defaultsOfOmitted, omittedDefaults } from './omitted.ts';
import { callsWithTags, droppedTags } from './tag-changes.ts';
import type { KindTraits } from './traits.ts';
import { endpointPort, inRegion, named } from './uses.ts';
import { wanted } from './wanted.ts';

export const targetGroup: KindTraits<'targetGroup'> = {
  cloud: 'aws',
  part: 'targetGroups',
  steps: ({ targetGroups, entryPoint }, context) =>
    targetGroups.map((spec, index) => stepOf(spec, { index, entryPoint, context })),
  uses: ({ targetGroups }) => targetGroups.flatMap(usesOf),
  naturalKey: desired => keyOf(desired, 'region', 'name'),
  lane: desired => `target-group/${keyOf(desired, 'region', 'name')}`,
  carriedOver,
  droppedFrom: ({ desired }, owned) => droppedTags(desired.tags, owned.desired.tags),
  defaults,
  resetOmitted,
  ownerOf: ownerIn,
  withoutOwnershipTags: desired => ({ ...desired, tags: Object.fromEntries(tagsIn(desired).spec) }),
  countsIn: ({ region }) => ({ [collectionOf.targetGroups(region)]: 1 }),
  foreignDependents: true,
  foreignPerCall: TARGETS_PER_CALL,
  replacement: 'gap',
  calls: callsWithTags,
  bounds: { tags: MAX_TAGS },
  boundsInCloud: { tags: MAX_TAGS_OF_RESOURCE },
  usualSeconds: 20,
};

/** The ownership tags from its creation. */
function carriedOver({ desired }: Step<'targetGroup'>, owned: Owned<'targetGroup'>) {
  const tags = Object.fromEntries([...tagsIn(desired).spec, ...tagsIn(owned.desired).ownership]);
  return { tags };
}

/** A group of a plan from before tags existed has none. */
function tagsIn({ tags = {} }: { tags?: Record<string, string> }) {
  const isOwnershipTag = ([tag]: [string, string]) => tag.startsWith(OWN_TAG_PREFIX);
  const all = Object.entries(tags);
  return { ownership: all.filter(isOwnershipTag), spec: all.filter(tag => !isOwnershipTag(tag)) };
}

/** Groups of addresses and instances have health checks. */
function defaults({ desired }: Step<'targetGroup'>): Members {
  if (desired.type !== 'INSTANCE' && desired.type !== 'IP') return {};
  const config = membersOf(desired.config);
  const check = omittedDefaults(healthCheckDefaults(config), membersOf(config['healthCheck']));
  return Object.keys(check).length > 0 ? { config: { healthCheck: check } } : {};
}

function resetOmitted({ desired }: Step<'targetGroup'>, owned: Owned<'targetGroup'>): Members {
  // A group of another type is another resource, with other defaults.
  if (desired.type !== owned.desired.type) return {};
  const config = membersOf(desired.config);
  const check = membersOf(config['healthCheck']);
  const before = membersOf(membersOf(owned.desired.config)['healthCheck']);
  const defaults = defaultsOfOmitted(healthCheckDefaults(config), check, before);
  if (Object.keys(defaults).length === 0) return {};
  return { config: { ...config, healthCheck: { ...check, ...defaults } } };
}

function usesOf(spec: TargetGroupSpec, index: number): Use[] {
  const path = ['targetGroups', index];
  const config = [...path, 'config'];
  if (spec.type === 'LAMBDA') return inRegion(spec, path);
  const check = 'healthCheck' in spec.config ? spec.config.healthCheck?.port : undefined;
  return [
    ...inRegion(spec, path),
    named('networks', spec.config.vpcIdentifier, [...config, 'vpcIdentifier']),
    ...endpointPort(spec.config.port, [...config, 'port']),
    ...endpointPort(check, [...config, 'healthCheck', 'port']),
  ];
}

/** Unique among the groups of an account. */
export function groupName({ region, name }: Pick<TargetGroupSpec, 'region' | 'name'>, home: string): string {
  return `${region ?? home}-${name}`;
}

export const targetGroupStep = (name: string) => `target-group-${name}`;

/** Ownership tags, set at creation. Of the AWS APIs used here, no other one allows such a proof of ownership. */
function stepOf(
  { targets: _, ...spec }: TargetGroupSpec,
  { index, entryPoint, context }: { index: number; entryPoint: string; context: PlanContext },
): Step<'targetGroup'> {
  const region = spec.region ?? context.region;
  const tags = { ...spec.tags, [ENTRY_POINT_TAG]: entryPoint, [JOB_TAG]: context.jobId };
  return wanted('targetGroup', {
    id: targetGroupStep(groupName(spec, context.region)),
    title: `target group ${spec.name}`,
    desired: { ...spec, region, tags },
    part: `/targetGroups/${index}`,
  });
}
