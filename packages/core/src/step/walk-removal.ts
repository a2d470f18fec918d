// The moves of a step that deletes a resource that existed before the job, forward only; and of the step that creates such a
// resource again in a rollback, if `prepare` deleted it.

import { traitsOf } from '../kinds/kinds.ts';
import { foreignNamedFor, ownNamesOn } from '../plan/foreign.ts';
import { TerminalError, toStepError } from '../ports/errors.ts';
import { isSkipped } from '../record/job.ts';
import { type Entry, leavesNothing } from '../record/ledger.ts';
import type { Seen } from './decide.ts';
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
  const move = decideRemoval(situation, { removed: walk.removed, ...knownOn(walk, seen) });
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

/** What is attached to the resource by the plan. A deletion of a plan of version 2 names nothing, and may delete everything. */
function knownOn({ plan, step, job }: Walk, seen: Seen | undefined) {
  const named = step.force ? (seen?.foreignDependents ?? []) : foreignNamedFor(step, plan);
  const deletions = plan.steps.filter(({ act, id }) => act === 'delete' && !isSkipped(job, id));
  return { named, gone: ownNamesOn(step, deletions) };
}

/**
 * Deletes as many foreign dependents as one call can. The next read shows whether there are more. Their names come into the ledger
 * before the call: the job keeps on record what it has deleted besides its own.
 */
async function deleteForeign(walk: Walk, attached: string[]): Promise<undefined> {
  const { stepEntry, step, resource, desired } = walk;
  const names = attached.slice(0, traitsOf(step.kind).foreignPerCall ?? 1);
  if (!resource.deleteForeign) {
    throw new TerminalError('ResourceConflict', `${step.title}: Gatehouse cannot delete ${names.join(', ')}`);
  }
  const before = { ...stepEntry.known, undo: walk.undoing() };
  const deletedForeign = [...new Set([...(before.deletedForeign ?? []), ...names])];
  await stepEntry.write({ ...before, deletedForeign });
  try {
    await walk.fence();
    await resource.deleteForeign(desired, walk.take(), names);
  } catch (thrown) {
    const error = toStepError(thrown);
    // A call that was stopped at the fence or refused has deleted nothing.
    const isRefused = error.name === 'Cancelled' || ('outcome' in error && error.outcome === 'none');
    if (isRefused) await stepEntry.write(before);
    throw error;
  }
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
    if (existing !== undefined && mayBeLeaving(walk, existing))
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

/**
 * Parts of a non-atomic resource may be in deletion. While a cloud changes a resource, what it shows does not always say that the
 * change is its deletion: a certificate is in use until its listener has changed.
 */
function mayBeLeaving({ resource }: Walk, observed: unknown): boolean {
  const readiness = resource.ready(observed);
  return !readiness.ready && [readiness.leaving, readiness.busy, resource.nonAtomic].includes(true);
}

function soon({ ports, resource }: Walk): string {
  return ports.clock.after(resource.settles.initialDelaySeconds).toISOString();
}
