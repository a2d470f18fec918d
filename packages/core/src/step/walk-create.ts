// The moves of a step that creates its resource, or only waits for one: forward until the resource is as desired and ready,
// backward until a read proves that nothing of ours is left.

import { RetryableError, TerminalError, toStepError } from '../ports/errors.ts';
import * as ledger from '../record/ledger.ts';
import { decideApply, decideSettle, decideUndo } from './decide.ts';
import type { StepAnswer, Walk } from './walk.ts';

/** One move. Without an answer, another move follows. */
export async function applyCreate(walk: Walk): Promise<StepAnswer | undefined> {
  const { stepEntry, step, resource } = walk;
  const { entry } = stepEntry;
  // After a lost answer, a resource with our natural key needs proof that it is ours.
  const seen = await walk.observe(walk.direction === 'backward' || (entry !== undefined && !entry.id));
  const situation = { entry, seen, now: walk.now() };
  const move = resource.create ? decideApply(situation) : decideSettle(situation);
  switch (move.do) {
    case 'create':
      return create(walk, move.generation);
    case 'claim':
      return walk.claim(move.id);
    case 'update':
      return correct(walk);
    case 'clear':
      return clear(walk);
    case 'done':
      return stepEntry.entry?.state === 'applied' ? { state: 'done' } : walk.settle({ ready: true });
    case 'wait':
      return walk.settle({ ready: false, reason: move.reason });
    case 'lookAgain':
      throw new RetryableError('Busy', `${step.title}: ${move.reason}`);
    case 'refuse':
      throw walk.collision ?? walk.refusal(move);
    default:
      throw new Error(`${move.do} is no move forward`);
  }
}

export async function undoCreate(walk: Walk): Promise<StepAnswer | undefined> {
  const { stepEntry, resource } = walk;
  if (!stepEntry.entry || ledger.leavesNothing(stepEntry.entry) || !resource.create) return { state: 'done' };
  const situation = { entry: stepEntry.entry, seen: await walk.observe(true), now: walk.now() };
  const move = decideUndo(situation, walk.removed);
  switch (move.do) {
    case 'claim':
      return walk.claim(move.id);
    case 'remove':
      return walk.remove(move.again ? 1 : 0, stepEntry.known.before);
    case 'wait':
      return walk.pollLater();
    case 'lookAgain':
      return walk.pollLater(move.at);
    case 'goneInDoubt':
      walk.removed = false;
      await stepEntry.write(ledger.goneInDoubt(stepEntry.known, walk.now()));
      return undefined;
    case 'undone':
      return walk.undone();
    case 'refuse':
      throw walk.refusal(move);
    default:
      throw new Error(`${move.do} is no move backward`);
  }
}

/** Intent, fence, call, outcome: always in this order. */
async function create(walk: Walk, generation: 'same' | 'next'): Promise<undefined> {
  if (walk.collision) throw walk.collision;
  const { stepEntry, desired, resource } = walk;
  const { entry } = stepEntry;
  const [at, callUntil] = [walk.now(), walk.callUntil()];
  // Read again before each call: the before-image is the state that this very call replaces.
  const before = (await resource.before?.(desired, entry?.before)) ?? null;
  if (!entry) await stepEntry.write(walk.intent(before));
  else if (generation === 'next')
    await stepEntry.write({ ...ledger.nextGeneration(entry, at, callUntil), before });
  else await stepEntry.write({ ...ledger.intendAgain(entry, at, callUntil), before });
  const observed = await send(walk);
  if (observed === undefined) return;
  walk.foundMade(resource.idOf(observed), observed);
}

/** The create itself. Only its errors are caught here, because errors of the table are no outcome of the call. */
async function send(walk: Walk): Promise<unknown> {
  const { stepEntry, desired } = walk;
  try {
    await walk.fence();
    return await walk.resource.create?.(desired, stepEntry.known.token, stepEntry.known.before);
  } catch (thrown) {
    const error = toStepError(thrown);
    // A call stopped at the fence was not sent. Otherwise only a refusal by the cloud settles the call.
    const refused = error.name === 'Cancelled' || ('outcome' in error && error.outcome === 'none');
    if (refused) await stepEntry.write({ ...stepEntry.known, state: 'refused', since: walk.now() });
    if (!(error instanceof TerminalError && error.code === 'AlreadyExists')) throw error;
    // The natural key is taken: by a call of ours whose answer was lost, or by a foreign resource. The next read decides.
    walk.collision = error;
    return undefined;
  }
}

/** Reverts changes made outside Gatehouse while the job runs. */
async function correct(walk: Walk): Promise<undefined> {
  const { stepEntry, step, desired, resource } = walk;
  if (!resource.update) {
    throw new TerminalError(
      'ResourceConflict',
      `${step.title} was changed outside Gatehouse and cannot be changed back in place`,
    );
  }
  const before = stepEntry.known;
  const requested = { ...before, updates: before.updates + 1 };
  // A non-atomic call whose answer was lost can still create some parts, even after the others were deleted.
  await stepEntry.write(resource.nonAtomic ? { ...requested, doubtUntil: walk.callUntil() } : requested);
  await walk.fence();
  const observed = walk.take();
  try {
    walk.found(await resource.update(desired, observed));
  } catch (thrown) {
    const error = toStepError(thrown);
    // A refused call has changed nothing, so it does not count as an update.
    const refused = 'outcome' in error && error.outcome === 'none';
    if (refused) await stepEntry.write(before);
    throw error;
  }
  if (resource.nonAtomic) await stepEntry.write(requested);
}

/** Removes a failed resource, before the next generation is created. */
async function clear(walk: Walk): Promise<undefined> {
  const { stepEntry, desired } = walk;
  const { updates, before } = stepEntry.known;
  await stepEntry.write({ ...stepEntry.known, updates: updates + 1, clearing: true });
  await walk.fence();
  walk.take();
  await walk.resource.remove?.(walk.id(), desired, before);
}
