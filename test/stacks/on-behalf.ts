// What AWS checks besides the call itself: actions that an operation needs, too, and what a service does in the name of
// who calls it, with the caller's rights. As the service authorization reference has it, and the page "API permissions"
// of VPC Lattice's guide.
import { LOCAL } from '@gatehouse/local/settings';

export interface Asked {
  action: string;
  resource: string;
  /** Condition keys and their values. */
  context?: Record<string, string>;
}

const LATTICE = 'vpc-lattice.amazonaws.com';
const LATTICE_ROLE = `arn:aws:iam::${LOCAL.account}:role/aws-service-role/${LATTICE}/AWSServiceRoleForVpcLattice`;

/** By action; `members` of its request. */
export function askedOnBehalf({ action, resource }: Asked, members: Record<string, unknown>): Asked[] {
  switch (action) {
    case 'globalaccelerator:AddEndpoints':
    case 'globalaccelerator:RemoveEndpoints':
      return [{ action: 'globalaccelerator:UpdateEndpointGroup', resource }];
    case 'vpc-lattice:CreateTargetGroup':
      return [
        {
          action: 'iam:CreateServiceLinkedRole',
          resource: LATTICE_ROLE,
          context: { 'iam:AWSServiceName': LATTICE },
        },
        ...(members['tags'] ? [{ action: 'vpc-lattice:TagResource', resource }] : []),
        ...looks('ec2:DescribeVpcs'),
      ];
    case 'vpc-lattice:RegisterTargets':
      return Object.values(Object(members['targets'])).flatMap(target => ofTarget(Object(target).id));
    default:
      return [];
  }
}

function ofTarget(id: string): Asked[] {
  if (id.startsWith('arn:aws:lambda:'))
    return [
      { action: 'lambda:GetFunction', resource: id },
      { action: 'lambda:AddPermission', resource: id, context: { 'lambda:Principal': LATTICE } },
    ];
  if (id.startsWith('arn:')) return looks('elasticloadbalancing:DescribeLoadBalancers');
  const inVpc = looks('ec2:DescribeVpcs', 'ec2:DescribeSubnets');
  return id.startsWith('i-') ? [...inVpc, ...looks('ec2:DescribeInstances')] : inVpc;
}

function looks(...actions: string[]): Asked[] {
  return actions.map(action => ({ action, resource: '*' }));
}
