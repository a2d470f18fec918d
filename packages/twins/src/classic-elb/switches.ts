// What AWS's documentation of Classic Elastic Load Balancing leaves open, one question each. The first value
// of a choice is the twin's answer until it is set otherwise.
// What Gatehouse does about each: docs/clouds/classic-elb.md.
import { choice, count } from '../shared/switches.ts';

// How many policies can a load balancer have? The API has an error for it, AWS no number.
export const policiesPerLoadBalancer = count('policiesPerLoadBalancer', 100, 10_000);
// Is a cookie policy refused on a load balancer without an HTTP or HTTPS listener, or only when it is set?
export const createWithoutHttpListener = choice('createWithoutHttpListener', 'accept', 'refuse');
// How does a create treat an existing policy that is equal in all members? The guide calls all calls idempotent, users
// saw DuplicatePolicyName.
export const createSameAgain = choice('createSameAgain', 'refuse', 'accept');
// Does an explicit expiration period of 0 mean a browser session? An absent one does.
export const zeroPeriod = choice('zeroPeriod', 'session', 'refuse');
// Which error does a delete of an absent policy return? None is declared for it.
export const deleteAbsentPolicy = choice('deleteAbsentPolicy', 'accept', 'PolicyNotFound');
// Which error does a second stickiness policy on one listener get?
export const secondStickinessPolicy = choice(
  'secondStickinessPolicy',
  'InvalidConfigurationRequest',
  'ValidationError',
);
// How is a set without PolicyNames treated, not even an empty list?
export const missingPolicyNames = choice(
  'missingPolicyNames',
  'ValidationError',
  'MissingParameter',
  'emptyList',
);
// Can a set name the same policy twice?
export const policyTwice = choice('policyTwice', 'accept', 'refuse');
// Does one unknown name among known ones fail DescribeLoadBalancers?
export const unknownNameAmongSeveral = choice('unknownNameAmongSeveral', 'refuse', 'leaveOut');
// How does the last page show that it is the last?
export const lastMarker = choice('lastMarker', 'absent', 'empty');
// Token buckets of a region, one for Describe calls and one for changes: their size and refill per second? A size of 0
// turns throttling off. AWS names 40 and 10 for Describe calls, and no number for changes.
export const describeBurst = count('describeBurst', 0, 100_000);
export const describesPerSecond = count('describesPerSecond', 10, 100_000);
export const changeBurst = count('changeBurst', 0, 100_000);
export const changesPerSecond = count('changesPerSecond', 5, 100_000);
// Which code does a throttled call get? DependencyThrottle is declared for DescribeLoadBalancers.
export const throttleCode = choice('throttleCode', 'Throttling', 'ThrottlingException', 'DependencyThrottle');
