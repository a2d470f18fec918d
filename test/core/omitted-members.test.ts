// Members that a spec said so far and leaves out now: what is said in their place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targetGroup } from '@gatehouse/core/kinds/target-group';
import { omittedMembers } from '@gatehouse/core/plan/match';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import { parseRequest } from '@gatehouse/core/request/request';

const ACCELERATOR =
  'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';
const CONTEXT = { jobId: 'job-1', region: 'eu-west-1' };

/** The steps of a listener with one endpoint group, and of a target group. */
function stepsOf(endpointGroup: object, config: object) {
  const parsed = parseRequest({
    operation: 'provision',
    entryPoint: 'checkout-edge',
    listener: {
      acceleratorArn: ACCELERATOR,
      protocol: 'TCP',
      portRanges: [
        { fromPort: 443, toPort: 444 },
        { fromPort: 80, toPort: 80 },
      ],
    },
    endpointGroups: [{ region: 'eu-west-1', ...endpointGroup }],
    targetGroups: [
      {
        name: 'checkout',
        type: 'IP',
        config: { protocol: 'HTTP', port: 8080, vpcIdentifier: 'vpc-0a1b2c3d4e5f60718', ...config },
      },
    ],
  });
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return planSteps(parsed.request, CONTEXT);
}

type Side = [endpointGroup: object, config: object];

function said(kind: string, before: Side, after: Side) {
  const [were, steps] = [stepsOf(...before), stepsOf(...after)];
  const [owned, step] = [were, steps].map(all => all.find(each => each.kind === kind));
  assert.ok(owned && step);
  return omittedMembers(step, { ...owned, step: owned.id, id: 'arn' }, steps);
}

const PORT: Side = [{ healthCheckPort: 8443 }, {}];
const CHECK: Side = [
  {},
  { healthCheck: { enabled: false, port: 9000, path: '/up', healthCheckIntervalSeconds: 10 } },
];
const LAMBDA = { type: 'LAMBDA', config: { lambdaEventStructureVersion: 'V1' } } as const;
const NOTHING: Side = [{}, {}];
const USUAL = {
  protocol: 'HTTP',
  protocolVersion: 'HTTP1',
  path: '/',
  healthCheckIntervalSeconds: 30,
  healthCheckTimeoutSeconds: 5,
  healthyThresholdCount: 5,
  unhealthyThresholdCount: 2,
  matcher: { httpCode: '200' },
};

test('a health check port that is left out now is the first port of the listener', () => {
  assert.deepEqual(said('endpointGroup', PORT, NOTHING), { healthCheckPort: 443 });
});

test('a member that is said, or was not said before, is left as the spec has it', () => {
  assert.deepEqual(said('endpointGroup', PORT, PORT), {});
  assert.deepEqual(said('endpointGroup', NOTHING, NOTHING), {});
  assert.deepEqual(said('endpointGroup', NOTHING, PORT), {});
  assert.deepEqual(said('targetGroup', NOTHING, CHECK), {});
  assert.deepEqual(said('targetGroup', CHECK, CHECK), {});
  assert.deepEqual(said('listener', PORT, NOTHING), {});
});

test('a health check that is left out now is the usual one, on the port of the traffic', () => {
  const { config } = said('targetGroup', CHECK, NOTHING) as { config: { healthCheck: object } };
  assert.deepEqual(config.healthCheck, { ...USUAL, enabled: true, port: 8080 });
});

test('only omitted members of a health check return to their defaults, and it is off without HTTP1', () => {
  const after: Side = [{}, { protocolVersion: 'GRPC', healthCheck: { path: '/up' } }];
  const { config } = said('targetGroup', CHECK, after) as { config: { healthCheck: object } };
  assert.deepEqual(config.healthCheck, { ...USUAL, path: '/up', enabled: false, port: 8080 });
});

test('a group of another type replaces the group of the same name, without its health check', () => {
  const standing = stepsOf(...CHECK).find(each => each.kind === 'targetGroup');
  assert.ok(standing);
  const step = { ...standing, desired: { ...standing.desired, ...LAMBDA } };
  assert.deepEqual(targetGroup.resetOmitted?.(step, { ...standing, step: standing.id, id: 'arn' }, []), {});
});
