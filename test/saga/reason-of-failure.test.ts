// The reason that a job gives for its rollback: what its step has recorded, if the step failed by that; never an older note.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryKey } from '@gatehouse/core/record/records';
import { recordFailure } from '@gatehouse/core/saga/record-failure';
import { jobOf } from '../world/records.ts';
import { createWorld } from '../world/world.ts';
import { exampleNamed } from './sweep.ts';

const THROTTLE = { code: 'Throttled', message: 'rate exceeded', retryable: true };
const REFUSAL = { code: 'AccessDenied', message: 'not allowed', retryable: false };

/** The reason after a failure of a step whose entry notes a problem. */
async function reasonAfter(noted: typeof THROTTLE, failure: { Error: string; Cause: string }) {
  const world = createWorld({ hold: { call: 1, when: 'before' } });
  const { id } = await world.submit(exampleNamed('metrics-lambda'));
  await world.held;
  const step = 'target-group';
  const key = entryKey(id, step);
  const entry = { jobId: id, step, state: 'intended', attempt: 1, problem: noted };
  await world.store.put(key, entry as never, 0);
  await recordFailure(world.ports(), { jobId: id, attempt: 1, step, failure });
  const { rollbackCause } = await jobOf(world, id);
  world.release();
  return rollbackCause?.problem;
}

const payload = (errorType: string, errorMessage: string) => ({
  Error: errorType,
  Cause: JSON.stringify({ errorType, errorMessage }),
});

test('a step that recorded its refusal: the refusal, with its code', async () => {
  assert.deepEqual(await reasonAfter(REFUSAL, payload('TerminalError', 'not allowed')), REFUSAL);
});

test('a step that failed before it could record why, after a throttle: not the throttle', async () => {
  assert.deepEqual(await reasonAfter(THROTTLE, payload('TerminalError', 'Unexpected failure: no memory')), {
    code: 'InternalFailure',
    message: 'Unexpected failure: no memory',
    retryable: false,
  });
});

test('a failure without a cause, such as a time-out on AWS: its name', async () => {
  const problem = await reasonAfter(THROTTLE, { Error: 'States.Timeout', Cause: '' });
  assert.equal(problem?.message, 'the step ended with States.Timeout');
});

test('a function that exited after a throttle, on a machine that does not retry that: not the throttle', async () => {
  assert.deepEqual(await reasonAfter(THROTTLE, payload('Runtime.ExitError', 'exit status 1')), {
    code: 'Runtime.ExitError',
    message: 'exit status 1',
    retryable: false,
  });
});
