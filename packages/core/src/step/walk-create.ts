// The moves of a step that makes its resource, or only waits for one: forward until it stands as desired and is ready,
// backward until a read proves that nothing of ours is left.

import { RetryableError, TerminalError, toStepError } from '../ports/errors.ts';
import * as ledger from '../record/ledger.ts';
import { decideApply, decideSettle, decideUndo } from './decide.ts';
import type { StepAnswer, Walk } from './walk.ts';

/** One move. Without an answer, the walk goes on. */
export async function applyCreate(walk: Walk): Promise<StepAnswer | undefined> {
  const { page, step, resource } = walk;
  const { entry } = page;
  // What took our natural key while an answer of ours is lost must have proof.
  const seen = await walk.look(walk.direction === 'backward' || (entry !== undefined && !entry.id));
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
      return page.entry?.state === 'applied' ? { state: 'done' } : walk.settle({ ready: true });
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
  const { page, resource } = walk;
  if (!page.entry || ledger.leavesNothing(page.entry) || !resource.create) return { state: 'done' };
  const situation = { entry: page.entry, seen: await walk.look(true), now: walk.now() };
  const move = decideUndo(situation, walk.removed);
  switch (move.do) {
    case 'claim':
      return walk.claim(move.id);
    case 'remove':
      return walk.remove(move.again ? 1 : 0, page.known.before);
    case 'wait':
      return walk.pollLater();
    case 'lookAgain':
      return walk.pollLater(move.at);
    case 'goneInDoubt':
      walk.removed = false;
      await page.write(ledger.goneInDoubt(page.known, walk.now()));
      return undefined;
    case 'undone':
      return walk.undone();
    case 'refuse':
      throw walk.refusal(move);
    default:
      throw new Error(`${move.do} is no move backward`);
  }
}

/** Intent, fence, call, outcome: in that order, whatever happens in between. */
async function create(walk: Walk, generation: 'same' | 'next'): Promise<undefined> {
  if (walk.collision) throw walk.collision;
  const { page, desired, resource } = walk;
  const { entry } = page;
  const [at, callUntil] = [walk.now(), walk.callUntil()];
  // Looked at anew each time: what is to be put back is what this call takes the place of.
  const before = (await resource.before?.(desired, entry?.before)) ?? null;
  if (!entry) await page.write(walk.intent(before));
  else if (generation === 'next')
    await page.write({ ...ledger.nextGeneration(entry, at, callUntil), before });
  else await page.write({ ...ledger.intendAgain(entry, at, callUntil), before });
  const observed = await send(walk);
  if (observed === undefined) return;
  walk.foundMade(resource.idOf(observed), observed);
}

/** The create itself. Only what it throws is judged here: the table's own errors say nothing about the cloud. */
async function send(walk: Walk): Promise<unknown> {
  const { page, desired } = walk;
  try {
    await walk.fence();
    return await walk.resource.create?.(desired, page.known.token, page.known.before);
  } catch (thrown) {
    const error = toStepError(thrown);
    // Stopped at the fence, it was not even sent. Else only a cloud that said no settles the call.
    const refused = error.name === 'Cancelled' || ('outcome' in error && error.outcome === 'none');
    if (refused) await page.write({ ...page.known, state: 'refused', since: walk.now() });
    if (!(error instanceof TerminalError && error.code === 'AlreadyExists')) throw error;
    // Its natural key is taken: by a call of ours whose answer was lost, or by somebody else. Look.
    walk.collision = error;
    return undefined;
  }
}

/** Brings back what somebody changed while the job is on its way. */
async function correct(walk: Walk): Promise<undefined> {
  const { page, step, desired, resource } = walk;
  if (!resource.update) {
    throw new TerminalError(
      'ResourceConflict',
      `${step.title} was changed by somebody and cannot be changed back in place`,
    );
  }
  const before = page.known;
  const asked = { ...before, updates: before.updates + 1 };
  // Of what is made piecemeal, a call whose answer is lost may still make some, also once the rest is gone.
  await page.write(resource.nonAtomic ? { ...asked, doubtUntil: walk.callUntil() } : asked);
  await walk.fence();
  const observed = walk.take();
  try {
    walk.found(await resource.update(desired, observed));
  } catch (thrown) {
    const error = toStepError(thrown);
    // A cloud that did not take the call has changed nothing, however often it says so.
    const refused = 'outcome' in error && error.outcome === 'none';
    if (refused) await page.write(before);
    throw error;
  }
  if (resource.nonAtomic) await page.write(asked);
}

/** It came out failed: away with it, for the next generation. */
async function clear(walk: Walk): Promise<undefined> {
  const { page, desired } = walk;
  const { updates, before } = page.known;
  await page.write({ ...page.known, updates: updates + 1, clearing: true });
  await walk.fence();
  walk.take();
  await walk.resource.remove?.(walk.id(), desired, before);
}
