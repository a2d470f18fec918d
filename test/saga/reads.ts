// The faults of each cloud read of every example: each Describe, List and Get, refused permanently, or disturbed for a
// while.
import {
  at,
  baselineOf,
  type Case,
  EXAMPLES,
  type Example,
  errorsOf,
  nameOf,
  oneOf,
  type Place,
} from './sweep.ts';

const examples = await Promise.all(EXAMPLES.map(baselineOf));

/** Of the same looks one after another, which differ in the time of day only, the first and the last. */
function looksOf({ looks }: Example, direction: Place['direction']): Place[] {
  return looks.filter((look, n) => {
    const isAsBefore = looks[n - 1]?.operation === look.operation && looks[n - 1]?.direction === direction;
    const isAsAfter = looks[n + 1]?.operation === look.operation && looks[n + 1]?.direction === direction;
    return look.direction === direction && !(isAsBefore && isAsAfter);
  });
}

function cases(
  direction: Place['direction'],
  befalls: (look: Place) => Pick<Case, 'faults' | 'ends'>,
): Case[] {
  return examples.flatMap(example =>
    looksOf(example, direction).map(look => {
      const { faults = [], ends } = befalls(look);
      const turnBack = direction === 'backward' ? example.turnBack : [];
      return {
        name: `${example.name}, ${nameOf(look)}`,
        seed: example.name,
        value: example.value,
        faults: [...faults, ...turnBack].map(fault => ({
          ...fault,
          unless: 'the look that is denied is one of these',
        })),
        ends: direction === 'backward' && example.turnBack.length === 1 ? [ends, 'SUCCEEDED'].flat() : ends,
      };
    }),
  );
}

const throttleOf = (service: string) => oneOf(() => 0, errorsOf(service).throttled);

const NOT_SUCCEEDED = ['FAILED', 'ROLLED_BACK', 'ROLLBACK_FAILED'];

export const REFUSED: Case[] = (['forward', 'backward'] as const).flatMap(direction =>
  cases(direction, look => ({
    faults: [at(look, { fault: 'error', times: 1, error: errorsOf(look.service).denied })],
    ends: NOT_SUCCEEDED,
  })),
);

/** By what befalls them three times, the same looks in the same order. */
export const TROUBLED: { name: string; cases: Case[] }[] = (
  [
    ['dropped', () => ({ fault: 'dropRequest', times: 3 })],
    ['throttled', ({ service }: Place) => ({ fault: 'error', times: 3, error: throttleOf(service) })],
    [
      'answered with a fault of the service',
      ({ service }: Place) => ({ fault: 'error', times: 3, error: errorsOf(service).broken }),
    ],
  ] as const
).map(([name, fault]) => ({
  name,
  cases: [
    ...cases('forward', look => ({ faults: [at(look, fault(look))], ends: 'SUCCEEDED' })),
    ...cases('backward', look => ({ faults: [at(look, fault(look))], ends: ['ROLLED_BACK', 'FAILED'] })),
  ],
}));
