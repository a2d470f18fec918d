// The decisions of a step, pure: a ledger entry and an observation give one move. Nothing here calls, writes or waits;
// walk-create.ts makes the move and decides again. For resources that existed before the job, see decide-existing.ts.
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

/** An observation, compared with the desired state. */
export interface Seen {
  id: string;
  drift: string[];
  /** Foreign resources attached to it. Read only if a decision depends on them. */
  foreignDependents: string[];
  readiness: Readiness;
  /** Whether the resource proves that it belongs to this job; undefined if only a match of every member can prove it. */
  owned?: boolean;
}

export type Move =
  | { do: 'create'; generation: 'same' | 'next' }
  /** The answer to our create was lost; this object is its result. */
  | { do: 'claim'; id: string }
  | { do: 'update'; members: string[] }
  /** `again`: the previous removal failed. */
  | { do: 'remove'; again?: true }
  /** Foreign dependents that the plan names are deleted first. */
  | { do: 'deleteForeign'; names: string[] }
  /** Forward: the resource failed and is removed before the next generation is created. */
  | { do: 'clear' }
  | { do: 'wait'; reason: string }
  /** No decision before `at`: a late call can still take effect, or the read can be stale. */
  | { do: 'lookAgain'; at: string; reason: string }
  | { do: 'done' }
  | { do: 'undone' }
  /** Backward: the resource is gone, but an earlier call can still create another one. */
  | { do: 'goneInDoubt' }
  | { do: 'refuse'; code: TerminalCode; reason: string };

export interface Situation {
  entry: Entry | undefined;
  /** Undefined: absent. */
  seen: Seen | undefined;
  /** ISO instant. */
  now: string;
}

/** Forward. The goal: the resource is as desired and ready. */
export function decideApply({ entry, seen, now }: Situation): Move {
  if (!entry || entry.state === 'refused' || entry.state === 'intended') {
    return seen ? claimOrRefuse({ entry, seen, now }) : { do: 'create', generation: 'same' };
  }
  if (entry.state === 'undone') return refuse('InternalFailure', 'the step was undone and cannot go forward');
  if (!seen) return disappeared(entry, now);
  if (!seen.readiness.ready && seen.readiness.failed) return clearOrRefuse(entry, seen.readiness.reason);
  if (entry.clearing) return { do: 'wait', reason: 'it failed and is being removed' };
  if (seen.drift.length > 0) return correct(entry, seen);
  // The resource was ready once. The step does not wait again for later changes by others.
  if (entry.state === 'applied') return { do: 'done' };
  return inDoubt(unresolvedUntil(entry), now) ?? settle(seen.readiness);
}

/** A resource that the step only waits for. */
export function decideSettle({ entry, seen }: Situation): Move {
  if (entry?.state === 'applied') return { do: 'done' };
  return seen ? settle(seen.readiness) : refuse('NotFound', 'it does not exist');
}

/** Backward. The goal: the resource is absent, as before the create. `removed`: this call has requested the removal. */
export function decideUndo({ entry, seen, now }: Situation, removed: boolean): Move {
  if (!entry || leavesNothing(entry)) return { do: 'undone' };
  if (seen && ours(entry, seen)) {
    if (seen.foreignDependents.length > 0) {
      return refuse('ResourceConflict', `${seen.foreignDependents.join(', ')} is attached to ${seen.id}`);
    }
    if (!entry.id) return { do: 'claim', id: seen.id };
    return removed ? { do: 'wait', reason: 'it is being removed' } : removeOrWait(entry, seen);
  }
  const removalRequested = removed || entry.undo?.removed === true;
  const until = entry.id ? entry.visibleBy : unresolvedUntil(entry);
  const unresolved = removalRequested ? undefined : inDoubt(until, now);
  if (unresolved) return unresolved;
  if (entry.id && removalRequested && entry.doubtUntil !== undefined && now < entry.doubtUntil)
    return { do: 'goneInDoubt' };
  // The read can be stale, or a person has deleted the resource. If its id is known, the step requests a removal anyway.
  return entry.id && !removalRequested ? { do: 'remove' } : { do: 'undone' };
}

/** A resource has the natural key, but the ledger has no id for it. */
function claimOrRefuse({ entry, seen, now }: Situation & { seen: Seen }): Move {
  if (entry && ours(entry, seen) && seen.foreignDependents.length === 0) return { do: 'claim', id: seen.id };
  if (!seen.readiness.ready && seen.readiness.leaving)
    return { do: 'lookAgain', at: now, reason: `${seen.id} exists there and is being deleted` };
  return refuse('AlreadyExists', `${seen.id} already exists and does not belong to this job`);
}

/**
 * The ids are equal. Or, after a lost answer, the natural keys are: the intent was written when nothing existed there, a call
 * of ours is unresolved, and the observed resource is exactly what that call requested.
 */
function ours(entry: Entry, seen: Seen): boolean {
  if (entry.id) return entry.id === seen.id;
  return seen.owned ?? (unresolvedUntil(entry) !== undefined && seen.drift.length === 0);
}

function disappeared(entry: Entry, now: string): Move {
  if (!entry.clearing && entry.visibleBy && now < entry.visibleBy) {
    return { do: 'lookAgain', at: entry.visibleBy, reason: 'it was just created and is not visible yet' };
  }
  if (entry.generation < MAX_GENERATIONS) return { do: 'create', generation: 'next' };
  return refuse(
    'NotStabilized',
    `it was created ${entry.generation} times and deleted outside Gatehouse each time`,
  );
}

/** A failed resource is created once more, as the next generation. A second failure is permanent. */
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

/**
 * A call whose answer was lost can still take effect: on the result of a later call, or after that result was deleted.
 */
export function inDoubt(until: string | undefined, now: string): Move | undefined {
  if (until === undefined || now >= until) return undefined;
  return { do: 'lookAgain', at: until, reason: 'a call whose answer was lost may still take effect' };
}

export function settle(readiness: Readiness): Move {
  return readiness.ready ? { do: 'done' } : { do: 'wait', reason: readiness.reason };
}

export function refuse(code: TerminalCode, reason: string): Move {
  return { do: 'refuse', code, reason };
}
