// How long a plan usually takes: the waves of a lane one after another, lanes and the steps of a wave beside one another, as far as
// the state machine runs them at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadlineSecondsFor, deadlineWarning, usualSeconds } from '@gatehouse/core/plan/usual-time';
import { type Act, type Lane, PLAN_VERSION, type Plan, type Step } from '@gatehouse/core/record/plan';
import { ALICLOUD_LIMITS } from '@gatehouse/core/request/alicloud/limits';
import { MAX_ADDITIONAL_CERTIFICATES } from '@gatehouse/core/request/alicloud/listener-members';
import { MAX_DEADLINE_SECONDS } from '@gatehouse/core/request/time-limits';

const step = (id: string, act: Act = 'create') =>
  ({ id, kind: 'forwardingRule', act, title: id, desired: {}, needs: {} }) as unknown as Step;

/** A step for each name in the lanes, 90 seconds each. */
function planOf(lanes: { prepare?: Lane[]; forward?: Lane[]; cleanup?: Lane[] }, act?: Act): Plan {
  const steps = Object.values(lanes)
    .flat(3)
    .map(id => step(id, act));
  return { version: PLAN_VERSION, steps, lanes: { forward: [], ...lanes } };
}

const names = (count: number, of = 's') => Array.from({ length: count }, (_, at) => `${of}${at}`);
const serial = (count: number): Lane => names(count).map(name => [name]);

for (const [what, plan, seconds] of [
  ['nothing to do', planOf({}), 0],
  ['one after another', planOf({ forward: [serial(4)] }), 360],
  ['a wave of as many as run at once', planOf({ forward: [[names(5)]] }), 90],
  ['a wave of one more', planOf({ forward: [[names(6)]] }), 180],
  ['as many lanes as run at once', planOf({ forward: names(10).map(name => [[name]]) }), 90],
  [
    'one lane more, which takes the place of the first that ends',
    planOf({ forward: [[['a'], ['b']], ...names(10).map(name => [[name]])] }),
    180,
  ],
  ['phases follow one another', planOf({ prepare: [[['p']]], forward: [[['f']]], cleanup: [[['c']]] }), 270],
  ['steps that change nothing', planOf({ forward: [serial(4)] }, 'adopt'), 0],
] as const) {
  test(`${what}: ${seconds} seconds`, () => {
    assert.equal(usualSeconds(plan), seconds);
  });
}

test('the deadline is twice the usual time until the cleanup, within its bounds', () => {
  assert.equal(deadlineSecondsFor(planOf({ forward: [serial(4)] })), 3600);
  assert.equal(
    deadlineSecondsFor(planOf({ forward: [serial(30)], cleanup: [names(30, 'c').map(each => [each])] })),
    5400,
  );
  assert.equal(deadlineSecondsFor(planOf({ forward: [serial(300)] })), MAX_DEADLINE_SECONDS);
});

test('a warning gives a deadline that fits, or says that none does', () => {
  const plan = planOf({ forward: [serial(30)], cleanup: [names(90, 'c').map(each => [each])] });
  assert.deepEqual(deadlineWarning(plan, 2700), []);
  assert.match(String(deadlineWarning(plan, 2699)), /takes 2700 seconds.* 2699 .*deadlineSeconds to 5400/);
  assert.match(String(deadlineWarning(planOf({ forward: [serial(500)] }), 43_200)), /split the change/);
});

test('the largest listener of Alibaba Cloud, one step after another, fits into the longest deadline', () => {
  const { defaultGroups, virtualGroups, forwardingRules } = ALICLOUD_LIMITS.current;
  const steps = 2 + MAX_ADDITIONAL_CERTIFICATES + defaultGroups + virtualGroups.HTTPS + forwardingRules.HTTPS;
  const seconds = usualSeconds(planOf({ forward: [serial(steps)] }));
  assert.ok(seconds <= MAX_DEADLINE_SECONDS, `${steps} steps, ${seconds} s`);
});
