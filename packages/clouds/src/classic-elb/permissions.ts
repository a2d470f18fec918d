// What each resource of Classic Elastic Load Balancing may call, and on what. A load balancer's ARN is its name, in a
// region that the request names; IAM knows no resource type for its Describe calls.
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Permission } from '../permission.ts';

const SERVICE = 'elasticloadbalancing';
const LOAD_BALANCERS = 'elasticloadbalancing:*:{account}:loadbalancer/*';

const describeBalancers: Permission = {
  service: SERVICE,
  operations: ['DescribeLoadBalancers'],
  on: '*',
  reason: 'Describe calls of Elastic Load Balancing have no resource level',
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
      // Off ports that others set it on, when it is to go.
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
