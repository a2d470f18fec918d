// The permissions of each Classic Elastic Load Balancing resource. The ARN of a load balancer contains its name and a region
// from the request. Describe calls have no resource-level permissions.
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Permission } from '../permission.ts';

const SERVICE = 'elasticloadbalancing';
const LOAD_BALANCERS = 'elasticloadbalancing:*:{account}:loadbalancer/*';

const describeBalancers: Permission = {
  service: SERVICE,
  operations: ['DescribeLoadBalancers'],
  on: '*',
  reason: 'Describe calls of Elastic Load Balancing have no resource-level permissions',
};

const describePolicies: Permission = {
  ...describeBalancers,
  operations: ['DescribeLoadBalancerPolicies'],
};

const stickinessPolicy: Permission[] = [
  describeBalancers,
  describePolicies,
  {
    service: SERVICE,
    operations: [
      'CreateLBCookieStickinessPolicy',
      'CreateAppCookieStickinessPolicy',
      'DeleteLoadBalancerPolicy',
      // Takes a deleted policy off foreign ports.
      'SetLoadBalancerPoliciesOfListener',
    ],
    on: LOAD_BALANCERS,
  },
];

const policyAttachment: Permission[] = [
  describeBalancers,
  { service: SERVICE, operations: ['SetLoadBalancerPoliciesOfListener'], on: LOAD_BALANCERS },
];

export const preflight: Permission[] = [describeBalancers, describePolicies];

/** By kind. */
export const PERMISSIONS = { stickinessPolicy, policyAttachment } satisfies Partial<
  Record<Kind, readonly Permission[]>
>;
