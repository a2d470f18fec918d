// Functions that crash for minutes or hours, as after a bad deployment: once they work again, every job ends by itself. A job is
// not rolled back before its deadline, and no crash leaves a job that a person has to retry.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performAction } from '@gatehouse/core/api/act';
import { machine } from '@gatehouse/core/machine/machine';
import type { Stored } from '@gatehouse/core/ports/ports';
import { PLAN_VERSION, type Plan } from '@gatehouse/core/record/plan';
import { planKey } from '@gatehouse/core/record/records';
import { CRASHES } from '@gatehouse/local/lambda/crash';
import type { Invocation } from '../world/lambda-faults.ts';
import type { Definition } from '../world/state-machine.ts';
import { createWorld, type World } from '../world/world.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { HOURS, MINUTES, outage } from './outages.ts';
import { baselineOf } from './sweep.ts';

const example = await baselineOf('checkout-edge');
const REMOVAL = { operation: 'remove', entryPoint: 'checkout-edge' };

const calls =
  (name: string, act = 'apply') =>
  (call: Invocation) =>
    call.name === name && call.act === act;

async function finished(world: World, value: unknown, key: string) {
  const before = await pictureBefore(world);
  const jobRecord = await world.finish((await world.submit(value, key)).id);
  return { before, jobRecord };
}

for (const crash of CRASHES) {
  test(`a listener function that fails for 20 minutes (${crash}) delays the job, in its first attempt`, async () => {
    const bad = outage({
      from: calls('listener'),
      lastsMs: 20 * MINUTES,
      crash,
      only: name => name === 'listener',
    });
    const world = createWorld(bad, crash);
    const { before, jobRecord } = await finished(world, example.value, crash);
    assert.deepEqual([jobRecord.job.status, jobRecord.job.attempt], ['SUCCEEDED', 1]);
    assert.ok(bad.crashes() > 10);
    await assertInvariants(world, before, jobRecord);
  });
}

for (const name of ['begin', 'listener', 'endpoint-group', 'evaluate', 'finish']) {
  test(`a bad deployment of all functions before a call of ${name}: the job goes on after the good one`, async () => {
    const bad = outage({ from: call => call.name === name, lastsMs: 45 * MINUTES });
    const world = createWorld({ ...bad, schedule: true }, name);
    const { before, jobRecord } = await finished(world, example.value, name);
    assert.deepEqual([jobRecord.job.status, jobRecord.job.attempt], ['SUCCEEDED', 1]);
    await assertInvariants(world, before, jobRecord);
  });
}

for (const [hours, name] of [
  [3, 'the retries outlast it'],
  [15, 'it outlasts the retries'],
] as const) {
  for (const schedule of [{}, { schedule: true }] as const) {
    const recovery = schedule.schedule ? 'with recovery' : 'with recovery broken as well';

    test(`forward, all functions crash for ${hours} hours, ${name}, ${recovery}: the job is past its deadline and rolls back`, async () => {
      const bad = outage({ from: calls('endpoint-group'), lastsMs: hours * HOURS });
      const world = createWorld({ ...bad, ...schedule }, 'forward');
      const { before, jobRecord } = await finished(world, example.value, 'forward');
      assert.equal(jobRecord.job.status, 'ROLLED_BACK', JSON.stringify(jobRecord.job.problem));
      assert.equal(jobRecord.job.problem?.code, 'DeadlineExceeded');
      await assertInvariants(world, before, jobRecord);
    });

    test(`backward, all functions crash for ${hours} hours, ${name}, ${recovery}: the rollback ends all the same`, async () => {
      const bad = outage({ from: calls('listener', 'undo'), lastsMs: hours * HOURS });
      const world = createWorld({ ...bad, ...schedule }, 'backward');
      await world.faults(example.turnBack);
      const { before, jobRecord } = await finished(world, example.value, 'backward');
      assert.equal(jobRecord.job.status, 'ROLLED_BACK', JSON.stringify(jobRecord.job.leftovers));
      assert.ok(bad.crashes() > 10);
      await assertInvariants(world, before, jobRecord);
    });

    test(`a removal, all functions crash for ${hours} hours, ${name}, ${recovery}: it ends all the same`, async () => {
      const bad = outage({ from: ({ step }) => step === 'remove-listener', lastsMs: hours * HOURS });
      const world = createWorld({ ...bad, ...schedule }, 'removal');
      const before = await pictureBefore(world);
      await finished(world, example.value, 'made');
      world.pass(3600);
      const { jobRecord } = await finished(world, REMOVAL, 'removed');
      assert.equal(jobRecord.job.status, 'SUCCEEDED', JSON.stringify(jobRecord.job.leftovers));
      assert.ok(bad.crashes() > 10);
      world.pass(3600);
      assert.equal(await world.picture(), before.picture);
    });
  }
}

test('a crash that outlasts the retries leaves no leftovers, whatever Step Functions calls the error of a Fail in a nested Map', async () => {
  const only = (name: string) => name === 'listener';
  const bad = outage({ from: calls('listener', 'undo'), lastsMs: 15 * HOURS, only });
  const hidden: Definition = arnOf =>
    JSON.parse(
      JSON.stringify(machine(arnOf)).replace(
        '"Step crashed":{"Type":"Fail","Error":"FunctionCrashed"',
        '"Step crashed":{"Type":"Fail","Error":"Other"',
      ),
    );
  const world = createWorld({ ...bad, schedule: true }, 'hidden', hidden);
  await world.faults(example.turnBack);
  const { before, jobRecord } = await finished(world, example.value, 'hidden');
  assert.equal(jobRecord.job.status, 'ROLLED_BACK', JSON.stringify(jobRecord.job.leftovers));
  assert.ok(jobRecord.job.attempt > 1);
  await assertInvariants(world, before, jobRecord);
});

test('one function that crashes past the deadline: what the others can undo is undone at the deadline', async () => {
  const bad = outage({
    from: calls('endpoint-group'),
    lastsMs: 5 * HOURS,
    only: name => name === 'endpoint-group',
  });
  let undone: number | undefined;
  const world: World = createWorld({
    schedule: true,
    crash(invocation) {
      if (undone === undefined && invocation.act === 'undo') undone = invocation.at;
      return bad.crash?.(invocation);
    },
  });
  const { before, jobRecord } = await finished(world, example.value, 'one');
  const { job } = jobRecord;
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.leftovers));
  const late = ((undone ?? 0) - Date.parse(job.deadlineAt ?? '')) / MINUTES;
  assert.ok(late > 0 && late < 25, `the rollback began ${late} minutes after the deadline`);
  await assertInvariants(world, before, jobRecord);
});

test('a job that is cancelled while its function crashes rolls back what it can, and the rest once the function works', async () => {
  const only = (name: string) => name === 'targets';
  const bad = outage({ from: calls('targets'), lastsMs: 2 * HOURS, only });
  let cancelledAt: number | undefined;
  let undone: number | undefined;
  const world: World = createWorld({
    schedule: true,
    crash(invocation) {
      if (invocation.act === 'undo') undone ??= invocation.at;
      if (cancelledAt === undefined && bad.crashes() === 5) {
        cancelledAt = invocation.at;
        void performAction(world.ports(), id, { action: 'cancel', by: '123456789012/user/alice' });
      }
      return bad.crash?.(invocation);
    },
  });
  const before = await pictureBefore(world);
  const { id } = await world.submit(example.value, 'cancelled');
  const jobRecord = await world.finish(id);
  const { job } = jobRecord;
  assert.deepEqual([job.status, job.problem?.code], ['ROLLED_BACK', 'Cancelled']);
  const late = ((undone ?? 0) - (cancelledAt ?? 0)) / MINUTES;
  assert.ok(late < 15, `the rollback began after ${late} minutes`);
  await assertInvariants(world, before, jobRecord);
});

test('functions of an older release that meet a plan of a newer one leave the job to functions that can read it', async () => {
  let planned: Stored<Plan> | undefined;
  let backAt = Number.POSITIVE_INFINITY;
  let met = 0;
  const world: World = createWorld({
    crash({ name, at }) {
      if (planned && at < backAt) met++;
      if (name === 'listener' && planned === undefined) {
        void world.store.get(planKey(id)).then(stored => {
          planned = stored;
          backAt = at + 20 * MINUTES;
          if (stored) void world.store.put(planKey(id), newer(stored.value), stored.version);
        });
      }
      if (planned && at >= backAt && backAt > 0) {
        backAt = 0;
        void world.store.put(planKey(id), planned.value, planned.version + 1);
      }
      return undefined;
    },
  });
  const { id } = await world.submit(example.value, 'newer');
  const { job } = await world.finish(id);
  assert.deepEqual([job.status, job.attempt], ['SUCCEEDED', 1], JSON.stringify(job.problem));
  assert.ok(met > 5, `${met} calls met the newer plan`);
});

function newer(plan: Plan): Plan {
  return { ...plan, version: (PLAN_VERSION + 1) as typeof PLAN_VERSION };
}
