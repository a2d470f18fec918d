// What each resource of VPC Lattice may call, and on what. A target group's ARN holds an id that the cloud assigns, in
// a region that the request names.
import type { Permission } from '../permission.ts';

const SERVICE = 'vpc-lattice';
const TARGET_GROUPS = 'vpc-lattice:*:{account}:targetgroup/*';

const listGroups: Permission = {
  service: SERVICE,
  operations: ['ListTargetGroups'],
  on: '*',
  because: 'a list of all target groups has no resource to name',
};

export const targetGroup: Permission[] = [
  listGroups,
  {
    service: SERVICE,
    operations: ['ListTagsForResource'],
    on: '*',
    because: 'IAM knows no resource type for ListTagsForResource',
  },
  {
    service: SERVICE,
    operations: [
      'CreateTargetGroup',
      'GetTargetGroup',
      'UpdateTargetGroup',
      'DeleteTargetGroup',
      'ListTargets',
      // Targets that others registered in a group that is to go.
      'DeregisterTargets',
      'TagResource',
      'UntagResource',
    ],
    on: TARGET_GROUPS,
  },
  {
    service: 'iam',
    operations: ['CreateServiceLinkedRole'],
    on: 'iam::{account}:role/aws-service-role/vpc-lattice.amazonaws.com/AWSServiceRoleForVpcLattice',
    because: 'VPC Lattice makes its service-linked role with the first target group of an account',
    onBehalf: true,
    condition: {
      test: 'StringEquals',
      variable: 'iam:AWSServiceName',
      values: ['vpc-lattice.amazonaws.com'],
    },
  },
];

export const targets: Permission[] = [
  {
    service: SERVICE,
    operations: ['ListTargets', 'RegisterTargets', 'DeregisterTargets'],
    on: TARGET_GROUPS,
  },
];

/** The preflight, and how near a request comes to the quotas. */
export const preflight: Permission[] = [listGroups];
