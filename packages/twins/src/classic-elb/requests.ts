// The requests of each operation. The model bounds few of their members. A form has texts only, so numbers are read
// from text. An InputError is a ValidationError on this wire.
import { InputError, integer, listOf, members, oneOf, type Reader, text } from '../shared/input.ts';

/** The API has no limit of characters or members: the HTTP server bounds the body. */
const unbounded = Number.MAX_SAFE_INTEGER;
const anyText = text({ max: unbounded });

const filledText: Reader<string> = (value, at) => {
  const read = anyText(value, at);
  if (read === '') throw new InputError('constraint', at, 'not be empty');
  return read;
};

const loadBalancerName: Reader<string> = (value, at) => {
  const name = filledText(value, at);
  if (name.length > 32) throw new InputError('constraint', 'LoadBalancer name', 'not exceed 32 characters');
  return name;
};

const policyName: Reader<string> = (value, at) => {
  const name = filledText(value, at);
  if (/^[a-zA-Z0-9-]+$/.test(name)) return name;
  throw new InputError('constraint', 'Policy name', 'have letters, digits and dashes only');
};

const policy = { LoadBalancerName: loadBalancerName, PolicyName: policyName };
const names = listOf(filledText, { max: unbounded });
const pageMembers = { Marker: anyText, PageSize: wholeNumber(1, 400) };

export const page = members({}, pageMembers);
export const describeLoadBalancers = members({}, { LoadBalancerNames: names, ...pageMembers });
export const describeTags = members({ LoadBalancerNames: listOf(filledText, { min: 1, max: 20 }) }, {});
export const describePolicies = members({}, { LoadBalancerName: loadBalancerName, PolicyNames: names });
export const describePolicyTypes = members({}, { PolicyTypeNames: names });

export const createLBCookiePolicy = members(policy, { CookieExpirationPeriod: wholeNumber(0) });
const cookieName: Reader<string> = (value, at) => {
  const name = filledText(value, at);
  if (!/\p{Cc}/u.test(name)) return name;
  throw new InputError('constraint', 'Cookie name', 'have no control characters');
};

export const createAppCookiePolicy = members({ ...policy, CookieName: cookieName }, {});
const attribute = members({ AttributeName: filledText }, { AttributeValue: anyText });
export const createPolicy = members(
  { ...policy, PolicyTypeName: filledText },
  { PolicyAttributes: listOf(attribute, { max: unbounded }) },
);
export const byPolicy = members({ LoadBalancerName: loadBalancerName, PolicyName: filledText }, {});
/** PolicyNames is required too; a switch selects the error for its absence. */
export const setPolicies = members(
  { LoadBalancerName: loadBalancerName, LoadBalancerPort: wholeNumber() },
  { PolicyNames: names },
);

export const setBackendPolicies = members(
  { LoadBalancerName: loadBalancerName, InstancePort: wholeNumber(1, 65_535), PolicyNames: names },
  {},
);

const protocol = oneOf('HTTP', 'HTTPS', 'TCP', 'SSL');
const port = wholeNumber(1, 65_535);
const listener = members(
  { Protocol: protocol, LoadBalancerPort: port, InstancePort: port },
  { InstanceProtocol: protocol, SSLCertificateId: filledText },
);
export const byLoadBalancer = members({ LoadBalancerName: loadBalancerName }, {});
export const createListeners = members(
  { LoadBalancerName: loadBalancerName, Listeners: listOf(listener, { min: 1, max: unbounded }) },
  {},
);
export const deleteListeners = members(
  {
    LoadBalancerName: loadBalancerName,
    LoadBalancerPorts: listOf(wholeNumber(), { min: 1, max: unbounded }),
  },
  {},
);

export type Page = ReturnType<typeof page>;
export type DescribeLoadBalancers = ReturnType<typeof describeLoadBalancers>;
export type DescribePolicies = ReturnType<typeof describePolicies>;
export type CreateLBCookiePolicy = ReturnType<typeof createLBCookiePolicy>;
export type CreateAppCookiePolicy = ReturnType<typeof createAppCookiePolicy>;
export type CreatePolicy = ReturnType<typeof createPolicy>;
export type SetPolicies = ReturnType<typeof setPolicies>;
export type SetBackendPolicies = ReturnType<typeof setBackendPolicies>;
export type CreateListeners = ReturnType<typeof createListeners>;
export type DeleteListeners = ReturnType<typeof deleteListeners>;

function wholeNumber(min?: number, max?: number): Reader<number> {
  const read = integer(min, max);
  return (value, at) => read(typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value, at);
}
