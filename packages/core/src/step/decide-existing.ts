// The decisions of a step on what stood before the job: its update, the update's undo, its removal. Pure, like decide.ts.

import { type Entry, MAX_UPDATES, unresolvedUntil } from '../record/ledger.ts';
import { correct, inDoubt, type Move, refuse, removeOrWait, type Seen, settle } from './decide.ts';

export interface ExistingSituation {
  entry: Entry;
  /** Undefined: absent. */
  seen: Seen | undefined;
  /** ISO instant. */
  now: string;
}

/** Towards standing as desired, ready, and with no call of ours in doubt that could still change it. */
export function decideUpdate({ entry, seen, now }: ExistingSituation, fixed: readonly string[]): Move {
  if (!seen) return refuse('NotFound', 'somebody has removed it since the plan was made');
  const immutable = seen.drift.filter(member => fixed.includes(member));
  if (immutable.length > 0) {
    return refuse(
      'ResourceConflict',
      `${immutable.join(', ')} was changed by somebody and cannot be changed in place`,
    );
  }
  if (seen.drift.length > 0) return correct(entry, seen);
  if (entry.state === 'applied') return { do: 'done' };
  return inDoubt(unresolvedUntil(entry), now) ?? settle(seen.readiness);
}

/**
 * Back to the before-image, member by member, with as many calls of its own. `seen.drift`: what of ours is still to be
 * put back.
 */
export function decideRestore({ entry, seen, now }: ExistingSituation): Move {
  // What somebody has removed since is not ours to make again.
  if (seen && seen.drift.length > 0) return correct({ ...entry, updates: entry.updates - MAX_UPDATES }, seen);
  return inDoubt(unresolvedUntil(entry), now) ?? { do: 'undone' };
}

/** Towards gone. `removed`: this call has just asked for it. Not found is done. */
export function decideRemoval(
  { entry, seen, now }: ExistingSituation,
  { removed, force }: { removed: boolean; force: boolean },
): Move {
  if (!seen) return inDoubt(entry.doubtUntil, now) ?? { do: 'done' };
  if (seen.foreignDependents.length > 0 && !removed) {
    if (force) return { do: 'evict', names: seen.foreignDependents };
    const names = seen.foreignDependents.join(', ');
    return refuse(
      'ResourceConflict',
      `${names} still hangs on ${seen.id} and is not ours; options.force removes it, too`,
    );
  }
  return removed ? { do: 'wait', reason: 'it is being removed' } : removeOrWait(entry, seen);
}
