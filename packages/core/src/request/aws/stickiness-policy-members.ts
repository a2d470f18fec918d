// The members of a cookie stickiness policy of a Classic Load Balancer. No call changes a policy. Each read identifies it by
// its region, its load balancer and its name.
import type { MemberTable } from '../member-table.ts';

/** The usual number of listeners that a load balancer can have. */
export const MAX_LOAD_BALANCER_PORTS = 100;

export const STICKINESS_POLICY = {
  loadBalancerName: { wire: 'LoadBalancerName', createOnly: true, unread: true },
  region: { carriedBy: 'client', createOnly: true, unread: true },
  policyName: { wire: 'PolicyName', createOnly: true, unread: true },
  /** 0 is the browser session. */
  cookieExpirationPeriod: { wire: 'CookieExpirationPeriod', createOnly: true, default: 0 },
  cookieName: { wire: 'CookieName', createOnly: true },
  loadBalancerPorts: { carriedBy: 'policyAttachment' },
  replace: { carriedBy: 'policyAttachment' },
} as const satisfies MemberTable;
