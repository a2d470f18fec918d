// Cookie stickiness policies of Classic Load Balancers in a request, with every member of
// CreateLBCookieStickinessPolicy and CreateAppCookieStickinessPolicy (version 2012-06-01). The API documents few ranges:
// those marked as ours exclude values that make no sense for a load balancer.
import * as z from 'zod';
import { flag, lenient, lenientOr, listOf, port, region, text, wholeNumber } from '../../json/members.ts';
import { RepeatsPerPlace } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { objectByTable } from '../member-schema.ts';
import { MAX_LOAD_BALANCER_PORTS, STICKINESS_POLICY } from './stickiness-policy-members.ts';

export type StickinessPolicySpec = z.output<typeof stickinessPolicySpec>;

/** Ours: the maximum of a signed 32-bit number of seconds, 68 years. */
const MAX_PERIOD_SECONDS = 2_147_483_647;

const loadBalancerName = text(
  'the name of a Classic Load Balancer: letters, digits and dashes, not beginning or ending with a dash',
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
    description: 'The region of the load balancer. The default is the region of Gatehouse.',
  }),
  policyName: policyName.meta({
    description:
      'The name of the policy, unique on its load balancer. Gatehouse limits it to 128 characters.',
  }),
  cookieExpirationPeriod: wholeNumber(0, MAX_PERIOD_SECONDS).exactOptional().meta({
    description:
      "The lifetime of the load balancer's own cookie. The default, and the meaning of 0, is the browser session.",
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
        'The application cookie that the policy follows, instead of a cookie of the load balancer.',
    }),
  loadBalancerPorts: listOf(listenerPort, { from: 0, to: MAX_LOAD_BALANCER_PORTS, called: 'ports' })
    .default([])
    .meta({
      description:
        'The ports of the load balancer that get the policy; by default none, and the policy only exists. Each must have an HTTP or HTTPS listener. A port has at most one stickiness policy.',
    }),
  replace: flag().default(false).meta({
    description: 'Allows the policy to replace another stickiness policy of a port.',
  }),
});

/** 0 and absent both mean the browser session, and are normalised to absent. */
export const stickinessPolicySpec = givenPolicySpec
  .transform(
    ({ cookieExpirationPeriod = 0, ...policy }): z.output<typeof givenPolicySpec> =>
      cookieExpirationPeriod === 0 ? policy : { ...policy, cookieExpirationPeriod },
  )
  .meta({ id: 'StickinessPolicy' });

/** The input of the rules: an invalid part is undefined. */
const lenientPolicies = lenient(
  z.array(
    lenient(
      z.object({
        loadBalancerName: lenient(loadBalancerName),
        region: lenientOr(region()),
        policyName: lenient(policyName),
        cookieExpirationPeriod: lenient(z.unknown()),
        cookieName: lenient(z.unknown()),
        loadBalancerPorts: lenient(z.array(lenient(port()))),
      }),
    ),
  ),
);

/** The rules beyond the schema. Pointers start at the request. Never throws. */
export function classicElbIssues(request: { stickinessPolicies?: unknown }): ValidationIssue[] {
  const policyNames = new RepeatsPerPlace();
  const ports = new RepeatsPerPlace();
  return (lenientPolicies.parse(request.stickinessPolicies) ?? []).flatMap((policy, index) => {
    if (!policy) return [];
    const path = ['stickinessPolicies', index];
    const place = placeOf(policy);
    return [
      ...kindIssues(policy, path),
      ...(place === undefined
        ? []
        : policyNames
            .at(place)
            .find(
              policy.policyName?.toLowerCase(),
              [...path, 'policyName'],
              'a policy name is unique on its load balancer',
            )),
      // A policy with an invalid load balancer is checked for repeated ports of its own only.
      ...(policy.loadBalancerPorts ?? []).flatMap((number, at) =>
        ports
          .at(place ?? `policy ${index}`)
          .find(number, [...path, 'loadBalancerPorts', at], 'a port has one stickiness policy'),
      ),
    ];
  });
}

type LenientPolicy = NonNullable<NonNullable<z.output<typeof lenientPolicies>>[number]>;

/** An omitted region is a place of its own, as the default region is unknown here. The case of a name may have no meaning. */
function placeOf({ loadBalancerName, region }: LenientPolicy): string | undefined {
  return loadBalancerName === undefined || region === null
    ? undefined
    : `${region ?? ''} ${loadBalancerName}`.toLowerCase();
}

function kindIssues(
  { cookieExpirationPeriod, cookieName }: LenientPolicy,
  path: PropertyKey[],
): ValidationIssue[] {
  if (cookieExpirationPeriod === undefined || cookieName === undefined) return [];
  const detail =
    "is not allowed with `cookieName`; a policy follows either the load balancer's cookie, with this period, or an application cookie, which has its own";
  return [{ pointer: pointerTo([...path, 'cookieExpirationPeriod']), detail }];
}
