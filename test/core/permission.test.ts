// Who may do what, as tables over the rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Access, OPEN_ACCESS, parseAccess } from '@gatehouse/core/request/access';
import { covers, notAllowed, notOwner, notOwnerOfJob, type Parts } from '@gatehouse/core/request/permission';
import fc from 'fast-check';

const ALICE = '123456789012/user/alice';
const BOB = '123456789012/role/bob';
const ADMIN = '123456789012/role/network';
const ACCELERATOR = 'arn:aws:globalaccelerator::123456789012:accelerator/1';
const access: Access = { ...OPEN_ACCESS, administrators: [ADMIN] };

test('only the owner and administrators change an entry point, and others get the name of the owner', () => {
  const standing = { name: 'checkout-edge', owner: ALICE };
  assert.equal(notOwner(access, ALICE, standing), undefined);
  assert.equal(notOwner(access, ADMIN, standing), undefined);
  const refusal = notOwner(access, BOB, standing);
  assert.equal(refusal?.code, 'NotOwner');
  assert.match(String(refusal?.message), /checkout-edge belongs to 123456789012\/user\/alice/);
});

const OF_JOBS: [why: string, asking: string, status: string, owner: string | undefined, allowed: boolean][] =
  [
    ['nothing stands: the requester', BOB, 'RUNNING', undefined, true],
    ['nothing stands: somebody else', ALICE, 'RUNNING', undefined, false],
    ['nothing stands: an administrator', ADMIN, 'ROLLBACK_FAILED', undefined, true],
    ['it stands: its owner, of a job by somebody else', ALICE, 'RUNNING', ALICE, true],
    ['it stands: the requester, who does not own it', BOB, 'RUNNING', ALICE, false],
    ['the requester takes their own job out of the line', BOB, 'QUEUED', ALICE, true],
    ['an administrator, always', ADMIN, 'RUNNING', ALICE, true],
  ];

for (const [why, asking, status, owner, allowed] of OF_JOBS) {
  test(`an action on a job: ${why}: ${allowed ? 'yes' : 'no'}`, () => {
    const job = { caller: BOB, status, entryPoint: 'checkout-edge' };
    assert.equal(notOwnerOfJob(access, asking, job, owner) === undefined, allowed);
  });
}

const REQUEST: Parts = {
  listener: { acceleratorArn: ACCELERATOR, portRanges: [{ fromPort: 80, toPort: 90 }] },
  endpointGroups: [{ region: 'eu-west-1' }, { region: 'us-east-1' }],
  targetGroups: [{ region: 'eu-west-2' }],
  stickinessPolicies: [{ region: 'eu-west-1', loadBalancerName: 'classic', loadBalancerPorts: [443, 8443] }],
};

const LIMITS: [why: string, allowance: object, pointers: string[]][] = [
  ['what is left out is not limited', {}, []],
  ['the accelerator that is allowed', { accelerators: [ACCELERATOR] }, []],
  ['another accelerator', { accelerators: ['arn:other'] }, ['/listener/acceleratorArn']],
  ['none is allowed', { accelerators: [] }, ['/listener/acceleratorArn']],
  ['another load balancer', { loadBalancers: ['other'] }, ['/stickinessPolicies/0/loadBalancerName']],
  [
    'other regions, each with its place',
    { regions: ['eu-west-1'] },
    ['/endpointGroups/1/region', '/targetGroups/0/region'],
  ],
  [
    'other ports, each with its place',
    { ports: [{ fromPort: 443, toPort: 443 }] },
    ['/listener/portRanges/0', '/stickinessPolicies/0/loadBalancerPorts/1'],
  ],
  [
    'ports that two ranges cover together',
    {
      ports: [
        { fromPort: 86, toPort: 9000 },
        { fromPort: 1, toPort: 85 },
      ],
    },
    [],
  ],
];

for (const [why, allowance, pointers] of LIMITS) {
  test(`the permissions of a caller: ${why}`, () => {
    for (const named of [BOB, '*']) {
      const rules = parseAccess({ administrators: [ADMIN], callers: { [named]: allowance } });
      assert.deepEqual(
        notAllowed(rules, BOB, REQUEST)?.errors?.map(({ pointer }) => pointer) ?? [],
        pointers,
      );
      assert.equal(notAllowed(rules, ADMIN, REQUEST), undefined, 'administrators may use everything');
    }
  });
}

test('a named caller has its own rules, not those of all callers', () => {
  const rules = parseAccess({ callers: { [BOB]: {}, '*': { accelerators: [] } } });
  assert.equal(notAllowed(rules, BOB, REQUEST), undefined);
  assert.equal(notAllowed(rules, ALICE, REQUEST)?.code, 'NotAllowed');
});

test('an accelerator of Alibaba Cloud is named by its id', () => {
  const rules = parseAccess({ callers: { '*': { accelerators: ['ga-1'], regions: ['cn-hangzhou'] } } });
  const asking = (acceleratorId: string) => ({ listener: { acceleratorId, portRanges: [] } });
  assert.equal(notAllowed(rules, BOB, asking('ga-1')), undefined);
  assert.equal(notAllowed(rules, BOB, asking('ga-2'))?.errors?.[0]?.pointer, '/listener/acceleratorId');
});

test('a range is covered exactly when each of its ports is', () => {
  const port = fc.integer({ min: 1, max: 30 });
  const range = fc.tuple(port, port).map(([a, b]) => ({ fromPort: Math.min(a, b), toPort: Math.max(a, b) }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 6 }), range, (allowed, { fromPort, toPort }) => {
      const each = Array.from({ length: toPort - fromPort + 1 }, (_, at) => fromPort + at);
      const expected = each.every(one => allowed.some(has => has.fromPort <= one && one <= has.toPort));
      assert.equal(covers(allowed, { fromPort, toPort }), expected);
    }),
    { numRuns: 500, seed: 20260301 },
  );
});

const BROKEN: [why: string, rules: unknown, says: RegExp][] = [
  ['an unknown member', { admins: [] }, /admins.*administrators/],
  ['a caller that is none', { administrators: ['alice'] }, /administrators\/0 must be account and role/],
  ['a caller that is none, as a name', { callers: { alice: {} } }, /callers\/alice/],
  ['a region that is none', { callers: { '*': { regions: ['Ireland'] } } }, /regions\/0 must be a region/],
  ['no object', [], /the whole must be the access rules/],
];

for (const [why, rules, says] of BROKEN) {
  test(`rules with ${why} are refused, and it is said where`, () => {
    assert.throws(() => parseAccess(rules), says);
  });
}
