// A target group as wanted and as it stands, and what its member table says of the two. Pure.
import type { CreateTargetGroupCommandInput, TargetGroupConfig } from '@aws-sdk/client-vpc-lattice';
import { TARGET_GROUP } from '@gatehouse/core/request/aws/target-group-members';
import type { TargetGroupSpec } from '@gatehouse/core/request/aws/vpc-lattice';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import type { TableOn } from '@gatehouse/core/request/member-table';
import { fromWire } from '@gatehouse/core/request/member-values';
import { sharedTags } from '../tags.ts';

export const MEMBERS = TARGET_GROUP satisfies TableOn<CreateTargetGroupCommandInput>;

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

/** The region is in the group's own ARN. */
const specOf = (group: ObservedGroup) => fromWire(MEMBERS, group, { region: ({ arn }) => arn.split(':')[3] });

export const compared = comparedBy<typeof MEMBERS, DesiredGroup, ObservedGroup>(MEMBERS, specOf, {
  tags: sharedTags(({ tags }) => tags),
});
