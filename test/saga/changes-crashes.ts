// Each change of an entry point, as asked and turned back by its last call but the removals, with one death at each write.
import assert from 'node:assert/strict';
import { baselineOfChange, CHANGES, type Change, type ChangeCase, runChange } from './changes.ts';
import { at, errorsOf, type Place } from './sweep.ts';

type Fault = NonNullable<ChangeCase['faults']>[number];

interface Way {
  change: Change;
  faults: Fault[];
  ends: string[];
  writes: number;
}

export async function crashesOf(): Promise<{ name: string; cases: ChangeCase[] }[]> {
  const forward: Way[] = [];
  const backward: Way[] = [];
  for (const change of CHANGES) {
    const { ran, places } = await baselineOfChange(change);
    forward.push({ change, faults: [], ends: ['SUCCEEDED'], writes: ran.writes.after - ran.writes.before });
    const back = await turnedBack(change, places);
    if (back) backward.push(back);
  }
  const ways = { 'on its way': forward, 'on its way back': backward };
  return Object.entries(ways).flatMap(([name, list]) =>
    (['before', 'after'] as const).map(when => ({
      name: `a change ${name}: a Lambda that dies right ${when} any one write is made up for`,
      cases: list.flatMap(way => deaths(way, when)),
    })),
  );
}

/** Refused at the latest call that still turns it back: what is refused after that is a removal. */
async function turnedBack(change: Change, places: Place[]): Promise<Way | undefined> {
  for (const place of places.toReversed()) {
    // Each attempt at it is refused, so that one that died before it could tell changes nothing about the end.
    const fault = at(place, { fault: 'error', times: 5, error: errorsOf(place.service).denied });
    const unless = 'a call that is refused for good is not sent again';
    const faults = [{ ...fault, unless }];
    const name = `${change.name}, turned back`;
    const { dossier, writes } = await runChange({
      name,
      change,
      faults,
      ends: ['ROLLED_BACK', 'REMOVE_FAILED', 'ROLLBACK_FAILED', 'SUCCEEDED'],
    });
    if (dossier.job.status !== 'ROLLED_BACK') continue;
    return {
      change,
      faults,
      ends: ['ROLLED_BACK', 'ROLLBACK_FAILED', 'FAILED'],
      writes: writes.after - writes.before,
    };
  }
  return undefined;
}

function deaths({ change, faults, ends, writes }: Way, when: 'before' | 'after'): ChangeCase[] {
  return Array.from({ length: writes }, (_, index) => {
    let died = false;
    return {
      name: `${change.name}, write ${index + 1}`,
      change,
      faults,
      ends,
      misfortune: writesBefore => ({
        dieAtWrite: n => {
          if (n !== writesBefore + index + 1) return undefined;
          died = true;
          return when;
        },
      }),
      also: () => assert.ok(died, 'the write was reached'),
    };
  });
}
