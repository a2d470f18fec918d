// Room in bounded collections: what has to be deleted first, what does not fit, and what a plan warns of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Collection, collectionOf } from '@gatehouse/core/kinds/collections';
import type { Observation } from '@gatehouse/core/kinds/observation';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import { roomFor } from '@gatehouse/core/plan/room';
import type { Owned } from '@gatehouse/core/record/owned';
import { parseRequest } from '@gatehouse/core/request/request';

const ARN = 'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';
const LISTENER = { acceleratorArn: ARN, protocol: 'TCP', portRanges: [{ fromPort: 80, toPort: 80 }] };

function stepsOf(regions: string[]) {
  const value = {
    operation: 'update',
    entryPoint: 'edge',
    listener: LISTENER,
    endpointGroups: regions.map(region => ({ region })),
  };
  const parsed = parseRequest(value, 'eu-west-1');
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return planSteps(parsed.request, { jobId: 'job', region: 'eu-west-1' }).filter(({ act }) => act !== 'wait');
}

/** From endpoint groups in these regions to those. */
function existingOf(from: string[], to: string[]) {
  const owned = stepsOf(from).map(step => ({ ...step, step: step.id, id: `id-of-${step.id}` }) as Owned);
  const pairs = stepsOf(to).map(step => {
    const match = owned.find(each => each.step === step.id);
    return match ? { step, owned: match } : { step };
  });
  const seen: [string, Observation][] = pairs.flatMap(({ step, owned: match }) =>
    match ? [[step.id, { id: match.id, snapshot: {}, drift: [], createOnly: [] }]] : [],
  );
  return { pairs, owned, observations: new Map(seen) };
}

const groups = (of: Partial<Collection>): Collection => ({
  key: collectionOf.endpointGroups(ARN),
  of: 'groups',
  now: 0,
  cloud: 'AWS',
  ...of,
});

const [A, B, C, D] = ['eu-west-1', 'us-east-1', 'us-west-2', 'ap-southeast-2'] as const;

const TABLE: {
  reason: string;
  from: string[];
  to: string[];
  groups: Partial<Collection>;
  first?: string[];
  allowedFirst?: string[];
  found?: RegExp;
  warned?: RegExp;
}[] = [
  { reason: 'far from a bound', from: [A], to: [B], groups: { now: 1, most: 42 } },
  {
    reason: 'new beside old reaches the bound',
    from: [A],
    to: [B],
    groups: { now: 41, most: 42 },
    warned: /^42 groups, close to the fixed quota of 42$/,
  },
  {
    reason: 'no room at a fixed bound: the old one first, which must be allowed',
    from: [A],
    to: [B],
    groups: { now: 42, most: 42 },
    first: [A],
    allowedFirst: [A],
    warned: /^42 groups, close/,
  },
  {
    reason: 'only as many as make room',
    from: [A, B],
    to: [C, D],
    groups: { now: 41, most: 42 },
    first: [A],
    allowedFirst: [A],
    warned: /^42 groups, close/,
  },
  {
    reason: 'foreign ones leave no room in any case',
    from: [A],
    to: [A, B],
    groups: { now: 42, most: 42 },
    found: /^there would be 43 groups, foreign ones included, and there can be 42$/,
    warned: /^43 groups, close to the fixed quota of 42$/,
  },
  {
    reason: 'at the default of a quota: a warning with both ways, and the old one first if that is allowed',
    from: [A],
    to: [B],
    groups: { now: 2, quota: 2 },
    allowedFirst: [A],
    warned:
      /^3 groups while the request is served, above the default AWS quota of 2; unless it was raised, set options\.allowInterruption: true .* or drop the old one in a separate update first$/,
  },
  {
    reason: 'a quota that was raised to an unknown number',
    from: [A],
    to: [B],
    groups: { now: 3, quota: 2 },
  },
  {
    reason: 'raised or not, the maximum holds',
    from: [A],
    to: [B],
    groups: { now: 10, quota: 2, most: 10 },
    first: [A],
    allowedFirst: [A],
  },
  {
    reason: 'nothing is dropped: nothing to delete first',
    from: [A],
    to: [A, B],
    groups: { now: 2, quota: 2 },
    warned: /^3 groups, close to the default AWS quota of 2$/,
  },
  {
    reason: 'fewer than before never need room',
    from: [A, B],
    to: [A],
    groups: { now: 42, most: 42 },
    warned: /^42 groups, close/,
  },
];

for (const { reason, from, to, first = [], allowedFirst = [], found, warned, ...row } of TABLE) {
  test(`room: ${reason}`, () => {
    const existing = existingOf(from, to);
    const [refused, allowed] = [false, true].map(allow => roomFor(existing, [groups(row.groups)], allow));
    assert.ok(refused && allowed);
    assert.deepEqual(regionsIn(refused.first), first);
    assert.deepEqual(regionsIn(allowed.first), allowedFirst);
    assert.deepEqual(refused.findings.length, found ? 1 : 0);
    if (found) assert.match(refused.findings[0]?.detail ?? '', found);
    assert.deepEqual(refused.warnings.length, warned ? 1 : 0, refused.warnings.join());
    if (warned) assert.match(refused.warnings[0] ?? '', warned);
  });
}

function regionsIn(first: { resources: Owned[] }[]): string[] {
  return first.flatMap(({ resources }) => resources.map(({ step }) => step.replace('endpoint-group-', '')));
}

test('the interruption names what goes, what comes and why', () => {
  const { first } = roomFor(existingOf([A], [B]), [groups({ now: 42, most: 42 })], true);
  const [deleted] = first;
  assert.deepEqual(deleted?.interruption, {
    text: `endpoint group ${A} is deleted before endpoint group ${B} is changed or created; there is no room for both: at most 42 groups`,
    otherWay: 'drop the old one in a separate update first',
  });
  assert.equal(deleted?.pointer, '/endpointGroups/0');
});
