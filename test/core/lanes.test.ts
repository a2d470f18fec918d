// Lanes and waves, as they follow from what each step needs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertWalked, lanesAlong, placesOfSteps, reversed, rollbackLanes } from '@gatehouse/core/plan/lanes';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import { PLAN_VERSION, type Plan, type Step } from '@gatehouse/core/record/plan';
import { parseRequest } from '@gatehouse/core/request/request';
import { exampleNamed } from '../saga/sweep.ts';
import { group, request } from './requests.ts';

const CONTEXT = { jobId: 'job-1', region: 'eu-west-1' };

function stepsOf(value: unknown): Step[] {
  const result = parseRequest(value, CONTEXT.region);
  assert.ok(result.ok, JSON.stringify(result));
  return planSteps(result.request, CONTEXT);
}

function planOf(steps: Step[]): Plan {
  const forward = lanesAlong(placesOfSteps(steps), steps);
  return { version: PLAN_VERSION, steps, lanes: { forward }, owns: [] };
}

const three = stepsOf(
  request({
    listener: {
      ...request().listener,
      portRanges: [
        { fromPort: 80, toPort: 81 },
        { fromPort: 443, toPort: 443 },
      ],
    },
    endpointGroups: ['eu-west-1', 'us-east-1', 'ap-south-1'].map(region => group({ region, endpoints: [] })),
  }),
);
const groups = ['eu-west-1', 'us-east-1', 'ap-south-1'].map(region => `endpoint-group-${region}`);

test('a plan is the listener, its groups as requested, and the accelerator to settle', () => {
  assert.deepEqual(
    three.map(({ id, kind, act, title }) => [id, kind, act, title]),
    [
      ['listener', 'listener', 'create', 'listener TCP 80-81, 443'],
      ['endpoint-group-eu-west-1', 'endpointGroup', 'create', 'endpoint group eu-west-1'],
      ['endpoint-group-us-east-1', 'endpointGroup', 'create', 'endpoint group us-east-1'],
      ['endpoint-group-ap-south-1', 'endpointGroup', 'create', 'endpoint group ap-south-1'],
      ['accelerator', 'accelerator', 'wait', 'accelerator deployed'],
    ],
  );
});

test('a group needs the id of its listener; nothing else needs another', () => {
  for (const { kind, needs } of three) {
    assert.deepEqual(needs, kind === 'endpointGroup' ? { listenerArn: 'listener' } : {});
  }
});

test('a plan is the same for the same request, and plain data', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(three)), three);
  assert.equal(new Set(three.map(({ id }) => id)).size, three.length);
});

test('groups run at the same time after their listener, and the accelerator is waited for once, last', () => {
  assert.deepEqual(planOf(three).lanes.forward, [[['listener'], groups, ['accelerator']]]);
});

test('backward, groups come before their listener, and no step waits for the accelerator', () => {
  assert.deepEqual(rollbackLanes(planOf(three)), [[groups.toReversed(), ['listener']]]);
});

test('an unchanged parent leaves no wave behind', () => {
  const moving = three.filter(({ id }) => id !== 'listener');
  assert.deepEqual(lanesAlong(placesOfSteps(three), moving), [[groups, ['accelerator']]]);
});

test('nothing is waited for where nothing changes', () => {
  assert.deepEqual(
    lanesAlong(
      placesOfSteps(three),
      three.filter(({ act }) => act === 'wait'),
    ),
    [],
  );
});

test('lanes are independent, and the one that usually takes longest starts first', () => {
  const { forward } = planOf(stepsOf(exampleNamed('checkout-edge'))).lanes;
  assert.deepEqual(forward, [
    [['listener'], ['endpoint-group-eu-west-1', 'endpoint-group-us-east-1'], ['accelerator']],
    [['target-group-eu-west-1-checkout'], ['targets-eu-west-1-checkout']],
    [
      ['policy-eu-west-1-checkout-classic-checkout-sticky'],
      ['attachment-eu-west-1-checkout-classic-checkout-sticky-443'],
    ],
  ]);
});

test('all policies of one load balancer are one lane', () => {
  const policy = (loadBalancerName: string, policyName: string, port: number) => {
    return { loadBalancerName, policyName, cookieExpirationPeriod: 60, loadBalancerPorts: [port] };
  };
  const stickinessPolicies = [policy('one', 'a', 80), policy('other', 'b', 80), policy('one', 'c', 443)];
  const { forward } = planOf(
    stepsOf({ operation: 'provision', entryPoint: 'edge', stickinessPolicies }),
  ).lanes;
  assert.deepEqual(forward, [
    [
      ['policy-eu-west-1-one-a', 'policy-eu-west-1-one-c'],
      ['attachment-eu-west-1-one-a-80', 'attachment-eu-west-1-one-c-443'],
    ],
    [['policy-eu-west-1-other-b'], ['attachment-eu-west-1-other-b-80']],
  ]);
});

test('an instance of Alibaba Cloud is one lane with one step for each wave', () => {
  const steps = stepsOf(exampleNamed('shop-accelerator'));
  const { forward } = planOf(steps).lanes;
  assert.equal(forward.length, 1);
  assert.deepEqual(
    forward[0],
    steps.map(({ id }) => [id]),
  );
  assert.deepEqual(reversed(forward)[0], steps.map(({ id }) => [id]).toReversed());
});

test('a plan with a step in no wave is refused: it would succeed without it', () => {
  const plan = planOf(three);
  const forward = plan.lanes.forward.map(lane => lane.slice(0, -2));
  assert.throws(
    () => assertWalked({ ...plan, lanes: { forward } }),
    /walks endpoint-group-eu-west-1 0 times/,
  );
});

test('a plan with a step in two waves is refused', () => {
  const plan = planOf(three);
  const forward = [...plan.lanes.forward, [['listener']]];
  assert.throws(() => assertWalked({ ...plan, lanes: { forward } }), /walks listener 2 times/);
});

test('a plan that deletes a resource first without a step that restores it is refused', () => {
  const removal: Step = {
    id: 'remove-x',
    kind: 'listener',
    act: 'delete',
    title: 'x',
    desired: {
      acceleratorArn: 'x',
      protocol: 'TCP',
      portRanges: [{ fromPort: 443, toPort: 443 }],
      clientAffinity: 'NONE',
    },
    needs: {},
  };
  const plan = planOf([]);
  assert.throws(
    () =>
      assertWalked({
        ...plan,
        steps: [removal],
        lanes: { prepare: [[['remove-x']]], forward: [], restore: [] },
      }),
    /no step of the plan restores what remove-x deletes first/,
  );
});

test('steps that need each other are refused', () => {
  const [one, other] = three;
  assert.ok(one && other);
  const ring = [
    { ...one, after: [other.id] },
    { ...other, after: [one.id] },
  ];
  assert.throws(() => planOf(ring), /need each other/);
});
