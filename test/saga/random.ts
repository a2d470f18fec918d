// One seed draws a whole run: an example, faults of every kind on every service, crashes, repeated steps, and what the
// clouds leave open. Whatever comes of it, the job ends and all invariants hold.
import { FACTS } from './facts-of-clouds.ts';
import { type Case, type Example, errorsOf, oneOf, type PlannedFault, randomOf } from './sweep.ts';

const MAX_FAULTS = 5;

type Random = () => number;

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
      ...Array.from({ length: whole(random, MAX_FAULTS + 1) }, () => randomFault(random, example)),
      ...(random() < 0.5 ? example.turnBack : []),
    ].map(fault => ({ ...fault, unless: 'chance decides' })),
    switches: randomSwitches(random),
    misfortune: { ...repeated, dieAtWrite: n => deaths.get(n) },
    ends: ['SUCCEEDED', 'FAILED', 'ROLLED_BACK', 'ROLLBACK_FAILED'],
  };
}

function randomFault(random: Random, example: Example): PlannedFault {
  const { service, operation, index } = oneOf(random, [
    ...example.places,
    ...example.places,
    ...example.looks,
  ]);
  const { denied, throttled, broken } = errorsOf(service);
  const of = { service, operation, after: whole(random, index + 2) };
  const times = 1 + whole(random, 4);
  return oneOf<PlannedFault>(random, [
    { ...of, fault: 'error', times: 1, error: denied },
    { ...of, fault: 'error', times, error: oneOf(random, throttled) },
    { ...of, fault: 'error', times, error: broken },
    { ...of, fault: 'lostAnswer', times },
    { ...of, fault: 'dropRequest', times },
    { ...of, fault: 'lateCreate', times: 1, delayMs: 1000 * (1 + whole(random, 55)) },
    { ...of, fault: 'delay', times, delayMs: 1000 * whole(random, 8) },
    { ...of, fault: 'failed', times },
    { ...of, fault: 'stuck', times: 1 },
    { ...of, fault: 'forgetTokens', times },
  ]);
}

/** Each of them with a chance of its own. */
function randomSwitches(random: Random): Record<string, Record<string, string | number>> {
  const of = (facts: Record<string, (string | number)[]>) =>
    Object.entries(facts).flatMap(([name, values]) =>
      random() < 0.15 ? [[name, oneOf(random, values)] as const] : [],
    );
  return Object.fromEntries(
    Object.entries(FACTS).map(([service, facts]) => [service, Object.fromEntries(of(facts))]),
  );
}

/** From 0 to one less than `below`. */
function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}
