// Changes of an entry point whose Lambdas are called twice, in sequence or at the same time, and whose rollback meets a
// fault at any one of its calls.
import assert from 'node:assert/strict';
import { HELD_SECONDS, TO_A_ROUND_SECONDS } from '../world/jobs.ts';
import { baselineOfChange, CHANGES, type Change, type ChangeCase, placesOf, runChange } from './changes.ts';
import { turnedBack } from './changes-crashes.ts';
import { at, errorsOf, nameOf, type Place, sweep } from './sweep.ts';

interface Way {
  change: Change;
  places: Place[];
  back: Awaited<ReturnType<typeof turnedBack>>;
}

const ways: Way[] = [];
for (const change of CHANGES) {
  const { places } = await baselineOfChange(change);
  ways.push({ change, places, back: await turnedBack(change, places, 1) });
}

for (const [name, twice] of [
  ['one after the other', true],
  ['at once', { interleaved: 7 }],
] as const) {
  sweep(
    `a change whose every call comes twice, ${name}, is as asked`,
    ways.map(({ change }) => ({
      name: change.name,
      change,
      lambdaFaults: () => ({ twice }),
      ends: 'SUCCEEDED',
    })),
    runChange,
  );
}

const held = ways.flatMap(({ change, places }) =>
  places.flatMap(place =>
    (['before', 'after'] as const).map(when => {
      const name = `${change.name}, ${nameOf(place)}, held ${when === 'before' ? 'on its way' : 'on its way back'}`;
      return { name, change, hold: { call: place.call, when } };
    }),
  ),
);

sweep(
  'while a call of a change is under way, the next attempt goes the same way to its end',
  held.map(
    ({ name, change, hold }): ChangeCase => ({
      name,
      change,
      lambdaFaults: () => ({ hold: { ...hold, releaseAfter: HELD_SECONDS } }),
      ends: 'SUCCEEDED',
      async until(world, jobId) {
        await world.held;
        await world.takeOver(jobId);
        const jobRecord = await world.finishBesideHeld(jobId);
        assert.equal(jobRecord.job.attempt, 2);
        world.release();
        await world.idle();
        return jobRecord;
      },
    }),
  ),
  runChange,
);

sweep(
  'while a call of a change is under way, a person stops the execution: as before, or what is left is named',
  held.map(
    ({ name, change, hold }): ChangeCase => ({
      name,
      change,
      lambdaFaults: () => ({ hold: { ...hold, releaseAfter: HELD_SECONDS } }),
      ends: ['ROLLED_BACK', 'REMOVE_FAILED'],
      async until(world, jobId) {
        await world.held;
        await world.stopJob(jobId);
        world.pass(TO_A_ROUND_SECONDS);
        return world.finish(jobId);
      },
    }),
  ),
  runChange,
);

type Befalls = Pick<ChangeCase, 'faults' | 'ends' | 'also'>;

const BACKWARD: { name: string; of(place: Place): Befalls }[] = [
  {
    name: 'refused for good: what is left is named, and why',
    of: place => ({
      faults: [at(place, { fault: 'error', times: 1, error: errorsOf(place.service).denied })],
      ends: 'ROLLBACK_FAILED',
      also: ({ jobRecord }) =>
        assert.ok(
          jobRecord.job.leftovers?.some(({ problem }) => problem.code === 'AccessDenied'),
          'it says why',
        ),
    }),
  },
  ...['lostAnswer', 'dropRequest'].map(fault => ({
    name: `${fault}: as before`,
    of: (place: Place): Befalls => ({ faults: [at(place, { fault, times: 1 })], ends: 'ROLLED_BACK' }),
  })),
  {
    name: 'carried out late: as before',
    of: place => ({
      faults: [at(place, { fault: 'lateCreate', times: 1, delayMs: 20_000 })],
      ends: 'ROLLED_BACK',
    }),
  },
];

for (const { name, of } of BACKWARD) {
  const cases = ways.flatMap(({ change, back }) =>
    (back ? placesOf(back.calls).filter(({ call }) => call > back.refusedAt) : []).map(place => {
      const { faults = [], ...befalls } = of(place);
      const planned = [...(back?.faults ?? []), ...faults];
      return { name: `${change.name}, undo, ${nameOf(place)}`, change, ...befalls, faults: planned };
    }),
  );
  sweep(`any one call on the way back of a change, ${name}`, cases, runChange);
}
