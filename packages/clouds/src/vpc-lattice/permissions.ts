// The permissions of each VPC Lattice resource. The ARN of a target group contains an id that the cloud assigns, and a region
// from the request.
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Permission } from '../permission.ts';

const SERVICE = 'vpc-lattice';
const TARGET_GROUPS = 'vpc-lattice:*:{account}:targetgroup/*';
const FUNCTIONS = 'lambda:*:{account}:function:*';

const listGroups: Permission = {
  service: SERVICE,
  operations: ['ListTargetGroups'],
  on: '*',
  reason: 'ListTargetGroups has no resource-level permissions',
};

/** VPC Lattice reads with the permissions of its caller. These calls have no resource-level permissions. */
function readsOnBehalf(service: string, ...operations: string[]): Permission {
  const reason = 'VPC Lattice checks on our behalf that the resources of a request exist';
  return { service, operations, on: '*', reason, onBehalf: true };
}

const targetGroup: Permission[] = [
  listGroups,
  readsOnBehalf('ec2', 'DescribeVpcs'),
  {
    service: SERVICE,
    operations: ['ListTagsForResource'],
    on: '*',
    reason: 'ListTagsForResource has no resource-level permissions',
  },
  {
    service: SERVICE,
    operations: [
      'CreateTargetGroup',
      'GetTargetGroup',
      'UpdateTargetGroup',
      'DeleteTargetGroup',
      'ListTargets',
      // Foreign targets in a group that is deleted.
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
    reason: 'VPC Lattice creates its service-linked role with the first target group of an account',
    onBehalf: true,
    condition: {
      test: 'StringEquals',
      variable: 'iam:AWSServiceName',
      values: ['vpc-lattice.amazonaws.com'],
    },
  },
];

const targets: Permission[] = [
  {
    service: SERVICE,
    operations: ['ListTargets', 'RegisterTargets', 'DeregisterTargets'],
    on: TARGET_GROUPS,
  },
  readsOnBehalf('ec2', 'DescribeInstances', 'DescribeSubnets', 'DescribeVpcs'),
  readsOnBehalf('elasticloadbalancing', 'DescribeLoadBalancers'),
  {
    service: 'lambda',
    operations: ['GetFunction'],
    on: FUNCTIONS,
    reason: 'VPC Lattice checks on our behalf that a target of type LAMBDA exists',
    onBehalf: true,
  },
  {
    service: 'lambda',
    operations: ['AddPermission'],
    on: FUNCTIONS,
    reason:
      'VPC Lattice grants itself, on our behalf, the permission to invoke a target of type LAMBDA; no other principal is allowed',
    onBehalf: true,
    condition: { test: 'StringEquals', variable: 'lambda:Principal', values: ['vpc-lattice.amazonaws.com'] },
  },
];

/** The preflight and the quota warnings. */
export const preflight: Permission[] = [listGroups];

/** By kind. */
export const PERMISSIONS = { targetGroup, targets } satisfies Partial<Record<Kind, readonly Permission[]>>;
