// Classic ELB stickiness policies in a request: every member, its default and range, and what two may not share.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequest } from '@gatehouse/core/request/request';
import {
  at,
  issuesOf,
  type MemberCase,
  many,
  policy,
  stickinessPolicies,
  testMembers,
  testWrong,
  type WrongCase,
} from './requests.ts';

const policyOf = (value: unknown) => {
  const parsed = parseRequest(value);
  if (!parsed.ok) return parsed.issues;
  return parsed.request.cloud === 'aws' ? parsed.request.stickinessPolicies[0] : undefined;
};

const plain = { loadBalancerName: 'shop', policyName: 'sticky', loadBalancerPorts: [443] };
const normalised: [reason: string, given: object, policy: object][] = [
  ['the smallest keeps the session and replaces nothing', plain, { ...plain, replace: false }],
  [
    'a period of 0 is the session, as is none',
    { ...plain, cookieExpirationPeriod: 0 },
    { ...plain, replace: false },
  ],
  [
    'a period of a second is one',
    { ...plain, cookieExpirationPeriod: 1, replace: true },
    { ...plain, cookieExpirationPeriod: 1, replace: true },
  ],
  [
    "the application's cookie has no period",
    { ...plain, region: 'eu-west-1', cookieName: 'SESSION' },
    { ...plain, region: 'eu-west-1', cookieName: 'SESSION', replace: false },
  ],
];
for (const [reason, given, expected] of normalised) {
  test(`a policy is normalised: ${reason}`, () => {
    const once = policyOf(stickinessPolicies(given));
    assert.deepStrictEqual(once, expected);
    assert.deepStrictEqual(policyOf(stickinessPolicies(expected)), expected);
  });
}

const policies = (count: number) =>
  many(count, index => policy({ policyName: `sticky-${index}`, loadBalancerPorts: [index + 1] }));
const ports = (count: number) => many(count, index => index + 1);
const of = (index: number, place: string) => `/stickinessPolicies/${index}/${place}`;

const members: MemberCase[] = [
  ['/stickinessPolicies', [policies(1), policies(20)], [policies(21), {}, null]],
  ['/stickinessPolicies/0', [policy()], ['sticky', null, []]],
  [
    of(0, 'loadBalancerName'),
    ['a', 'A-1', 'a'.repeat(32)],
    ['', 'a'.repeat(33), '-a', 'a-', 'a_b', 'a.b', 'a\n', 5, null],
  ],
  [of(0, 'region'), ['us-east-1'], ['Virginia', '', null]],
  [of(0, 'policyName'), ['a', '-', 'A-1', 'a'.repeat(128)], ['', 'a'.repeat(129), 'a_b', 'a b', 5, null]],
  [of(0, 'cookieExpirationPeriod'), [0, 1, 2_147_483_647], [-1, 2_147_483_648, 0.5, '60', null]],
  [
    of(0, 'cookieName'),
    ['S', 'JSESSIONID', '__Host-id', 'a'.repeat(255)],
    ['', 'a b', 'a=b', 'a;', '"a"', 'é', 'a'.repeat(256), 5, null],
  ],
  [of(0, 'loadBalancerPorts'), [[], ports(100)], [ports(101), 443, null]],
  [of(0, 'loadBalancerPorts/0'), [1, 65_535], [0, 65_536, '443', null]],
  [of(0, 'replace'), [true, false], ['true', 1, null]],
];
testMembers(members, () => stickinessPolicies(policy()));

for (const name of ['loadBalancerName', 'policyName']) {
  test(`a policy without ${name} is refused: it is missing, and must be as described`, () => {
    const [first, ...others] = issuesOf(at(stickinessPolicies(policy()), of(0, name), undefined));
    assert.equal(first?.pointer, of(0, name));
    assert.match(first.detail, /^is missing; it must be /);
    assert.deepEqual(others, []);
  });
}

const wrong: WrongCase[] = [
  [
    'a policy is of one kind',
    stickinessPolicies(policy({ cookieName: 'SESSION', cookieExpirationPeriod: 60 })),
    [[of(0, 'cookieExpirationPeriod'), /is not allowed with `cookieName`/]],
  ],
  [
    'a period of 0 is a period',
    stickinessPolicies(policy({ cookieName: 'SESSION', cookieExpirationPeriod: 0 })),
    [[of(0, 'cookieExpirationPeriod'), /is not allowed with `cookieName`/]],
  ],
  [
    'a policy name is unique on its load balancer',
    stickinessPolicies(policy(), policy({ loadBalancerPorts: [80] })),
    [[of(1, 'policyName'), /`checkout-sticky` is already given at \/stickinessPolicies\/0\/policyName/]],
  ],
  [
    'a port of a load balancer has one stickiness policy',
    stickinessPolicies(policy(), policy({ policyName: 'other', loadBalancerPorts: [80, 443] })),
    [
      [
        of(1, 'loadBalancerPorts/1'),
        /`443` is already given at \/stickinessPolicies\/0\/loadBalancerPorts\/0; a port has one/,
      ],
    ],
  ],
  [
    'a port is named once',
    stickinessPolicies(policy({ loadBalancerPorts: [443, 80, 443] })),
    [
      [
        of(0, 'loadBalancerPorts/2'),
        /`443` is already given at \/stickinessPolicies\/0\/loadBalancerPorts\/0/,
      ],
    ],
  ],
  [
    'a slip of the finger',
    stickinessPolicies({ ...policy(), CookieExpirationPeriode: 60, loadBalancerPort: [80] }),
    [
      [of(0, 'CookieExpirationPeriode'), /did you mean `cookieExpirationPeriod`\?$/],
      [of(0, 'loadBalancerPort'), /did you mean `loadBalancerPorts`\?$/],
    ],
  ],
  [
    'all mistakes are told: a wrong name hides no port named twice, a wrong port no policy named twice',
    stickinessPolicies(
      policy({ loadBalancerName: '', loadBalancerPorts: [80, 80] }),
      policy({ loadBalancerPorts: [0] }),
      policy(),
    ),
    [
      [of(0, 'loadBalancerName'), /must be the name of a Classic Load Balancer/],
      [of(0, 'loadBalancerPorts/1'), /`80` is already given/],
      [of(1, 'loadBalancerPorts/0'), /from 1 to 65535, not 0/],
      [of(2, 'policyName'), /`checkout-sticky` is already given/],
    ],
  ],
];
testWrong(wrong);

const right: [reason: string, value: unknown][] = [
  ['one name and port in two regions', stickinessPolicies(policy(), policy({ region: 'us-east-1' }))],
  [
    'one name and port on two load balancers',
    stickinessPolicies(policy(), policy({ loadBalancerName: 'b' })),
  ],
  [
    'two policies on two ports of a load balancer',
    stickinessPolicies(policy(), policy({ policyName: 'b', loadBalancerPorts: [80] })),
  ],
];
for (const [reason, value] of right) {
  test(`accepted: ${reason}`, () => {
    assert.deepEqual(issuesOf(value), []);
  });
}
