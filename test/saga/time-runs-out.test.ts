// A job ends when its time runs out, whatever it does then: also before it has begun, while no cloud can be read, and while steps
// wait for a place among those that run at the same time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performAction } from '@gatehouse/core/api/act';
import type { Job } from '@gatehouse/core/record/job';
import type { LambdaFaults } from '../world/lambda-faults.ts';
import { createWorld, type World } from '../world/world.ts';
import { pictureBefore } from './invariants.ts';
import { HOURS, outage } from './outages.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

const VOICE = exampleNamed('voice-udp') as { entryPoint: string; listener: object };
const DEADLINE_SECONDS = 1800;
const WITH_DEADLINE = { ...VOICE, options: { deadlineSeconds: DEADLINE_SECONDS } };
const FOR_EVER = 1_000_000;
const REGIONS = [
  ...['eu-west-1', 'us-east-1', 'us-west-2', 'eu-central-1', 'ap-southeast-1', 'ap-southeast-2'],
  ...['ap-northeast-1', 'us-east-2', 'eu-west-2', 'ca-central-1', 'sa-east-1', 'eu-north-1'],
];

const { denied, throttled, broken } = errorsOf('globalaccelerator');
const failing = (operation: string, error: object | undefined, more: object = {}) => ({
  ...{ service: 'globalaccelerator', operation, fault: 'error' as const, times: FOR_EVER },
  ...{ error: error as typeof denied, ...more },
});

async function end(world: World, value: unknown, key: string): Promise<{ job: Job; seconds: number }> {
  const from = world.now().getTime();
  const { id } = await world.submit(value, key);
  const { job } = await world.finish(id);
  return { job, seconds: (Date.parse(String(job.endedAt)) - from) / 1000 };
}

/** Cancels the job at its n-th call of Begin. */
function cancelledAt(n: number, faults: LambdaFaults = {}) {
  const cancelled: { world?: World; id: string; at: number } = { id: '', at: 0 };
  let calls = 0;
  const lambdaFaults: LambdaFaults = {
    ...faults,
    schedule: true,
    crash(invocation) {
      if (invocation.name === 'begin' && ++calls === n && cancelled.world) {
        cancelled.at = invocation.at;
        void performAction(cancelled.world.ports(), cancelled.id, {
          action: 'cancel',
          by: '123456789012/user/alice',
        });
      }
      return faults.crash?.(invocation);
    },
  };
  return { cancelled, lambdaFaults };
}

test('a job whose plan cannot be made because a cloud does not answer ends at its deadline, with the cause', async () => {
  const world = createWorld({ schedule: true });
  const before = await pictureBefore(world);
  await world.faults([failing('DescribeAccelerator', throttled[0])]);
  const { job, seconds } = await end(world, WITH_DEADLINE, 'unreadable');
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'DeadlineExceeded']);
  assert.match(String(job.problem?.message), /DescribeAccelerator: ThrottlingException/);
  assert.ok(seconds >= DEADLINE_SECONDS && seconds < DEADLINE_SECONDS + 120, `${seconds} s`);
  assert.equal(await world.picture(), before.picture);
});

test('such a job ends within a minute if it is cancelled', async () => {
  const { cancelled, lambdaFaults } = cancelledAt(5);
  const world = createWorld(lambdaFaults);
  await world.faults([failing('DescribeAccelerator', throttled[0])]);
  cancelled.world = world;
  cancelled.id = (await world.submit(WITH_DEADLINE, 'cancelled')).id;
  const { job } = await world.finish(cancelled.id);
  const seconds = (Date.parse(String(job.endedAt)) - cancelled.at) / 1000;
  assert.equal(job.status, 'CANCELLED');
  assert.ok(seconds < 90, `${seconds} s`);
});

for (const [what, cancelAt, status, within] of [
  ['at its deadline', 0, 'FAILED', DEADLINE_SECONDS + 1800],
  ['if it is cancelled', 5, 'CANCELLED', 1200],
] as const) {
  test(`a job whose Begin crashes for five hours ends ${what}`, async () => {
    const bad = outage({
      from: ({ name }) => name === 'begin',
      lastsMs: 5 * HOURS,
      only: name => name === 'begin',
    });
    const { cancelled, lambdaFaults } = cancelledAt(cancelAt, bad);
    const world = createWorld(lambdaFaults);
    const began = world.now().getTime();
    cancelled.world = world;
    cancelled.id = (await world.submit(WITH_DEADLINE, 'crashing')).id;
    const { job } = await world.finish(cancelled.id);
    assert.equal(job.status, status);
    const seconds = (Date.parse(String(job.endedAt)) - (cancelled.at || began)) / 1000;
    assert.ok(seconds < within, `${seconds} s`);
  });
}

test('a removal that cannot read its cloud ends at its deadline, with the cause', async () => {
  const world = createWorld({ schedule: true });
  await end(world, VOICE, 'made');
  // The plan is made; from the first step on, nothing can be read.
  await world.faults(
    ['DescribeEndpointGroup', 'DescribeListener', 'ListEndpointGroups'].map(operation =>
      failing(operation, broken, { after: 1 }),
    ),
  );
  const removal = { operation: 'remove', entryPoint: VOICE.entryPoint };
  const { job, seconds } = await end(
    world,
    { ...removal, options: { deadlineSeconds: DEADLINE_SECONDS } },
    'gone',
  );
  assert.equal(job.status, 'REMOVE_FAILED');
  assert.ok(seconds < DEADLINE_SECONDS + 600, `${seconds} s`);
  assert.ok(
    job.leftovers?.some(({ problem }) => /InternalServiceErrorException/.test(problem.message)),
    JSON.stringify(job.leftovers),
  );
});

test('steps that wait for a place in their wave give a rollback no more time', async () => {
  const world = createWorld({ schedule: true });
  await world.faults([
    failing('CreateEndpointGroup', denied, { times: 1, after: REGIONS.length - 1 }),
    failing('DeleteEndpointGroup', throttled[0]),
  ]);
  const { job, seconds } = await end(
    world,
    { ...VOICE, endpointGroups: REGIONS.map(region => ({ region })) },
    'wide',
  );
  assert.equal(job.status, 'ROLLBACK_FAILED');
  assert.ok(seconds < 3600 + 900, `${seconds} s`);
});
