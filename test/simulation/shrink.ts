// Finds the smallest life that still fails, by leaving out one element after another.
import type { Life, Round } from './life.ts';

const MAX_LIVES = 150;

export async function shrunk(life: Life, fails: (life: Life) => Promise<boolean>): Promise<Life> {
  let smallest = life;
  let lives = 0;
  for (let shrinks = true; shrinks; ) {
    shrinks = false;
    for (const smaller of smallerThan(smallest)) {
      if (++lives > MAX_LIVES) return smallest;
      if (!(await fails(smaller))) continue;
      smallest = smaller;
      shrinks = true;
      break;
    }
  }
  return smallest;
}

function* smallerThan(life: Life): Generator<Life> {
  const { rounds, switches } = life;
  if (rounds.length > 1) yield { ...life, rounds: rounds.slice(0, -1) };
  for (const at of rounds.keys()) yield { ...life, rounds: rounds.toSpliced(at, 1) };
  if (Object.keys(switches).length > 0) yield { ...life, switches: {} };
  for (const [at, round] of rounds.entries()) {
    for (const smaller of smallerRounds(round)) yield { ...life, rounds: rounds.with(at, smaller) };
  }
}

function* smallerRounds(round: Round): Generator<Round> {
  for (const list of ['asks', 'faults', 'deaths', 'tampering', 'verbs'] as const) {
    for (const at of round[list].keys()) yield { ...round, [list]: round[list].toSpliced(at, 1) };
  }
  if (round.twice) yield { ...round, twice: false };
  for (const [at, { cancelAfter, ...ask }] of round.asks.entries()) {
    if (cancelAfter !== undefined) yield { ...round, asks: round.asks.with(at, ask) };
    for (const part of Object.keys(ask.spec ?? {})) {
      const { [part]: _, ...spec } = ask.spec ?? {};
      if (part === 'listener' && 'endpointGroups' in spec) continue;
      if (Object.keys(spec).length > 0) yield { ...round, asks: round.asks.with(at, { ...ask, spec }) };
    }
  }
}
