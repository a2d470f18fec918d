// What AWS's documentation of Classic Elastic Load Balancing leaves open, one question each. The first value
// of a choice is the twin's answer until it is set otherwise.
// What Gatehouse does about each: docs/clouds/classic-elb.md.
import { choice, count } from '../shared/switches.ts';

// How many policies may a load balancer have? The API has an error for it, AWS no number.
export const policiesPerLoadBalancer = count('policiesPerLoadBalancer', 100, 10_000);
// Is a cookie policy refused on a load balancer without an HTTP or HTTPS listener, or only when it is set?
export const createWithoutHttpListener = choice('createWithoutHttpListener', 'accept', 'refuse');
// What does a create say to a policy that is there, equal in all? The guide calls all calls idempotent,
// users saw DuplicatePolicyName.
export const createSameAgain = choice('createSameAgain', 'refuse', 'accept');
// Is an expiration period of 0, given in so many digits, a browser session? It is what leaving it out means.
export const zeroPeriod = choice('zeroPeriod', 'session', 'refuse');
// What does a delete say to a policy that is not there? No error is declared for it.
export const deleteAbsentPolicy = choice('deleteAbsentPolicy', 'accept', 'PolicyNotFound');
// Which error is a second stickiness policy on one listener?
export const secondStickinessPolicy = choice(
  'secondStickinessPolicy',
  'InvalidConfigurationRequest',
  'ValidationError',
);
// What is a set that has no PolicyNames, not even an empty list?
export const missingPolicyNames = choice(
  'missingPolicyNames',
  'ValidationError',
  'MissingParameter',
  'emptyList',
);
// May a set name the same policy twice?
export const policyTwice = choice('policyTwice', 'accept', 'refuse');
// Does one unknown name among known ones fail DescribeLoadBalancers?
export const unknownNameAmongSeveral = choice('unknownNameAmongSeveral', 'refuse', 'leaveOut');
// How does the last page say that it is the last?
export const lastMarker = choice('lastMarker', 'absent', 'empty');
// Token buckets of a region, one for Describe calls and one for changes: how many calls at once, and how
// many more each second? 0 at once is no throttling. AWS says 40 and 10 for Describe calls, and no number
// for changes.
export const describeBurst = count('describeBurst', 0, 100_000);
export const describesPerSecond = count('describesPerSecond', 10, 100_000);
export const changeBurst = count('changeBurst', 0, 100_000);
export const changesPerSecond = count('changesPerSecond', 5, 100_000);
// Which code has a throttle? DependencyThrottle is declared for DescribeLoadBalancers.
export const throttleCode = choice('throttleCode', 'Throttling', 'ThrottlingException', 'DependencyThrottle');
