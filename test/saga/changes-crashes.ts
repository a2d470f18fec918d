// Each change of an entry point, successful and rolled back at its last call before the cleanup, with one death at each
// write.
import assert from 'node:assert/strict';
import type { Call, Fault } from '../world/world.ts';
import { baselineOfChange, CHANGES, type Change, type ChangeCase, placesOf, runChange } from './changes.ts';
import { at, errorsOf, type Place } from './sweep.ts';

interface Way {
  change: Change;
  faults: Fault[];
  ends: string[];
  writes: number;
}

interface WayBack extends Way {
  /** Of the change alone. */
  calls: Call[];
  /** The number of the call that turned it back. */
  refusedAt: number;
}

export async function crashesOf(): Promise<{ name: string; cases: ChangeCase[] }[]> {
  const forward: Way[] = [];
  const backward: Way[] = [];
  for (const change of CHANGES) {
    const { ran, places } = await baselineOfChange(change);
    forward.push({ change, faults: [], ends: ['SUCCEEDED'], writes: ran.writes.after - ran.writes.before });
    const back = await turnedBack(change, places, 5);
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

/**
 * Refused at the latest call that still turns it back: what is refused after that is a removal. `times`: how often, so
 * that one that died before it could tell changes nothing about the end.
 */
export async function turnedBack(
  change: Change,
  places: Place[],
  times: number,
): Promise<WayBack | undefined> {
  for (const place of places.toReversed()) {
    const fault = at(place, { fault: 'error', times, error: errorsOf(place.service).denied });
    const name = `${change.name}, turned back`;
    const { jobRecord, writes, calls } = await runChange({
      name,
      change,
      faults: [fault],
      ends: ['ROLLED_BACK', 'REMOVE_FAILED', 'ROLLBACK_FAILED', 'SUCCEEDED'],
    });
    if (jobRecord.job.status !== 'ROLLED_BACK') continue;
    const refused = placesOf(calls).find(
      ({ operation, index }) => operation === place.operation && index === place.index,
    );
    return {
      change,
      calls,
      refusedAt: refused?.call ?? 0,
      faults: [fault],
      ends: ['ROLLED_BACK', 'FAILED'],
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
      lambdaFaults: writesBefore => ({
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
