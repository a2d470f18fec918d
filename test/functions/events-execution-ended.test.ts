// The rule on executions that ended without ending their job: what it does for each way to end, and what it leaves alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ExecutionStatus } from '@aws-sdk/client-sfn';
import type { Ports } from '@gatehouse/core/ports/ports';
import { jobKey } from '@gatehouse/core/record/records';
import { executionEnded } from '@gatehouse/functions/events/execution-ended';
import { RULES } from '@gatehouse/functions/events/rules';
import { readPattern } from '@gatehouse/local/event-bridge/pattern';
import { parse } from 'yaml';
import { assertInvariants, pictureBefore } from '../saga/invariants.ts';
import { PAST_GAP_SECONDS } from '../world/jobs.ts';
import { createWorld, type World } from '../world/world.ts';

test('the rule takes every way of an execution to end without success, and no other status', () => {
  const stateMachineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:gatehouse';
  const rule = RULES.find(({ targets }) => targets.includes('execution-ended'));
  assert.ok(rule && 'pattern' in rule);
  const matches = readPattern(JSON.stringify(rule.pattern({ stateMachineArn })));
  const told = (status: string) => ({
    source: 'aws.states',
    'detail-type': 'Step Functions Execution Status Change',
    detail: { stateMachineArn, status },
  });
  const statuses = Object.values(ExecutionStatus);
  const taken = statuses.filter(status => matches(told(status)));
  assert.deepEqual(taken.toSorted(), ['ABORTED', 'FAILED', 'TIMED_OUT']);
});

const checkout = parse(readFileSync('examples/checkout-edge.yaml', 'utf8'));

const told = (name: string) => ({ detail: { name } });
const jobOf = async (world: World, id: string) => (await world.store.get(jobKey(id)))?.value;

const firstChange = await (async () => {
  const world = createWorld();
  await world.finish((await world.submit(checkout)).id);
  return (await world.calls()).findIndex(call => call.changed) + 1;
})();

/** A job whose first call that changes something is held, so that its execution runs. */
async function underWay() {
  const world = createWorld({ hold: { call: firstChange, when: 'before' } });
  const before = await pictureBefore(world);
  const { id } = await world.submit(checkout);
  await world.held;
  return { world, before, id };
}

/** The world's ports, for which Step Functions says that the first execution failed just now. */
function failedJustNow(world: World, attemptGapSeconds: number): Ports {
  const ports = world.ports();
  const endedAt = world.now();
  return {
    ...ports,
    settings: { ...ports.settings, attemptGapSeconds },
    executions: { ...ports.executions, describe: async () => ({ state: 'ended', endedAt }) },
  };
}

test('a person stops an execution: nothing new begins at once, and the job rolls back after the gap', async () => {
  const { world, before, id } = await underWay();
  await world.stopJob(id);
  await executionEnded(world.ports(), told(`${id}-1`));
  const marked = await jobOf(world, id);
  assert.deepEqual(
    [marked?.status, marked?.attempt, marked?.rollbackCause?.reason],
    ['RUNNING', 1, 'attempts'],
  );
  world.release();
  world.pass(PAST_GAP_SECONDS);
  await executionEnded(world.ports(), told(`${id}-1`));
  assert.deepEqual(
    [(await jobOf(world, id))?.status, (await jobOf(world, id))?.attempt],
    ['ROLLING_BACK', 2],
  );
  const jobRecord = await world.finish(id);
  assert.equal(jobRecord.job.status, 'ROLLED_BACK');
  assert.match(jobRecord.job.problem?.message ?? '', /its execution was stopped/);
  await assertInvariants(world, before, jobRecord);
});

test('an execution that failed is followed by the next attempt in the same direction', async () => {
  const { world, id } = await underWay();
  await executionEnded(failedJustNow(world, 0), told(`${id}-1`));
  assert.deepEqual([(await jobOf(world, id))?.status, (await jobOf(world, id))?.attempt], ['RUNNING', 2]);
  world.release();
  assert.equal((await world.finish(id)).job.status, 'SUCCEEDED');
});

test('an event that arrives twice makes one attempt', async () => {
  const { world, id } = await underWay();
  const ports = failedJustNow(world, 0);
  await executionEnded(ports, told(`${id}-1`));
  await executionEnded(world.ports(), told(`${id}-1`));
  assert.equal((await jobOf(world, id))?.attempt, 2);
  world.release();
  await world.finish(id);
});

test('within the gap, an execution that failed is left to the schedule', async () => {
  const { world, id } = await underWay();
  const before = await jobOf(world, id);
  await executionEnded(failedJustNow(world, 60), told(`${id}-1`));
  assert.deepEqual(await jobOf(world, id), before);
  world.release();
  await world.finish(id);
});

test('an older execution that ended late changes nothing while the current one runs', async () => {
  const { world, id } = await underWay();
  await world.takeOver(id);
  const before = await jobOf(world, id);
  await executionEnded(world.ports(), told(`${id}-1`));
  assert.deepEqual(await jobOf(world, id), before);
  world.release();
  await world.finish(id);
});

test('the execution of a job that has ended, and one that no job started, change nothing', async () => {
  const world = createWorld();
  const { id } = await world.submit(checkout);
  const { job } = await world.finish(id);
  await executionEnded(world.ports(), told(`${id}-1`));
  await executionEnded(world.ports(), told('by-hand'));
  await executionEnded(world.ports(), told('job-00000000-1'));
  assert.deepEqual(await jobOf(world, id), job);
});
