// Duplicate and simultaneous calls, over every example: each step is called twice, in sequence or at the same time; and
// two attempts of one job are alive, with a Lambda of the older one held at each mutating call in turn.
import assert from 'node:assert/strict';
import { HELD_SECONDS, TO_A_ROUND_SECONDS } from '../world/jobs.ts';
import { createWorld, type Hold } from '../world/world.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import {
  baselineOf,
  type Case,
  EXAMPLES,
  type Example,
  endsOfRepeated,
  nameOf,
  type Place,
  runCase,
  sweep,
} from './sweep.ts';

const INTERLEAVINGS = 8;
const examples = await Promise.all(EXAMPLES.map(baselineOf));

sweep(
  'every step called twice, one after the other, makes everything once',
  examples.flatMap(called(true)),
  runCase,
);

const interleaved = Array.from({ length: INTERLEAVINGS }, (_, n) => ({ interleaved: 1 + n * 1000 }));
sweep(
  'every step called twice, both at once, makes everything once',
  interleaved.flatMap(how => examples.flatMap(called(how))),
  runCase,
);

function called(twice: true | { interleaved: number }) {
  return (example: Example): Case[] => {
    const { name, value, turnBack } = example;
    const label = twice === true ? name : `${name}, interleaving ${twice.interleaved}`;
    const lambdaFaults = { twice };
    return [
      { name: `${label}, forward`, value, lambdaFaults, ends: 'SUCCEEDED' },
      {
        name: `${label}, backward`,
        value,
        lambdaFaults,
        // More calls than in the baseline: the fault may meet a look before anything is made.
        faults: turnBack.map(fault =>
          fault.fault === 'stuck' ? { ...fault, unless: 'turned back before' } : fault,
        ),
        ends: endsOfRepeated(example),
      },
    ];
  };
}

interface Held {
  name: string;
  example: Example;
  place: Place;
  when: Hold['when'];
}

const held = examples.flatMap(example =>
  example.places.flatMap(place =>
    (['before', 'after'] as const).map(when => ({
      name: `${example.name}, ${nameOf(place)}, held ${when === 'before' ? 'on its way' : 'on its way back'}`,
      example,
      place,
      when,
    })),
  ),
);

sweep(
  'while a call of an attempt is under way, the next attempt goes the same way to its end; the old one does nothing more',
  held,
  async ({ example, place, when }: Held) => {
    const world = createWorld({ hold: { call: place.call, when } }, example.name);
    const before = await pictureBefore(world);
    if (place.direction === 'backward') await world.faults(example.turnBack);
    const job = await world.submit(example.value);
    await world.held;
    await world.takeOver(job.id);
    const jobRecord = await world.finishBesideHeld(job.id);
    assert.equal(jobRecord.job.attempt, 2);
    assert.equal(jobRecord.job.status, place.direction === 'forward' ? 'SUCCEEDED' : 'ROLLED_BACK');

    const [written, calls] = [world.written(), (await world.calls()).length];
    world.release();
    await world.idle();

    assert.equal(world.written(), written, 'the old attempt writes nothing more');
    const more = (await world.calls()).slice(calls).filter(call => !isLook(call.operation));
    assert.equal(more.length, when === 'before' ? 1 : 0, 'it makes no further change');
    assert.ok(
      more.every(call => !call.changed),
      'the held call changes nothing any more',
    );
    await assertHeld(world, place);
    await assertInvariants(world, before, jobRecord);
  },
);

sweep(
  'while a call forward is under way, a person stops the execution: the next attempt undoes what the call did',
  held.filter(({ place }) => place.direction === 'forward'),
  async ({ example, place, when }: Held) => {
    const hold = { call: place.call, when, releaseAfter: HELD_SECONDS };
    const world = createWorld({ hold }, example.name);
    const before = await pictureBefore(world);
    const job = await world.submit(example.value);
    await world.held;
    await world.stopJob(job.id);
    world.pass(TO_A_ROUND_SECONDS);
    const jobRecord = await world.finish(job.id);
    assert.equal(jobRecord.job.status, 'ROLLED_BACK');
    world.release();
    for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
    await assertHeld(world, place);
    await assertInvariants(world, before, jobRecord);
  },
);

async function assertHeld(world: ReturnType<typeof createWorld>, place: Place) {
  const calls = await world.calls();
  const call = calls[(world.releasedCall() ?? place.call) - 1];
  assert.equal(call?.operation, place.operation, 'the call that was meant was held');
}

function isLook(operation: string): boolean {
  return /^(Describe|List|Get)/.test(operation);
}
