// One seed draws a whole run: an example, faults of every kind on every service, crashes, repeated steps, and the open
// questions of the clouds. In every run the job ends and all invariants hold.
import { type Random, randomFault, randomSwitches, whole } from './random-trouble.ts';
import { type Case, type Example, oneOf, type PlannedFault, randomOf } from './sweep.ts';

const MAX_FAULTS = 5;

export function randomCase(examples: Example[], seed: number): Case {
  const random = randomOf(seed);
  const example = oneOf(random, examples);
  const deaths = new Map(
    Array.from({ length: whole(random, 4) }, () => [
      1 + whole(random, example.writes.backward),
      oneOf(random, ['before', 'after'] as const),
    ]),
  );
  const repeated = oneOf(random, [
    {},
    {},
    { twice: true },
    { twice: { interleaved: whole(random, 1_000_000) } },
  ]);
  return {
    name: `seed ${seed}, ${example.name}`,
    value: example.value,
    faults: [
      ...Array.from({ length: whole(random, MAX_FAULTS + 1) }, () => faultOf(random, example)),
      ...(random() < 0.5 ? example.turnBack : []),
    ].map(fault => ({ ...fault, unless: 'chance decides' })),
    switches: randomSwitches(random),
    lambdaFaults: { ...repeated, dieAtWrite: n => deaths.get(n) },
    ...(random() < 0.3 ? { historyEvents: 400 } : {}),
    ends: ['SUCCEEDED', 'FAILED', 'ROLLED_BACK', 'ROLLBACK_FAILED'],
  };
}

function faultOf(random: Random, example: Example): PlannedFault {
  const { service, operation, index } = oneOf(random, [
    ...example.places,
    ...example.places,
    ...example.looks,
  ]);
  const of = { service, operation, after: whole(random, index + 2) };
  return randomFault(random, of, { times: 1 + whole(random, 4), denials: 1 });
}
