// A failed step keeps the later waves of its lane from starting; other lanes settle before anything is undone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machine } from '@gatehouse/core/machine/machine';
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

test('a step without a function fails the job by that, and the later waves of its lane touch nothing', async () => {
  const seen: SeenCall[] = [];
  const world = createWorld({ onCall: call => seen.push(call) }, 'saga', arnOf =>
    changed(machine(arnOf), 'Which kind?', state => ({
      ...state,
      Choices: choicesOf(state).filter(({ StringEquals }) => StringEquals !== 'listener'),
    })),
  );
  const before = await pictureBefore(world);
  const { id } = await world.submit(CHECKOUT);
  const { job } = await world.finish(id);
  assert.equal(job.status, 'ROLLED_BACK');
  assert.equal(job.problem?.code, 'KindNotDeployed', 'the failure of the step is the cause');
  const later = seen.filter(({ by, kind }) => /^(endpoint-group|accelerator) /.test(by) && kind !== 'read');
  assert.deepEqual(later, []);
  assert.equal(await world.picture(), before.picture);
});

test('if even the failure cannot be recorded, the later waves of the lane do not start', async () => {
  const seen: SeenCall[] = [];
  const world = createWorld({ onCall: call => seen.push(call) }, 'saga', arnOf =>
    changed(
      changed(machine(arnOf), 'Which kind?', state => ({
        ...state,
        Choices: choicesOf(state).filter(({ StringEquals }) => StringEquals !== 'listener'),
      })),
      'Record failure',
      // It never records, and its other ends stay reachable, as the language asks for.
      ({ Catch = [] }) => ({
        Type: 'Choice',
        Choices: Catch.map(({ Next }) => ({ Variable: '$.never', IsPresent: true, Next })),
        Default: 'Failure not recorded',
      }),
    ),
  );
  const before = await pictureBefore(world);
  const { id } = await world.submit(CHECKOUT);
  const { job } = await world.finish(id);
  assert.equal(job.status, 'ROLLED_BACK');
  assert.equal(job.problem?.message, 'step listener ended without an outcome');
  assert.deepEqual(
    seen.filter(({ by }) => by.startsWith('accelerator ')),
    [],
  );
  assert.equal(await world.picture(), before.picture);
});

interface State {
  [member: string]: unknown;
  Choices?: { StringEquals?: string; [member: string]: unknown }[];
  Catch?: { Next: string }[];
}

const choicesOf = ({ Choices = [] }: State) => Choices;

/** The machine with another state of this name. */
function changed(definition: unknown, name: string, change: (state: State) => State): unknown {
  const text = JSON.stringify(definition, (key, value) => (key === name ? change(value) : value));
  return JSON.parse(text);
}
