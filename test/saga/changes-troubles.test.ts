// Changes of an entry point whose Lambdas are called twice, one after another or at once, and whose way back meets trouble
// at any one of its calls.
import assert from 'node:assert/strict';
import { baselineOfChange, CHANGES, type ChangeCase, placesOf, runChange } from './changes.ts';
import { turnedBack } from './changes-crashes.ts';
import { at, errorsOf, nameOf, type Place, sweep } from './sweep.ts';

const ways = [];
for (const change of CHANGES) {
  const { places } = await baselineOfChange(change);
  ways.push({ change, back: await turnedBack(change, places, 1) });
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
      misfortune: () => ({ twice }),
      ends: 'SUCCEEDED',
    })),
    runChange,
  );
}

type Befalls = Pick<ChangeCase, 'faults' | 'ends' | 'also'>;

const BACKWARD: { name: string; of(place: Place): Befalls }[] = [
  {
    name: 'refused for good: what is left is named, and why',
    of: place => ({
      faults: [at(place, { fault: 'error', times: 1, error: errorsOf(place.service).denied })],
      ends: 'ROLLBACK_FAILED',
      also: ({ dossier }) =>
        assert.ok(
          dossier.job.left?.some(({ problem }) => problem.code === 'AccessDenied'),
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
