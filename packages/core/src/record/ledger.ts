// The ledger: one entry per act, written before the cloud is touched and again when it has answered. It
// outlives the resources it accounts for, and undo works from it alone.
import type { Problem } from '../ports/errors.ts';
import type { Kind } from '../ports/kind.ts';
import { idempotencyToken } from './token.ts';

/**
 * intended  the call may be on its way, or have been carried out with its answer lost
 * refused   the cloud said no, or did not take the call: nothing was made under this token
 * made      it stands under `id`; applied: and is as desired and ready
 * undone    it is gone again, proven by a read
 */
export type EntryState = 'intended' | 'refused' | 'made' | 'applied' | 'undone';

export interface Waiting {
  reason: string;
  since: string;
  nextPollAt: string;
  giveUpAt: string;
  polls: number;
  /** Readings in a row that said ready. */
  readyReadings: number;
  sawPending: boolean;
}

export interface Undoing {
  since: string;
  calls: number;
  /** How often it was to be asked again, for waits that grow. */
  polls?: number;
  /** The cloud has taken a removal: from then on a read that does not find it proves it gone. */
  removed?: true;
  /** Removals tried again, in this attempt, because the one before came out failed. */
  failures?: number;
  nextPollAt?: string;
  problem?: Problem;
}

export interface Entry {
  jobId: string;
  step: string;
  kind: Kind;
  /** Absent: `create`. What an update leaves to undo is a changed resource; a removal and an adoption leave nothing. */
  act?: 'create' | 'adopt' | 'update' | 'delete';
  state: EntryState;
  /** The attempt that wrote last; an older one writes nothing more. */
  attempt: number;
  generation: number;
  token: string;
  /** Cloud id, once known. */
  id?: string;
  /** What stood in its place before our act; null, nothing. */
  before: unknown;
  /** Until when the latest call may still be carried out. */
  callUntil: string;
  /** The same of an earlier call whose outcome is not known. */
  doubtUntil?: string;
  /** From then on a read that does not find it proves it gone; before, the read may be stale. */
  visibleBy?: string;
  since: string;
  /** Step calls so far, in all attempts. */
  calls: number;
  /** Calls that changed it after its create. */
  updates: number;
  /** It came out failed and is being cleared away, for the next generation. */
  clearing?: true;
  waiting?: Waiting;
  /** For a person to look at; no failure. */
  notices?: string[];
  undo?: Undoing;
  problem?: Problem;
}

export const MAX_GENERATIONS = 3;
/** Something that comes out failed is tried once more. */
export const MAX_FAILED_GENERATIONS = 2;
/** A thousand targets are registered in ten calls; more than twice that is no progress. */
export const MAX_UPDATES = 20;
/** A removal that failed is tried again; then a person is told. */
export const MAX_FAILED_REMOVALS = 5;

/**
 * The entry as first written: intent and token, before the first call. `callUntil` is when this call can no
 * longer be carried out: its caller's longest life and the cloud's lateness from now.
 */
export function intend(of: {
  before: unknown;
  jobId: string;
  step: string;
  kind: Kind;
  attempt: number;
  at: string;
  callUntil: string;
  act?: Entry['act'];
}): Entry {
  return {
    jobId: of.jobId,
    step: of.step,
    kind: of.kind,
    ...(of.act ? { act: of.act } : {}),
    state: 'intended',
    attempt: of.attempt,
    generation: 1,
    token: idempotencyToken(of.jobId, of.step, 1),
    before: of.before,
    callUntil: of.callUntil,
    since: of.at,
    calls: 0,
    updates: 0,
  };
}

/** The intent once more, under the same token. A call before it whose outcome is unknown stays in doubt. */
export function intendAgain(entry: Entry, at: string, callUntil: string): Entry {
  const doubtUntil = unresolvedUntil(entry);
  return {
    ...without(entry, 'problem'),
    state: 'intended',
    since: at,
    callUntil,
    ...(doubtUntil ? { doubtUntil } : {}),
  };
}

/** As another attempt finds it: how long an earlier one has waited, and what it has tried in vain, counts no more. */
export function takenUp(entry: Entry, attempt: number): Entry {
  if (entry.attempt === attempt) return entry;
  const { waiting: _, undo, ...rest } = entry;
  return { ...rest, ...(undo ? { undo: without(undo, 'failures') } : {}) };
}

/**
 * What stood is gone by what reads say, so the next create is another object and says so with another token. Should
 * the reads have been stale, the old one is found under its natural key: that stays possible as long as a call's
 * own lateness.
 */
export function nextGeneration(entry: Entry, at: string, callUntil: string): Entry {
  const generation = entry.generation + 1;
  const { id: _, visibleBy: __, waiting: ___, clearing: ____, ...rest } = entry;
  const token = idempotencyToken(entry.jobId, entry.step, generation);
  return {
    ...intendAgain({ ...rest, state: 'refused', doubtUntil: callUntil }, at, callUntil),
    generation,
    token,
  };
}

/**
 * The cloud's object is known. Of several calls one has made it; another one can do nothing while it stands, as its
 * natural key is taken, but may still be carried out once it is removed.
 */
export function made(entry: Entry, id: string, at: string, visibleBy: string): Entry {
  const { doubtUntil, callUntil, problem: _, ...rest } = entry;
  const doubt = doubtUntil === undefined ? {} : { doubtUntil: callUntil };
  return { ...rest, callUntil, ...doubt, state: 'made', id, since: at, visibleBy };
}

/** What was known is gone by our own removal; what a call before it may still make is known by its natural key only. */
export function goneInDoubt(entry: Entry, at: string): Entry {
  const { id: _, visibleBy: __, undo, ...rest } = entry;
  return { ...rest, state: 'refused', since: at, ...(undo ? { undo: without(undo, 'removed') } : {}) };
}

/**
 * Until when something of ours may still appear, or stand without our knowing its id; undefined when every
 * call's outcome is known. A refusal settles the refused call only, not one before it.
 */
export function unresolvedUntil(entry: Entry): string | undefined {
  return entry.state === 'intended' ? entry.callUntil : entry.doubtUntil;
}

/** Nothing of ours stands because of this entry, nor is anything changed by it. */
export function leavesNothing(entry: Entry | undefined): boolean {
  if (entry === undefined || entry.state === 'undone') return true;
  if (entry.act === 'adopt' || entry.act === 'delete') return true;
  return entry.state === 'refused' && entry.doubtUntil === undefined;
}

export function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}
