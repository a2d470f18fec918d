// The moves of a step that takes away what stood before the job, forward only; and of the one that makes it again where a
// rollback has to, because it had to go before the rest could come.

import { TerminalError } from '../ports/errors.ts';
import { type Entry, leavesNothing } from '../record/ledger.ts';
import { decideRemoval } from './decide-existing.ts';
import type { StepAnswer, Walk } from './walk.ts';
import { applyCreate } from './walk-create.ts';

export async function applyRemoval(walk: Walk): Promise<StepAnswer | undefined> {
  const { page, step } = walk;
  if (page.entry?.state === 'applied') return { state: 'done' };
  const seen = await walk.look(true);
  if (!page.entry) {
    const id = step.existingId ? { id: step.existingId } : {};
    await page.write({ ...walk.intent(null, 'delete'), ...id });
  }
  const situation = { entry: page.known, seen, now: walk.now() };
  const move = decideRemoval(situation, { removed: walk.removed, force: step.force === true });
  switch (move.do) {
    case 'done':
      return walk.applied(page.known);
    case 'remove':
      return walk.remove(move.again ? 1 : 0, null);
    case 'evict':
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

/** One of what others hung on it; the next look says whether there is more. */
async function deleteForeign(walk: Walk, names: string[]): Promise<undefined> {
  const { page, step, resource, desired } = walk;
  if (!resource.deleteForeign) {
    throw new TerminalError('ResourceConflict', `${step.title}: ${names.join(', ')} cannot be removed by us`);
  }
  await page.write({ ...page.known, undo: walk.undoing() });
  await walk.fence();
  await resource.deleteForeign(desired, walk.take());
}

/**
 * Made again, unless its removal was never asked for. `removal`: that step's entry, with `undo` once it was. Where the
 * answer to the removal was lost, it may still be carried out: what stands now is believed only after that.
 */
export async function restoreRemoved(
  walk: Walk,
  removal: Entry | undefined,
): Promise<StepAnswer | undefined> {
  const { page, step } = walk;
  if (!removal?.undo) return { state: 'done' };
  if (!page.entry || leavesNothing(page.entry)) {
    const standing = await walk.resource.read(walk.desired, step.existingId);
    if (standing !== undefined && isLeaving(walk, standing))
      return { state: 'pending', nextPollAt: soon(walk) };
    if (standing !== undefined) {
      if (removal.callUntil > walk.now()) return { state: 'pending', nextPollAt: removal.callUntil };
      const found = { ...walk.intent(null), id: walk.resource.idOf(standing) };
      if (!walk.resource.nonAtomic) return walk.applied(found);
      await page.write({ ...found, state: 'made' });
    }
  }
  return applyCreate(walk);
}

/** Of what is made piecemeal, some may be on its way out. */
function isLeaving({ resource }: Walk, observed: unknown): boolean {
  const readiness = resource.ready(observed);
  return !readiness.ready && (readiness.leaving === true || resource.nonAtomic === true);
}

function soon({ ports, resource }: Walk): string {
  return ports.clock.after(resource.settles.initialDelaySeconds).toISOString();
}
