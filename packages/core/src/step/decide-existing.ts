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

export interface RemovalOptions {
  /** This call has requested the removal. */
  removed: boolean;
  /** The foreign objects that the plan deletes. */
  named: readonly string[];
  /** Names of resources of ours that the same plan has deleted before. */
  gone: readonly string[];
}

/**
 * The goal: the resource is deleted. Not found means done. A foreign object that the plan does not name is not deleted: it appeared
 * later, and nobody has approved its deletion.
 */
export function decideRemoval(
  { entry, seen, now }: ExistingSituation,
  { removed, named, gone }: RemovalOptions,
): Move {
  if (!seen) return inDoubt(entry.doubtUntil, now) ?? { do: 'done' };
  if (removed) return { do: 'wait', reason: 'it is being removed' };
  const { id, foreignDependents: attached } = seen;
  const unnamed = attached.filter(name => !named.includes(name));
  const isStale = unnamed.length > 0 && unnamed.every(name => gone.includes(name));
  if (isStale && now < entry.callUntil)
    return { do: 'wait', reason: `${unnamed.join(', ')} is still listed` };
  if (unnamed.length > 0) {
    const reason = `${unnamed.join(', ')} is attached to ${id}, is foreign, and is not named in the plan`;
    return refuse('ResourceConflict', reason);
  }
  return attached.length > 0 ? { do: 'deleteForeign', names: attached } : removeOrWait(entry, seen);
}
