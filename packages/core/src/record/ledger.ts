// The ledger: one entry per act, written before the call to the cloud and again after its answer. It outlives the resources
// that it records, and undo needs nothing else.
import type { Problem } from '../ports/errors.ts';
import type { Kind } from '../ports/kind.ts';
import type { Outputs } from '../ports/outputs.ts';
import { idempotencyToken } from './token.ts';

/**
 * intended  the call may be in progress, or it took effect and its answer was lost
 * refused   the cloud refused or did not receive the call: nothing was created with this token
 * made      it exists under `id`
 * applied   it exists, and is as desired and ready
 * undone    it is gone again, proven by a read
 */
export type EntryState = 'intended' | 'refused' | 'made' | 'applied' | 'undone';

export interface Waiting {
  reason: string;
  since: string;
  nextPollAt: string;
  giveUpAt: string;
  polls: number;
  /** Consecutive reads in which it was ready. */
  readyReadings: number;
  sawPending: boolean;
}

export interface Undoing {
  since: string;
  calls: number;
  /** The number of polls so far, for growing waits. */
  polls?: number;
  /** The cloud has accepted a removal: from then on, a read that does not find the resource proves that it is gone. */
  removed?: true;
  /** Repeated removals in this attempt, each because the previous one failed. */
  failures?: number;
  nextPollAt?: string;
  problem?: Problem;
}

export interface Entry {
  jobId: string;
  step: string;
  kind: Kind;
  /** Absent: `create`. The undo of an update reverts a change; a removal and an adoption have no undo. */
  act?: 'create' | 'adopt' | 'update' | 'delete';
  state: EntryState;
  /** The attempt that wrote last. Older attempts can no longer write. */
  attempt: number;
  generation: number;
  token: string;
  /** Cloud id, once known. */
  id?: string;
  /** The before-image: the state before our act; null if nothing existed. */
  before: unknown;
  /** Until when the latest call can still take effect. */
  callUntil: string;
  /** The same for an earlier call whose outcome is unknown. */
  doubtUntil?: string;
  /** From then on, a read that does not find the resource proves that it is gone. Before that, the read can be stale. */
  visibleBy?: string;
  since: string;
  /** Step calls so far, in all attempts. */
  calls: number;
  /** The same in the present attempt. Absent in entries of older versions. */
  callsInAttempt?: number;
  /** The last call that wrote this entry. Absent in entries of older versions. */
  calledAt?: string;
  /** Calls that changed it after its create. */
  updates: number;
  /** It failed and is being removed before the next generation is created. */
  clearing?: true;
  waiting?: Waiting;
  /** Facts that need a person's attention but are no failure. */
  notices?: string[];
  /** A deletion: foreign objects whose deletion was requested, too, by their names. */
  deletedForeign?: string[];
  undo?: Undoing;
  /** Of the resource, as far as the cloud has given them. */
  outputs?: Outputs;
  problem?: Problem;
  /** The error of limited retries that the last call got, and until when it is retried. */
  limited?: Limited;
}

export interface Limited {
  /** The direction of the step, the operation and the provider's error code. */
  error: string;
  until: string;
}

export const MAX_GENERATIONS = 3;
/** A resource that fails is created once more. */
export const MAX_FAILED_GENERATIONS = 2;
/** A thousand targets are registered in ten calls. More than twice that is no progress. */
export const MAX_UPDATES = 20;
/** A failed removal is retried this often. Then the resource is a leftover. */
export const MAX_FAILED_REMOVALS = 5;

/**
 * The first version of the entry: intent and token, before the first call. `callUntil`: when this call can no longer take
 * effect, which is the time limit of the calling function plus the lateness of the cloud from now.
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

/**
 * Another intent with the same token. An earlier call whose outcome is unknown stays in doubt. The problem of the last call stays
 * until a call succeeds: a job that runs out of time in between names it.
 */
export function intendAgain(entry: Entry, at: string, callUntil: string): Entry {
  const doubtUntil = unresolvedUntil(entry);
  return {
    ...entry,
    state: 'intended',
    since: at,
    callUntil,
    ...(doubtUntil ? { doubtUntil } : {}),
  };
}

/**
 * The entry for a new attempt, which resets the waits and failures of earlier attempts. `first`: the first of the attempts that have
 * handed over to one another, which go on with their waits.
 */
export function takenUp(entry: Entry, attempt: number, first: number): Entry {
  if (entry.attempt === attempt) return entry;
  const uncounted = { ...entry, callsInAttempt: 0 };
  if (entry.attempt >= first) return uncounted;
  const { waiting: _, limited: __, undo, ...rest } = uncounted;
  return { ...rest, ...(undo ? { undo: without(undo, 'failures') } : {}) };
}

/**
 * The reads show that the resource is gone, so the next create makes another object and needs another token. If the reads were
 * stale, the old object can still be found by its natural key, for as long as a late call can take effect.
 */
export function nextGeneration(entry: Entry, at: string, callUntil: string): Entry {
  const generation = entry.generation + 1;
  const { id: _, outputs: _1, visibleBy: __, waiting: ___, clearing: ____, ...rest } = entry;
  const token = idempotencyToken(entry.jobId, entry.step, generation);
  return {
    ...intendAgain({ ...rest, state: 'refused', doubtUntil: callUntil }, at, callUntil),
    generation,
    token,
  };
}

/**
 * The id of the resource is known. One of possibly several calls created it. The others have no effect while it exists, because
 * its natural key is taken, but can still take effect after its removal.
 */
export function made(entry: Entry, id: string, at: string, visibleBy: string): Entry {
  const { doubtUntil, callUntil, problem: _, limited: __, ...rest } = entry;
  const doubt = doubtUntil === undefined ? {} : { doubtUntil: callUntil };
  return { ...rest, callUntil, ...doubt, state: 'made', id, since: at, visibleBy };
}

/** The removal has deleted the known resource. The result of an earlier call has no known id, only a natural key. */
export function goneInDoubt(entry: Entry, at: string): Entry {
  const { id: _, outputs: _1, visibleBy: __, undo, ...rest } = entry;
  return { ...rest, state: 'refused', since: at, ...(undo ? { undo: without(undo, 'removed') } : {}) };
}

/**
 * Until when a resource of ours can still appear, or exist without a known id; undefined if the outcome of every call is known.
 * A refusal settles only the refused call, not earlier ones.
 */
export function unresolvedUntil(entry: Entry): string | undefined {
  return entry.state === 'intended' ? entry.callUntil : entry.doubtUntil;
}

/** Whether the act of this entry has left no resource of ours and no change. */
export function leavesNothing(entry: Entry | undefined): boolean {
  if (entry === undefined || entry.state === 'undone') return true;
  if (entry.act === 'adopt' || entry.act === 'delete') return true;
  return entry.state === 'refused' && entry.doubtUntil === undefined;
}

export function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}
