// The moves of a step on what stood before the job: an update in place, with the before-image written before the first
// call; its undo, which puts back each member that still holds what we set; an adoption, which changes nothing.

import { RetryableError, TerminalError, toStepError } from '../ports/errors.ts';
import * as ledger from '../record/ledger.ts';
import { decideRestore, decideUpdate } from './decide-existing.ts';
import type { StepAnswer, Walk } from './walk.ts';

export async function applyUpdate(walk: Walk): Promise<StepAnswer | undefined> {
  const { page, resource, step } = walk;
  const seen = await walk.look(false);
  if (!page.entry) {
    const before = seen ? (resource.snapshot?.(walk.observed) ?? null) : null;
    const entry = { ...walk.intent(before, 'update'), ...(step.existingId ? { id: step.existingId } : {}) };
    await page.write({ ...entry, state: 'made' });
  }
  if (!seen && step.mayBeGone) return walk.applied(page.known);
  const move = decideUpdate({ entry: page.known, seen, now: walk.now() }, resource.createOnly ?? []);
  switch (move.do) {
    case 'update':
      return update(walk, walk.desired, beforeOurs(walk));
    case 'done':
      return page.known.state === 'applied' ? { state: 'done' } : walk.settle({ ready: true });
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
  const { page, resource } = walk;
  if (!page.entry || ledger.leavesNothing(page.entry)) return { state: 'done' };
  // Whatever it holds, no call of ours has set it.
  if (page.entry.updates === 0) return walk.undone();
  const seen = await walk.look(false);
  const before = page.entry.before;
  const back =
    seen && resource.reverted && isImage(before)
      ? resource.reverted(walk.desired, before, walk.observed)
      : undefined;
  const restoring = seen && { ...seen, drift: back ? resource.drift(back, walk.observed) : [] };
  const move = decideRestore({ entry: page.entry, seen: restoring, now: walk.now() });
  switch (move.do) {
    case 'update':
      return update(walk, back, before);
    case 'lookAgain':
      return walk.pollLater(move.at);
    case 'undone': {
      const remains =
        seen && isImage(before) ? resource.irreversible?.(walk.desired, before, walk.observed) : [];
      return walk.undone(remains);
    }
    case 'refuse':
      throw walk.refusal(move);
    default:
      throw new Error(`${move.do} is no move of putting back`);
  }
}

/** What stood there becomes ours as it is; one that has changed since the plan was made is somebody's. */
export async function applyAdoption(walk: Walk): Promise<StepAnswer | undefined> {
  const { page, step } = walk;
  if (page.entry?.state === 'applied') return { state: 'done' };
  const seen = await walk.look(false);
  if (!seen || seen.drift.length > 0) {
    const reason = seen ? `${seen.drift.join(', ')} has changed` : 'it is gone';
    throw new TerminalError('NotFound', `${step.title} cannot be adopted: ${reason} since the plan was made`);
  }
  if (!page.entry) await page.write({ ...walk.intent(null, 'adopt'), state: 'made', id: seen.id });
  return seen.readiness.ready ? walk.settle({ ready: true }) : walk.settle(seen.readiness);
}

/** The before-image: what others made of it until a call of ours could change it, is what undo puts back. */
function beforeOurs({ page, resource, observed }: Walk): unknown {
  return page.known.updates === 0 ? (resource.snapshot?.(observed) ?? null) : page.known.before;
}

/** Intent, fence, call, outcome. A call whose answer is lost stays in doubt until it can no longer be carried out. */
async function update(walk: Walk, to: unknown, before: unknown): Promise<undefined> {
  const { page, step, resource } = walk;
  if (!resource.update)
    throw new TerminalError('ResourceConflict', `${step.title} cannot be changed in place`);
  const { updates } = page.known;
  const intended = ledger.intendAgain(page.known, walk.now(), walk.callUntil());
  await page.write({ ...intended, before, updates: updates + 1 });
  await walk.fence();
  const observed = walk.take();
  try {
    walk.found(await resource.update(to, observed));
  } catch (thrown) {
    const error = toStepError(thrown);
    // A cloud that did not take the call has changed nothing, however often it says so.
    const refused = 'outcome' in error && error.outcome === 'none';
    if (refused) await page.write({ ...settled(page.known), updates });
    throw error;
  }
  await page.write(settled(page.known));
}

/** The latest call's outcome is known; an earlier one may still be in doubt. */
function settled(entry: ledger.Entry): ledger.Entry {
  return { ...entry, state: 'made' };
}

function isImage(before: unknown): before is Record<string, unknown> {
  return typeof before === 'object' && before !== null;
}
