// Creates of policies. A new policy is enabled nowhere. There is no token and no update: the same name again is
// refused, even if everything else is the same.
import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { cloudError } from './errors.ts';
import { policyType, policyTypeNamed } from './policy-types.ts';
import type { CreateAppCookiePolicy, CreateLBCookiePolicy, CreatePolicy } from './requests.ts';
import { findLoadBalancer, type LoadBalancer, type Policy } from './state.ts';
import {
  createSameAgain,
  createWithoutHttpListener,
  policiesPerLoadBalancer,
  zeroPeriod,
} from './switches.ts';

export function createLBCookieStickinessPolicy(
  regional: LoadBalancer[],
  request: CreateLBCookiePolicy,
  context: Context,
): Done {
  const { LoadBalancerName, PolicyName, CookieExpirationPeriod: period } = request;
  const loadBalancer = findLoadBalancer(regional, LoadBalancerName);
  if (period === 0 && context.setting(zeroPeriod) === 'refuse') {
    throw cloudError('ValidationError', 'CookieExpirationPeriod must be at least 1');
  }
  return create(loadBalancer, context, {
    PolicyName,
    PolicyTypeName: 'LBCookieStickinessPolicyType',
    // The API shows 0 for the duration of a browser session.
    PolicyAttributeDescriptions: [
      { AttributeName: 'CookieExpirationPeriod', AttributeValue: `${period ?? 0}` },
    ],
  });
}

export function createAppCookieStickinessPolicy(
  regional: LoadBalancer[],
  { LoadBalancerName, PolicyName, CookieName }: CreateAppCookiePolicy,
  context: Context,
): Done {
  return create(findLoadBalancer(regional, LoadBalancerName), context, {
    PolicyName,
    PolicyTypeName: 'AppCookieStickinessPolicyType',
    PolicyAttributeDescriptions: [{ AttributeName: 'CookieName', AttributeValue: CookieName }],
  });
}

/** Policies of any other type, mostly for TLS. */
export function createLoadBalancerPolicy(
  regional: LoadBalancer[],
  { LoadBalancerName, PolicyName, PolicyTypeName, PolicyAttributes = [] }: CreatePolicy,
  context: Context,
): Done {
  const loadBalancer = findLoadBalancer(regional, LoadBalancerName);
  const known = policyTypeNamed(PolicyTypeName);
  const attributes = policyType(known).attributes.map(([name]) => name);
  const unknown = PolicyAttributes.find(({ AttributeName }) => !attributes.includes(AttributeName));
  if (unknown) {
    const message = `${PolicyTypeName} has no attribute ${unknown.AttributeName}`;
    throw cloudError('InvalidConfigurationRequest', message);
  }
  const PolicyAttributeDescriptions = PolicyAttributes.map(({ AttributeName, AttributeValue = '' }) => {
    return { AttributeName, AttributeValue };
  });
  return create(loadBalancer, context, { PolicyName, PolicyTypeName: known, PolicyAttributeDescriptions });
}

function create(loadBalancer: LoadBalancer, context: Context, policy: Policy): Done {
  const present = loadBalancer.policies.find(({ PolicyName }) => PolicyName === policy.PolicyName);
  if (present) {
    const isSame = isDeepStrictEqual(present, policy);
    if (isSame && context.setting(createSameAgain) === 'accept') return { answer: undefined, changed: false };
    throw cloudError('DuplicatePolicyName', `There is already a policy with name ${policy.PolicyName}`);
  }
  if (context.setting(createWithoutHttpListener) === 'refuse' && !hasListenerFor(loadBalancer, policy)) {
    const message = `${loadBalancer.LoadBalancerName} has no listener that ${policy.PolicyName} can be enabled on`;
    throw cloudError('InvalidConfigurationRequest', message);
  }
  if (loadBalancer.policies.length >= context.setting(policiesPerLoadBalancer)) {
    const message = `${loadBalancer.LoadBalancerName} has its maximum number of policies`;
    throw cloudError('TooManyPolicies', message);
  }
  loadBalancer.policies.push(policy);
  return { answer: undefined, changed: true };
}

function hasListenerFor({ ListenerDescriptions }: LoadBalancer, { PolicyTypeName }: Policy): boolean {
  const { listenerProtocols } = policyType(PolicyTypeName);
  // A policy for back-end servers is enabled on no listener.
  if (listenerProtocols.length === 0) return true;
  return ListenerDescriptions.some(({ Listener }) => listenerProtocols.includes(Listener.Protocol));
}
