// A job that is cancelled at any of its calls. The cause reaches the table while the call is under way, so each write of the
// job meets it once. Either the job has a rollback cause, and does not succeed, or the cancellation came too late.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobIndex, type RollbackCause, withRollbackCause } from '@gatehouse/core/record/job';
import { change, jobKey } from '@gatehouse/core/record/records';
import { jobOf } from '../world/records.ts';
import { createWorld, type LambdaFaults } from '../world/world.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { exampleNamed, sweep } from './sweep.ts';

const VALUE = exampleNamed('app-cookie');
const SEED = 'cancelled';
const CAUSE: RollbackCause = {
  reason: 'cancelled',
  at: '2026-01-05T09:00:00.000Z',
  problem: { code: 'Cancelled', message: 'alice cancelled the job', retryable: false },
};

let calls = 0;
const whole = createWorld({ onCall: () => calls++ }, SEED);
const { id } = await whole.submit(VALUE);
await whole.finish(id);
const ends = new Set<string>();

const cases = Array.from({ length: calls }, (_, index) => ({ name: `call ${index + 1}`, call: index + 1 }));

sweep(
  'a job with a rollback cause never succeeds, whichever of its calls it is cancelled at',
  cases,
  async ({ call }) => {
    let made = 0;
    const faults: LambdaFaults = {
      onCall() {
        made++;
        if (made !== call) return;
        void change(
          world.store,
          jobKey(id),
          job => job && withRollbackCause(job, job.attempt, CAUSE),
          jobIndex,
        );
      },
    };
    const world = createWorld(faults, SEED);
    const before = await pictureBefore(world);
    await world.submit(VALUE);
    const jobRecord = await world.finish(id);
    const { status, rollbackCause } = await jobOf(world, id);
    ends.add(status);
    assert.equal(status === 'SUCCEEDED', rollbackCause === undefined, `it ended ${status}`);
    await assertInvariants(world, before, jobRecord);
  },
);

test('of these jobs, some end before they begin, some roll back, and some are cancelled too late', () => {
  assert.deepEqual([...ends].toSorted(), ['CANCELLED', 'ROLLED_BACK', 'SUCCEEDED']);
});
