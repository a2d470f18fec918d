// A target group as desired and as observed, compared by its member table. Pure.
import type { CreateTargetGroupCommandInput, TargetGroupConfig } from '@aws-sdk/client-vpc-lattice';
import { TARGET_GROUP } from '@gatehouse/core/request/aws/target-group-members';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import type { TableOn } from '@gatehouse/core/request/member-table';
import { fromWire } from '@gatehouse/core/request/member-values';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import { sharedTags } from '../tags.ts';

export const MEMBERS = TARGET_GROUP satisfies TableOn<CreateTargetGroupCommandInput>;

/** The tags are the caller's and ours. */
export type DesiredGroup = DesiredByKind['targetGroup'] & {
  /** Keys of our tags that are no longer in the spec. */
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

/** The ARN of the group contains its region. */
const specOf = (group: ObservedGroup) => fromWire(MEMBERS, group, { region: ({ arn }) => arn.split(':')[3] });

export const compared = comparedBy<typeof MEMBERS, DesiredGroup, ObservedGroup>(MEMBERS, specOf, {
  tags: sharedTags(({ tags }) => tags),
});
