// How much of a job one execution of the state machine can walk. Step Functions ends an execution with its 25,000th event, so a
// job goes on in its next execution before that. The events of a step follow from the states of machine/machine.ts;
// test/saga/history.test.ts compares them with the histories of executions.
import type { Entry } from './ledger.ts';
import { MAX_LANES_AT_ONCE, MAX_STEPS_AT_ONCE } from './plan.ts';

/** The quota of Step Functions. */
export const HISTORY_EVENTS = 25_000;

/** Start, Begin, Finish, end, and the Map, Evaluate and Choice around each of at most seven walks. */
const EVENTS_OF_EXECUTION = 100;
/**
 * A step that is alone in its wave and its lane: six each for the iteration and the Map of both; six for its own iteration, first
 * Choice and end; seven for a call that writes no ledger entry; and seven for the record of a failure.
 */
const EVENTS_PER_STEP = 32;
/** The Task of a call, the Choice after it, and the Wait until the next one. A call that is retried adds only three. */
const EVENTS_PER_CALL = 9;

/** A step checks how much of the history is used after this many calls of its own, because the check reads the whole ledger. */
export const CALLS_BETWEEN_CHECKS = 10;

/** Of one walk. The state of the machine carries their ids, in 256 KB. */
const MAX_PART_STEPS = 100;

/** What one execution may do. */
export interface ExecutionBounds {
  /** The steps of one walk. */
  part: number;
  /** The steps of all walks. */
  steps: number;
  /** The calls that write ledger entries, of all steps. */
  calls: number;
}

/** For machines up to version 4, which walk all lanes of a phase at once. */
export const UNBOUNDED: ExecutionBounds = {
  part: Number.POSITIVE_INFINITY,
  steps: Number.POSITIVE_INFINITY,
  calls: Number.POSITIVE_INFINITY,
};

/** `events`: how many an execution may have. */
export function boundsOf(events: number): ExecutionBounds {
  const part = Math.min(MAX_PART_STEPS, Math.max(1, Math.floor(events / 250)));
  const steps = 2 * part;
  const atOnce = Math.min(part, MAX_LANES_AT_ONCE * MAX_STEPS_AT_ONCE);
  const calls = Math.floor((events - EVENTS_OF_EXECUTION - steps * EVENTS_PER_STEP) / EVENTS_PER_CALL);
  // Every step that runs can make that many calls before its next check.
  return { part, steps, calls: calls - atOnce * CALLS_BETWEEN_CHECKS };
}

/** The calls of an attempt that wrote ledger entries. */
export function callsIn(ledger: ReadonlyMap<string, Entry>, attempt: number): number {
  const entries = [...ledger.values()].filter(entry => entry.attempt === attempt);
  return entries.reduce((sum, { calls, callsInAttempt = calls }) => sum + callsInAttempt, 0);
}
