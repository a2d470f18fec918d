// The decisions of a step on a resource that existed before the job: its update, the undo of the update, its removal. Pure,
// like decide.ts.

import { type Entry, MAX_UPDATES, unresolvedUntil } from '../record/ledger.ts';
import { correct, inDoubt, type Move, refuse, removeOrWait, type Seen, settle } from './decide.ts';

export interface ExistingSituation {
  entry: Entry;
  /** Undefined: absent. */
  seen: Seen | undefined;
  /** ISO instant. */
  now: string;
}

/** The goal: the resource is as desired and ready, and no call in doubt can still change it. */
export function decideUpdate({ entry, seen, now }: ExistingSituation, fixed: readonly string[]): Move {
  if (!seen) return refuse('NotFound', 'it was deleted outside Gatehouse after the plan was made');
  const immutable = seen.drift.filter(member => fixed.includes(member));
  if (immutable.length > 0) {
    return refuse(
      'ResourceConflict',
      `${immutable.join(', ')} was changed outside Gatehouse and cannot be changed in place`,
    );
  }
  if (seen.drift.length > 0) return correct(entry, seen);
  if (entry.state === 'applied') return { do: 'done' };
  return inDoubt(unresolvedUntil(entry), now) ?? settle(seen.readiness);
}

/**
 * The goal: the resource is as in its before-image, member by member. The undo has its own limit of calls. `seen.drift`: the
 * members that the job changed and that are not restored yet.
 */
export function decideRestore({ entry, seen, now }: ExistingSituation): Move {
  // If the resource was deleted outside Gatehouse in the meantime, the undo does not create it again.
  if (seen && seen.drift.length > 0) return correct({ ...entry, updates: entry.updates - MAX_UPDATES }, seen);
  return inDoubt(unresolvedUntil(entry), now) ?? { do: 'undone' };
}

/** The goal: the resource is deleted. `removed`: this call has requested the removal. Not found means done. */
export function decideRemoval(
  { entry, seen, now }: ExistingSituation,
  { removed, force }: { removed: boolean; force: boolean },
): Move {
  if (!seen) return inDoubt(entry.doubtUntil, now) ?? { do: 'done' };
  if (seen.foreignDependents.length > 0 && !removed) {
    if (force) return { do: 'deleteForeign', names: seen.foreignDependents };
    const names = seen.foreignDependents.join(', ');
    return refuse(
      'ResourceConflict',
      `${names} is attached to ${seen.id} and is foreign; options.force also deletes foreign resources`,
    );
  }
  return removed ? { do: 'wait', reason: 'it is being removed' } : removeOrWait(entry, seen);
}
