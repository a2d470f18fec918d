// Every kind of change of an existing entry point, and its removal: without faults, and with a fault at any one of its
// calls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baselineOfChange, CHANGES, type ChangeCase, type PlaceInChange, runChange } from './changes.ts';
import { at, errorsOf, nameOf, sweep } from './sweep.ts';

const baselines = await Promise.all(
  CHANGES.map(async change => ({ change, ...(await baselineOfChange(change)) })),
);

test('an update to the present state makes no mutating call', () => {
  const nothing = baselines.find(({ change }) => change.name === 'nothing');
  assert.deepEqual(nothing?.places, []);
});

type Befalls = Pick<ChangeCase, 'faults' | 'ends'>;

const KINDS: { name: string; of(place: PlaceInChange): Befalls }[] = [
  {
    name: 'refused for good: as before, or what is left is named',
    of: place => ({
      faults: [at(place, { fault: 'error', times: 1, error: errorsOf(place.service).denied })],
      ends: ['ROLLED_BACK', 'REMOVE_FAILED'],
    }),
  },
  ...['lostAnswer', 'dropRequest'].map(fault => ({
    name: `${fault}: as asked`,
    of: (place: PlaceInChange): Befalls => ({ faults: [at(place, { fault, times: 1 })], ends: 'SUCCEEDED' }),
  })),
  {
    name: 'carried out late: as asked',
    of: place => ({
      faults: [at(place, { fault: 'lateCreate', times: 1, delayMs: 20_000 })],
      ends: 'SUCCEEDED',
    }),
  },
  {
    name: 'throttled three times: as asked',
    of: place => {
      const [error] = errorsOf(place.service).throttled;
      return {
        faults: [at(place, { fault: 'error', times: 3, ...(error ? { error } : {}) })],
        ends: 'SUCCEEDED',
      };
    },
  },
  {
    name: 'its request dropped, then refused for good: as before, or what is left is named',
    of: place => ({
      faults: [
        at(place, { fault: 'dropRequest', times: 1 }),
        at(place, { fault: 'error', times: 1, error: errorsOf(place.service).denied }, 1),
      ],
      ends: ['ROLLED_BACK', 'REMOVE_FAILED'],
    }),
  },
  {
    name: 'its answer lost, and the look for it refused for good: as before, or what is left is named',
    of: place => ({
      faults: [
        at(place, { fault: 'lostAnswer', times: 1 }),
        {
          service: place.service,
          operation: '*',
          after: place.ofService,
          fault: 'error',
          times: 1,
          error: errorsOf(place.service).denied,
        },
      ],
      ends: ['ROLLED_BACK', 'REMOVE_FAILED'],
    }),
  },
];

for (const { name, of } of KINDS) {
  const cases = baselines.flatMap(({ change, places }) =>
    places.map(place => ({ name: `${change.name}, ${nameOf(place)}`, change, ...of(place) })),
  );
  sweep(`any one call of a change, ${name}`, cases, runChange);
}
