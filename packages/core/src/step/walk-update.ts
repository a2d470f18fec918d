// The moves of a step on a resource that existed before the job: an update in place, with the before-image written before the
// first call; its undo, which restores each member that still has the value that the job set; an adoption, which changes
// nothing.

import { RetryableError, TerminalError, toStepError } from '../ports/errors.ts';
import * as ledger from '../record/ledger.ts';
import { decideRestore, decideUpdate } from './decide-existing.ts';
import type { StepAnswer, Walk } from './walk.ts';

export async function applyUpdate(walk: Walk): Promise<StepAnswer | undefined> {
  const { stepEntry, resource, step } = walk;
  const seen = await walk.observe(false);
  if (!stepEntry.entry) {
    const before = seen ? imageOf(walk) : null;
    const entry = { ...walk.intent(before, 'update'), ...(step.existingId ? { id: step.existingId } : {}) };
    await stepEntry.write({ ...entry, state: 'made' });
  }
  if (!seen && step.mayBeGone) return walk.applied(stepEntry.known);
  const move = decideUpdate({ entry: stepEntry.known, seen, now: walk.now() }, resource.createOnly ?? []);
  switch (move.do) {
    case 'update':
      return update(walk, walk.desired, beforeOurs(walk));
    case 'done':
      return stepEntry.known.state === 'applied' ? { state: 'done' } : walk.settle({ ready: true });
    case 'wait':
      return walk.settle({ ready: false, reason: move.reason });
    case 'lookAgain':
      throw new RetryableError('Busy', `${step.title}: ${move.reason}`);
    case 'refuse':
      throw walk.refusal(move);
    default:
      throw new Error(`${move.do} is no move of an update`);
  }
}

export async function undoUpdate(walk: Walk): Promise<StepAnswer | undefined> {
  const { stepEntry, resource } = walk;
  if (!stepEntry.entry || ledger.leavesNothing(stepEntry.entry)) return { state: 'done' };
  // No call of ours has changed it.
  if (stepEntry.entry.updates === 0) return walk.undone();
  const seen = await walk.observe(false);
  const before = stepEntry.entry.before;
  const reverted =
    seen && resource.reverted && isSnapshot(before)
      ? resource.reverted(walk.desired, before, walk.observed)
      : undefined;
  const restoring = seen && { ...seen, drift: reverted ? resource.drift(reverted, walk.observed) : [] };
  const move = decideRestore({ entry: stepEntry.entry, seen: restoring, now: walk.now() });
  switch (move.do) {
    case 'update':
      return update(walk, reverted, before);
    case 'lookAgain':
      return walk.pollLater(move.at);
    case 'undone': {
      const irreversible =
        seen && isSnapshot(before) ? resource.irreversible?.(walk.desired, before, walk.observed) : [];
      return walk.undone(irreversible);
    }
    case 'refuse':
      throw walk.refusal(move);
    default:
      throw new Error(`${move.do} is no move of the undo of an update`);
  }
}

/** Adopts the existing resource unchanged. Refused if it has changed since the plan was made. */
export async function applyAdoption(walk: Walk): Promise<StepAnswer | undefined> {
  const { stepEntry, step } = walk;
  if (stepEntry.entry?.state === 'applied') return { state: 'done' };
  const seen = await walk.observe(false);
  if (!seen || seen.drift.length > 0) {
    const reason = seen ? `${seen.drift.join(', ')} changed` : 'it was deleted';
    throw new TerminalError('NotFound', `${step.title} cannot be adopted: ${reason} after the plan was made`);
  }
  if (!stepEntry.entry) await stepEntry.write({ ...walk.intent(null, 'adopt'), state: 'made', id: seen.id });
  return seen.readiness.ready ? walk.settle({ ready: true }) : walk.settle(seen.readiness);
}

/** The before-image includes changes by others up to our first call: undo restores that state. */
function beforeOurs(walk: Walk): unknown {
  return walk.stepEntry.known.updates === 0 ? imageOf(walk) : walk.stepEntry.known.before;
}

function imageOf({ resource, observed }: Walk): unknown {
  return (resource.image ?? resource.snapshot)?.(observed) ?? null;
}

/** Intent, fence, call, outcome. A call whose answer was lost stays in doubt until it can no longer take effect. */
async function update(walk: Walk, to: unknown, before: unknown): Promise<undefined> {
  const { stepEntry, step, resource } = walk;
  if (!resource.update)
    throw new TerminalError('ResourceConflict', `${step.title} cannot be changed in place`);
  const { updates } = stepEntry.known;
  const intended = ledger.intendAgain(stepEntry.known, walk.now(), walk.callUntil());
  await stepEntry.write({ ...intended, before, updates: updates + 1 });
  await walk.fence();
  const observed = walk.take();
  try {
    walk.found(await resource.update(to, observed));
  } catch (thrown) {
    const error = toStepError(thrown);
    // A refused call has changed nothing, so it does not count as an update.
    const refused = 'outcome' in error && error.outcome === 'none';
    if (refused) await stepEntry.write({ ...stepEntry.known, state: 'made', updates });
    throw error;
  }
  await stepEntry.write(settled(stepEntry.known));
}

/** The outcome of the latest call is known. An earlier call may still be in doubt. */
function settled({ problem: _, limited: __, ...entry }: ledger.Entry): ledger.Entry {
  return { ...entry, state: 'made' };
}

function isSnapshot(before: unknown): before is Record<string, unknown> {
  return typeof before === 'object' && before !== null;
}
