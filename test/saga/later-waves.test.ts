// A failed step keeps the later waves of its lane from starting; other lanes settle before anything is undone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, type SeenCall } from '../world/world.ts';
import { pictureBefore } from './invariants.ts';
import { exampleNamed } from './sweep.ts';

const CHECKOUT = exampleNamed('checkout-edge');
const refused = {
  service: 'globalaccelerator',
  operation: 'CreateListener',
  fault: 'error',
  times: 1,
  error: { code: 'AccessDeniedException', status: 403, message: 'not allowed' },
};

test('once a listener has failed, its endpoint groups and the wait for its accelerator touch neither ledger nor cloud', async () => {
  const seen: SeenCall[] = [];
  const world = createWorld({ onCall: call => seen.push(call) });
  const before = await pictureBefore(world);
  await world.faults([refused]);
  const { id } = await world.submit(CHECKOUT);
  const { job, ledger } = await world.finish(id);
  assert.equal(job.status, 'ROLLED_BACK');
  const later = seen.filter(({ by }) => /^(endpoint-group|accelerator) /.test(by));
  assert.deepEqual(
    later.filter(({ kind }) => kind !== 'read'),
    [],
  );
  assert.deepEqual(
    [...ledger.keys()].filter(step => /^(endpoint-group|accelerator)/.test(step)),
    [],
  );
  assert.equal(await world.picture(), before.picture);
});

test('a step whose function cannot be called fails the job by that, and the later waves of its lane touch nothing', async () => {
  const seen: SeenCall[] = [];
  const world = createWorld({ gone: name => name === 'listener', onCall: call => seen.push(call) });
  const before = await pictureBefore(world);
  const { id } = await world.submit(CHECKOUT);
  const { job } = await world.finish(id);
  assert.equal(job.status, 'ROLLED_BACK');
  assert.equal(job.problem?.code, 'Lambda.ResourceNotFoundException', 'the failure of the step is the cause');
  const later = seen.filter(({ by, kind }) => /^(endpoint-group|accelerator) /.test(by) && kind !== 'read');
  assert.deepEqual(later, []);
  assert.equal(await world.picture(), before.picture);
});

test('if even the failure cannot be recorded, the later waves of the lane do not start', async () => {
  const started: string[] = [];
  const world = createWorld({
    gone: name => {
      started.push(name);
      return name === 'listener' || name === 'record-failure';
    },
  });
  const before = await pictureBefore(world);
  const { id } = await world.submit(CHECKOUT);
  const { job } = await world.finish(id);
  assert.equal(job.status, 'ROLLED_BACK');
  assert.equal(job.problem?.message, 'step listener ended without an outcome');
  assert.deepEqual(
    started.filter(name => name === 'accelerator'),
    [],
  );
  assert.equal(await world.picture(), before.picture);
});
