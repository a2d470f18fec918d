// Load balancers, as they are read. Only this answer shows the policies that a listener has enabled; it shows the existing
// policies in three lists, by type.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { pageOf } from './pages.ts';
import type { PolicyTypeName } from './policy-types.ts';
import type { DescribeLoadBalancers } from './requests.ts';
import { findLoadBalancer, type LoadBalancer, type Policy } from './state.ts';
import { unknownNameAmongSeveral } from './switches.ts';

export function describeLoadBalancers(
  regional: LoadBalancer[],
  { LoadBalancerNames = [], ...page }: DescribeLoadBalancers,
  context: Context,
): Done {
  const requested = LoadBalancerNames.length === 0 ? regional : named(regional, LoadBalancerNames, context);
  const { items, ...next } = pageOf(requested, page, each => each.LoadBalancerName, context);
  return { answer: { LoadBalancerDescriptions: items.map(shown), ...next }, changed: false };
}

export function describeTags(
  regional: LoadBalancer[],
  { LoadBalancerNames }: { LoadBalancerNames: string[] },
): Done {
  const TagDescriptions = LoadBalancerNames.map(name => {
    const { LoadBalancerName, tags } = findLoadBalancer(regional, name);
    return { LoadBalancerName, Tags: tags };
  });
  return { answer: { TagDescriptions }, changed: false };
}

/** Nothing here changes them, so each has the defaults. */
export function describeLoadBalancerAttributes(
  regional: LoadBalancer[],
  { LoadBalancerName }: { LoadBalancerName: string },
): Done {
  findLoadBalancer(regional, LoadBalancerName);
  const LoadBalancerAttributes = {
    CrossZoneLoadBalancing: { Enabled: false },
    AccessLog: { Enabled: false },
    ConnectionDraining: { Enabled: false, Timeout: 300 },
    ConnectionSettings: { IdleTimeout: 60 },
    AdditionalAttributes: [{ Key: 'elb.http.desyncmitigationmode', Value: 'defensive' }],
  };
  return { answer: { LoadBalancerAttributes }, changed: false };
}

function named(regional: LoadBalancer[], names: string[], context: Context): LoadBalancer[] {
  const found = regional.filter(({ LoadBalancerName }) => names.includes(LoadBalancerName));
  const leavesOut = found.length > 0 && context.setting(unknownNameAmongSeveral) === 'leaveOut';
  if (!leavesOut) for (const name of names) findLoadBalancer(regional, name);
  return found;
}

function shown(loadBalancer: LoadBalancer): unknown {
  const { LoadBalancerName, ListenerDescriptions, policies, backends = [], surroundings } = loadBalancer;
  return {
    LoadBalancerName,
    ...surroundings,
    ListenerDescriptions,
    BackendServerDescriptions: backends,
    Policies: byType(policies),
  };
}

function byType(policies: Policy[]): unknown {
  const ofType = (name: PolicyTypeName) => policies.filter(({ PolicyTypeName }) => PolicyTypeName === name);
  const appCookie = ofType('AppCookieStickinessPolicyType');
  const lbCookie = ofType('LBCookieStickinessPolicyType');
  const others = policies.filter(policy => !appCookie.includes(policy) && !lbCookie.includes(policy));
  return {
    AppCookieStickinessPolicies: appCookie.map(policy => {
      return { PolicyName: policy.PolicyName, CookieName: attribute(policy, 'CookieName') };
    }),
    LBCookieStickinessPolicies: lbCookie.map(policy => {
      const period = attribute(policy, 'CookieExpirationPeriod');
      // Unlike DescribeLoadBalancerPolicies, this answer has no value for the duration of a browser session.
      return { PolicyName: policy.PolicyName, CookieExpirationPeriod: period === '0' ? undefined : period };
    }),
    OtherPolicies: others.map(({ PolicyName }) => PolicyName),
  };
}

function attribute({ PolicyAttributeDescriptions }: Policy, name: string): string | undefined {
  return PolicyAttributeDescriptions.find(({ AttributeName }) => AttributeName === name)?.AttributeValue;
}
