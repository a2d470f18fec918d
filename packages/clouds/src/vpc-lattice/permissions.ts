// What each resource of VPC Lattice may call, and on what. A target group's ARN holds an id that the cloud assigns, in
// a region that the request names.
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Permission } from '../permission.ts';

const SERVICE = 'vpc-lattice';
const TARGET_GROUPS = 'vpc-lattice:*:{account}:targetgroup/*';
const FUNCTIONS = 'lambda:*:{account}:function:*';

const listGroups: Permission = {
  service: SERVICE,
  operations: ['ListTargetGroups'],
  on: '*',
  reason: 'a list of all target groups has no resource to name',
};

/** VPC Lattice looks with the rights of who calls it; EC2 and load balancers know no resources to look at. */
function looksAt(service: string, ...operations: string[]): Permission {
  const reason = 'VPC Lattice looks, in our name, whether what a request names is there';
  return { service, operations, on: '*', reason, onBehalf: true };
}

const targetGroup: Permission[] = [
  listGroups,
  looksAt('ec2', 'DescribeVpcs'),
  {
    service: SERVICE,
    operations: ['ListTagsForResource'],
    on: '*',
    reason: 'IAM knows no resource type for ListTagsForResource',
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
    reason: 'VPC Lattice makes its service-linked role with the first target group of an account',
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
  looksAt('ec2', 'DescribeInstances', 'DescribeSubnets', 'DescribeVpcs'),
  looksAt('elasticloadbalancing', 'DescribeLoadBalancers'),
  {
    service: 'lambda',
    operations: ['GetFunction'],
    on: FUNCTIONS,
    reason: 'VPC Lattice looks, in our name, whether a target of type LAMBDA is there',
    onBehalf: true,
  },
  {
    service: 'lambda',
    operations: ['AddPermission'],
    on: FUNCTIONS,
    reason: 'VPC Lattice lets itself, in our name, call a target of type LAMBDA; nobody else may be let in',
    onBehalf: true,
    condition: { test: 'StringEquals', variable: 'lambda:Principal', values: ['vpc-lattice.amazonaws.com'] },
  },
];

/** The preflight, and how near a request comes to the quotas. */
export const preflight: Permission[] = [listGroups];

/** By kind. */
export const PERMISSIONS = { targetGroup, targets } satisfies Partial<Record<Kind, readonly Permission[]>>;
