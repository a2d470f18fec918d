// The parts in which a phase is walked, if it has more steps than one walk of the state machine can have. Pure.
import type { Lane } from '../record/plan.ts';

/**
 * The lanes in parts of at most `maxSteps` steps, which are walked one after another, because an execution and its state are
 * limited. All lanes advance alike, in one order of all steps: whatever the size of the parts, the steps before the first one of a
 * part are in earlier parts.
 */
export function partsOf(lanes: readonly Lane[], maxSteps: number): Lane[][] {
  const parts: Map<number, Lane>[] = [];
  let room = 0;
  for (const [at, wave] of wavesInTurn(lanes)) {
    for (let rest = wave; rest.length > 0; ) {
      if (room === 0) parts.push(new Map());
      if (room === 0) room = maxSteps;
      const [part, piece] = [parts.at(-1), rest.slice(0, room)];
      part?.set(at, [...(part.get(at) ?? []), piece]);
      room -= piece.length;
      rest = rest.slice(piece.length);
    }
  }
  return parts.map(part => [...part.values()]);
}

/** The first wave of each lane, then the second ones, and so on, each with the place of its lane. */
function wavesInTurn(lanes: readonly Lane[]): [number, string[]][] {
  const longest = Math.max(0, ...lanes.map(({ length }) => length));
  return Array.from({ length: longest }, (_, depth) => depth).flatMap(depth =>
    lanes.flatMap((lane, at): [number, string[]][] => {
      const wave = lane[depth];
      return wave ? [[at, wave]] : [];
    }),
  );
}
