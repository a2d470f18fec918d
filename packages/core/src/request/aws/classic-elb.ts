// Cookie stickiness policies of Classic Load Balancers in a request, with every member of
// CreateLBCookieStickinessPolicy and CreateAppCookieStickinessPolicy (version 2012-06-01). The API says little
// about ranges: those marked as ours keep out what no load balancer can mean.
import * as z from 'zod';
import { flag, listOf, port, readable, readableOr, region, text, wholeNumber } from '../../json/members.ts';
import { RepeatsPerPlace } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { objectByTable } from '../member-schema.ts';
import { MAX_LOAD_BALANCER_PORTS, STICKINESS_POLICY } from './stickiness-policy-members.ts';

export type StickinessPolicySpec = z.output<typeof stickinessPolicySpec>;

/** Ours: the longest that a signed 32-bit number of seconds says, 68 years. */
const MAX_PERIOD_SECONDS = 2_147_483_647;

const loadBalancerName = text(
  'the name of a Classic Load Balancer: letters, digits and dashes, first and last no dash',
  { from: 1, to: 32, pattern: /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/ },
);

const policyName = text('a name of letters, digits and dashes', {
  from: 1,
  to: 128,
  pattern: /^[a-zA-Z0-9-]+$/,
});

const listenerPort = port().meta({
  description: 'The port of an HTTP or HTTPS listener of the load balancer.',
  inPlace: true,
});

const givenPolicySpec = objectByTable('a stickiness policy', STICKINESS_POLICY, {
  loadBalancerName: loadBalancerName.meta({
    description: 'The load balancer that gets the policy. It must exist.',
  }),
  region: region().exactOptional().meta({
    description: 'The region of the load balancer. When left out it is the one that Gatehouse runs in.',
  }),
  policyName: policyName.meta({
    description: 'The name of the policy, unique on its load balancer. 128 characters are a limit of ours.',
  }),
  cookieExpirationPeriod: wholeNumber(0, MAX_PERIOD_SECONDS).exactOptional().meta({
    description:
      "How long the load balancer's own cookie holds. Left out, or 0, it holds as long as the browser's session.",
    unit: 'seconds',
  }),
  cookieName: text('the name of a cookie, without white space, quotes and separators', {
    from: 1,
    to: 255,
    pattern: /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/,
  })
    .exactOptional()
    .meta({
      description:
        "The application's cookie that the policy follows, instead of one of the load balancer's own.",
    }),
  loadBalancerPorts: listOf(listenerPort, { from: 1, to: MAX_LOAD_BALANCER_PORTS, called: 'ports' }).meta({
    description:
      'The ports of the load balancer that get the policy, each an HTTP or HTTPS listener. A port has one stickiness policy.',
  }),
  replace: flag().default(false).meta({
    description: 'Whether a stickiness policy that a port has already may be taken off it.',
  }),
});

/** 0 and absent both mean the session's lifetime: absent is the one that is kept. */
export const stickinessPolicySpec = givenPolicySpec.transform(
  ({ cookieExpirationPeriod = 0, ...policy }): z.output<typeof givenPolicySpec> =>
    cookieExpirationPeriod === 0 ? policy : { ...policy, cookieExpirationPeriod },
);

/** What the rules look at, as far as it can be read: a part that its schema refuses is undefined. */
const readablePolicies = readable(
  z.array(
    readable(
      z.object({
        loadBalancerName: readable(loadBalancerName),
        region: readableOr(region()),
        policyName: readable(policyName),
        cookieExpirationPeriod: readable(z.unknown()),
        cookieName: readable(z.unknown()),
        loadBalancerPorts: readable(z.array(readable(port()))),
      }),
    ),
  ),
);

/** The rules that no schema says. Pointers start at the request. Never throws. */
export function classicElbIssues(request: { stickinessPolicies?: unknown }): ValidationIssue[] {
  const policyNames = new RepeatsPerPlace();
  const ports = new RepeatsPerPlace();
  return (readablePolicies.parse(request.stickinessPolicies) ?? []).flatMap((policy, index) => {
    if (!policy) return [];
    const path = ['stickinessPolicies', index];
    const place = placeOf(policy);
    return [
      ...kindIssues(policy, path),
      ...(place === undefined
        ? []
        : policyNames
            .at(place)
            .find(policy.policyName, [...path, 'policyName'], 'a load balancer has one policy of a name')),
      // A load balancer that cannot be read is nobody else's: its own ports can still repeat.
      ...(policy.loadBalancerPorts ?? []).flatMap((number, at) =>
        ports
          .at(place ?? `policy ${index}`)
          .find(number, [...path, 'loadBalancerPorts', at], 'a port has one stickiness policy'),
      ),
    ];
  });
}

type ReadablePolicy = NonNullable<NonNullable<z.output<typeof readablePolicies>>[number]>;

/** Left out, the region is one that the request does not tell: a place of its own. */
function placeOf({ loadBalancerName, region }: ReadablePolicy): string | undefined {
  return loadBalancerName === undefined || region === null
    ? undefined
    : `${region ?? ''} ${loadBalancerName}`;
}

function kindIssues(
  { cookieExpirationPeriod, cookieName }: ReadablePolicy,
  path: PropertyKey[],
): ValidationIssue[] {
  if (cookieExpirationPeriod === undefined || cookieName === undefined) return [];
  const detail =
    "is given besides `cookieName`; a policy follows either the load balancer's cookie, with its period, or the application's, which has its own";
  return [{ pointer: pointerTo([...path, 'cookieExpirationPeriod']), detail }];
}
