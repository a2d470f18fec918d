// A whole life, drawn by one seed and pure data, so that a failing one can be shrunk: rounds of simultaneous jobs,
// their faults, and the actions on stuck jobs.
import type { Action } from '@gatehouse/core/record/events';
import type { Fault, LambdaFaults } from '../world/world.ts';
import { ON_ALICLOUD } from './alicloud-specs.ts';
import { chance, oneOf, type Random, randomOf, whole } from './random.ts';
import { drawSpec, type Name, ON_AWS, type Spec } from './specs.ts';
import { drawFaults, drawSwitches } from './trouble.ts';

export interface Life {
  seed: number;
  switches: Record<string, Record<string, string | number>>;
  rounds: Round[];
}

export interface Round {
  asks: Ask[];
  faults: Fault[];
  /** The Lambda that makes this write of the round dies of it. */
  deaths: { write: number; when: 'before' | 'after' }[];
  twice: NonNullable<LambdaFaults['twice']>;
  tampering: Tampering[];
  /** What is asked of each job that gets stuck, before its faults are forgiven, one after another. */
  verbs: { verb: Action; turns: number | 'settled' }[];
}

/** What strangers do, who know nothing of us. `turns`: of the event loop, once the round's jobs are under way. */
export interface Tampering {
  name: Name;
  act: (typeof TAMPERINGS)[number];
  turns?: number;
}

export const TAMPERINGS = [
  'listener changed',
  'listener beside it',
  'group changed',
  'group gone',
  'target gone',
  'targets gone',
  'tag changed',
  'policy off',
] as const;

/** `spec` absent: it is to be removed. */
export interface Ask {
  name: Name;
  spec?: Spec;
  options: Spec;
  /** Turns of the event loop until it is cancelled. */
  cancelAfter?: number;
  /** Somebody makes its listener before it, and it says that it adopts. */
  adopts?: true;
}

export function drawLife(seed: number): Life {
  const random = randomOf(seed);
  const had = new Map<Name, Spec>();
  const switches = chance(random, 0.3) ? drawSwitches(random) : {};
  // An instance of Alibaba Cloud is slow: half of the lives are of one cloud alone.
  const names = oneOf<readonly Name[]>(random, [ON_AWS, ON_AWS, ON_ALICLOUD, [...ON_AWS, ...ON_ALICLOUD]]);
  const rounds = Array.from({ length: 3 + whole(random, 6) }, (_, at) =>
    drawRound(random, had, { names, first: at === 0 }),
  );
  return { seed, switches, rounds };
}

function drawRound(
  random: Random,
  had: Map<Name, Spec>,
  { names, first }: { names: readonly Name[]; first: boolean },
): Round {
  const peaceful = chance(random, first ? 0.6 : 0.2);
  const asks = Array.from({ length: first ? 2 : oneOf(random, [1, 1, 2, 3]) }, () =>
    drawAsk(random, had, names),
  );
  return {
    asks: peaceful ? asks.map(({ cancelAfter: _, ...ask }) => ask) : asks,
    faults: peaceful ? [] : drawFaults(random, names),
    deaths:
      peaceful || chance(random, 0.5)
        ? []
        : Array.from({ length: 1 + whole(random, 3) }, () => ({
            write: 1 + whole(random, 120),
            when: oneOf(random, ['before', 'after'] as const),
          })),
    twice: oneOf(random, [false, false, false, true, { interleaved: whole(random, 1_000_000) }]),
    tampering: first ? [] : drawTampering(random, names, peaceful),
    verbs: Array.from({ length: whole(random, 5) }, () => ({
      verb: oneOf(random, ['retry', 'retry', 'retry', 'skip', 'forget', 'cancel'] as const),
      turns: chance(random, 0.5) ? 'settled' : whole(random, 1500),
    })),
  };
}

function drawTampering(random: Random, names: readonly Name[], peaceful: boolean): Tampering[] {
  return Array.from({ length: chance(random, 0.35) ? 1 + whole(random, 2) : 0 }, () => ({
    name: oneOf(random, names),
    act: oneOf(random, TAMPERINGS),
    ...(peaceful || chance(random, 0.5) ? {} : { turns: whole(random, 3000) }),
  }));
}

function drawAsk(random: Random, had: Map<Name, Spec>, names: readonly Name[]): Ask {
  const name = oneOf(random, names);
  const cancelAfter = chance(random, 0.12) ? { cancelAfter: whole(random, 4000) } : {};
  if (had.has(name) && chance(random, 0.25)) {
    had.delete(name);
    return { name, options: {}, ...cancelAfter };
  }
  const adopts = !had.has(name) && chance(random, 0.15);
  const spec = drawSpec(random, name, had.get(name));
  had.set(name, spec);
  const options = chance(random, 0.6) ? { allowInterruption: true } : {};
  const onAws = ON_AWS.some(each => each === name);
  const adopting = adopts && onAws && spec['listener'] ? { adopts } : {};
  return { name, spec, options, ...cancelAfter, ...adopting };
}
