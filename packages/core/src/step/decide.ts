// The decisions of a step, pure: what the ledger says and what a read found give one move. Nothing here
// calls, writes or waits; walk-create.ts carries the move out and asks again. Of what stood before the job: decide-standing.ts.
import type { TerminalCode } from '../ports/errors.ts';
import type { Readiness } from '../ports/resource.ts';
import {
  type Entry,
  leavesNothing,
  MAX_FAILED_GENERATIONS,
  MAX_FAILED_REMOVALS,
  MAX_GENERATIONS,
  MAX_UPDATES,
  unresolvedUntil,
} from '../record/ledger.ts';

/** What a read found, compared with what is desired. */
export interface Seen {
  id: string;
  drift: string[];
  /** What others hung on it. Looked up only where a decision needs it. */
  foreignDependents: string[];
  readiness: Readiness;
  /** What the resource itself proves about whose it is; undefined where only a match in every member can. */
  owned?: boolean;
}

export type Move =
  | { do: 'create'; generation: 'same' | 'next' }
  /** The answer to our create was lost, and this is what it made. */
  | { do: 'claim'; id: string }
  | { do: 'update'; members: string[] }
  /** `again`: the removal before it came out failed. */
  | { do: 'remove'; again?: true }
  /** A forced removal: what others hung on it goes first. */
  | { do: 'evict'; names: string[] }
  /** Forward: it came out failed, and makes room for the next generation. */
  | { do: 'clear' }
  | { do: 'wait'; reason: string }
  /** Nothing is decided before then: a late call may land, or a stale read turn true. */
  | { do: 'lookAgain'; at: string; reason: string }
  | { do: 'done' }
  | { do: 'undone' }
  /** Backward: it is gone, and an earlier call may still make another one. */
  | { do: 'goneInDoubt' }
  | { do: 'refuse'; code: TerminalCode; reason: string };

export interface Situation {
  entry: Entry | undefined;
  /** Undefined: absent. */
  seen: Seen | undefined;
  /** ISO instant. */
  now: string;
}

/** Forward: towards standing as desired and ready. */
export function decideApply({ entry, seen, now }: Situation): Move {
  if (!entry || entry.state === 'refused' || entry.state === 'intended') {
    return seen ? claimOrRefuse({ entry, seen, now }) : { do: 'create', generation: 'same' };
  }
  if (entry.state === 'undone') return refuse('InternalFailure', 'the step was undone and cannot go forward');
  if (!seen) return disappeared(entry, now);
  if (!seen.readiness.ready && seen.readiness.failed) return clearOrRefuse(entry, seen.readiness.reason);
  if (entry.clearing) return { do: 'wait', reason: 'it came out failed and is being removed' };
  if (seen.drift.length > 0) return correct(entry, seen);
  // Said ready once, and believed: what others do to it later is not waited for again.
  if (entry.state === 'applied') return { do: 'done' };
  return inDoubt(unresolvedUntil(entry), now) ?? settle(seen.readiness);
}

/** A resource that is only waited for. */
export function decideSettle({ entry, seen }: Situation): Move {
  if (entry?.state === 'applied') return { do: 'done' };
  return seen ? settle(seen.readiness) : refuse('NotFound', 'it does not exist (any more)');
}

/** Backward: towards absent, as before our create. `removed`: this call has just asked for its removal. */
export function decideUndo({ entry, seen, now }: Situation, removed: boolean): Move {
  if (!entry || leavesNothing(entry)) return { do: 'undone' };
  if (seen && ours(entry, seen)) {
    if (seen.foreignDependents.length > 0) {
      return refuse('ResourceConflict', `${seen.foreignDependents.join(', ')} still hangs on ${seen.id}`);
    }
    if (!entry.id) return { do: 'claim', id: seen.id };
    return removed ? { do: 'wait', reason: 'it is being removed' } : removeOrWait(entry, seen);
  }
  const told = removed || entry.undo?.removed === true;
  const until = entry.id ? entry.visibleBy : unresolvedUntil(entry);
  const unresolved = told ? undefined : inDoubt(until, now);
  if (unresolved) return unresolved;
  if (entry.id && told && entry.doubtUntil !== undefined && now < entry.doubtUntil)
    return { do: 'goneInDoubt' };
  // A read may still be stale, and a person may have been faster: what we know by id, the cloud is told to remove.
  return entry.id && !told ? { do: 'remove' } : { do: 'undone' };
}

/** Something stands where nothing of ours is known to stand. */
function claimOrRefuse({ entry, seen, now }: Situation & { seen: Seen }): Move {
  if (entry && ours(entry, seen) && seen.foreignDependents.length === 0) return { do: 'claim', id: seen.id };
  if (!seen.readiness.ready && seen.readiness.leaving)
    return { do: 'lookAgain', at: now, reason: `${seen.id} stands there and is on its way out` };
  return refuse('AlreadyExists', `${seen.id} stands there already and is not of this job`);
}

/**
 * Known by id; or, after a lost answer, by natural key: our intent was written when nothing stood there, a
 * call of ours is unresolved, and what stands there now is exactly what that call asked for.
 */
function ours(entry: Entry, seen: Seen): boolean {
  if (entry.id) return entry.id === seen.id;
  return seen.owned ?? (unresolvedUntil(entry) !== undefined && seen.drift.length === 0);
}

function disappeared(entry: Entry, now: string): Move {
  if (!entry.clearing && entry.visibleBy && now < entry.visibleBy) {
    return { do: 'lookAgain', at: entry.visibleBy, reason: 'it was made just now and is not seen yet' };
  }
  if (entry.generation < MAX_GENERATIONS) return { do: 'create', generation: 'next' };
  return refuse('NotStabilized', `it was made ${entry.generation} times and somebody removed it each time`);
}

/** Once more, as the next generation; a second failure is for good. */
function clearOrRefuse(entry: Entry, reason: string): Move {
  const again = entry.generation < MAX_FAILED_GENERATIONS && entry.updates < MAX_UPDATES;
  return again ? { do: 'clear' } : refuse('NotStabilized', reason);
}

export function removeOrWait(entry: Entry, { readiness }: Seen): Move {
  if (readiness.ready) return { do: 'remove' };
  if (readiness.leaving || readiness.busy) return { do: 'wait', reason: readiness.reason };
  if (!readiness.failed) return { do: 'remove' };
  const again = (entry.undo?.failures ?? 0) < MAX_FAILED_REMOVALS;
  return again ? { do: 'remove', again } : refuse('NotStabilized', readiness.reason);
}

export function correct(entry: Entry, seen: Seen): Move {
  if (entry.updates < MAX_UPDATES) return { do: 'update', members: seen.drift };
  return refuse('NotStabilized', `${seen.drift.join(', ')} was set ${entry.updates} times and changed again`);
}

/** A call whose answer was lost may still be carried out, over what a later one has made, or after that is gone again. */
export function inDoubt(until: string | undefined, now: string): Move | undefined {
  if (until === undefined || now >= until) return undefined;
  return { do: 'lookAgain', at: until, reason: 'a call whose answer was lost may still be carried out' };
}

export function settle(readiness: Readiness): Move {
  return readiness.ready ? { do: 'done' } : { do: 'wait', reason: readiness.reason };
}

export function refuse(code: TerminalCode, reason: string): Move {
  return { do: 'refuse', code, reason };
}
