// The moves of a step that deletes a resource that existed before the job, forward only; and of the step that creates such a
// resource again in a rollback, if `prepare` deleted it.

import { TerminalError } from '../ports/errors.ts';
import { type Entry, leavesNothing } from '../record/ledger.ts';
import { decideRemoval } from './decide-existing.ts';
import type { StepAnswer, Walk } from './walk.ts';
import { applyCreate } from './walk-create.ts';

export async function applyRemoval(walk: Walk): Promise<StepAnswer | undefined> {
  const { stepEntry, step } = walk;
  if (stepEntry.entry?.state === 'applied') return { state: 'done' };
  // The entry comes before the first read: a read that fails leaves its reason in it.
  if (!stepEntry.entry) {
    const id = step.existingId ? { id: step.existingId } : {};
    await stepEntry.write({ ...walk.intent(null, 'delete'), ...id });
  }
  const seen = await walk.observe(true);
  const situation = { entry: stepEntry.known, seen, now: walk.now() };
  const move = decideRemoval(situation, { removed: walk.removed, force: step.force === true });
  switch (move.do) {
    case 'done':
      return walk.applied(stepEntry.known);
    case 'remove':
      return walk.remove(move.again ? 1 : 0, null);
    case 'deleteForeign':
      return deleteForeign(walk, move.names);
    case 'wait':
      return walk.pollLater();
    case 'lookAgain':
      return walk.pollLater(move.at);
    case 'refuse':
      throw walk.refusal(move);
    default:
      throw new Error(`${move.do} is no move of a removal`);
  }
}

/** Deletes one foreign dependent. The next read shows whether there are more. */
async function deleteForeign(walk: Walk, names: string[]): Promise<undefined> {
  const { stepEntry, step, resource, desired } = walk;
  if (!resource.deleteForeign) {
    throw new TerminalError('ResourceConflict', `${step.title}: Gatehouse cannot delete ${names.join(', ')}`);
  }
  await stepEntry.write({ ...stepEntry.known, undo: walk.undoing() });
  await walk.fence();
  await resource.deleteForeign(desired, walk.take());
}

/**
 * Creates the resource again, unless its removal was never requested. `removal`: the entry of the removal, which has `undo`
 * once it was requested. A removal whose answer was lost can still take effect, so an existing resource counts only later.
 */
export async function restoreRemoved(
  walk: Walk,
  removal: Entry | undefined,
): Promise<StepAnswer | undefined> {
  const { stepEntry, step } = walk;
  if (!removal?.undo) return { state: 'done' };
  if (!stepEntry.entry || leavesNothing(stepEntry.entry)) {
    const existing = await walk.resource.read(walk.desired, step.existingId);
    if (existing !== undefined && isLeaving(walk, existing))
      return { state: 'pending', nextPollAt: soon(walk) };
    if (existing !== undefined) {
      if (removal.callUntil > walk.now()) return { state: 'pending', nextPollAt: removal.callUntil };
      const found = { ...walk.intent(null), id: walk.resource.idOf(existing) };
      if (!walk.resource.nonAtomic) return walk.applied(found);
      await stepEntry.write({ ...found, state: 'made' });
    }
  }
  return applyCreate(walk);
}

/** Parts of a non-atomic resource may be in deletion. */
function isLeaving({ resource }: Walk, observed: unknown): boolean {
  const readiness = resource.ready(observed);
  return !readiness.ready && (readiness.leaving === true || resource.nonAtomic === true);
}

function soon({ ports, resource }: Walk): string {
  return ports.clock.after(resource.settles.initialDelaySeconds).toISOString();
}
