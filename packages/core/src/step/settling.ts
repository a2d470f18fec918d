// Waiting, pure: when a reading that says ready is believed, and when to ask again if not.

import type { Clock } from '../ports/ports.ts';
import type { Readiness, Settling } from '../ports/resource.ts';
import type { Undoing, Waiting } from '../record/ledger.ts';

/** Waits grow by this much from one reading to the next, up to the resource's longest. */
const GROWTH = 1.25;

/**
 * A single ready reading is believed only after one that said pending since our change: before that it may be
 * a stale one from before the change. Else it takes `settles.readings` of them in a row.
 */
export function readinessAfter(
  before: Waiting | undefined,
  readiness: Readiness,
  settles: Settling,
  clock: Clock,
): Waiting | 'settled' {
  const readyReadings = readiness.ready ? (before?.readyReadings ?? 0) + 1 : 0;
  const sawPending = before?.sawPending || !readiness.ready;
  if (readiness.ready && (sawPending || readyReadings >= settles.consecutiveReady)) return 'settled';
  return {
    ...pollLater(before, settles, clock),
    reason: readiness.ready ? 'ready, asked again to be sure' : readiness.reason,
    since: before?.since ?? clock.now().toISOString(),
    giveUpAt: before?.giveUpAt ?? clock.after(settles.readyLimitSeconds).toISOString(),
    readyReadings,
    sawPending,
  };
}

/** Backward the same waits, until it is gone. */
export function nextUndoPollAt(before: Undoing | undefined, settles: Settling, clock: Clock): string {
  return clock.after(secondsBefore((before?.polls ?? 0) + 1, settles)).toISOString();
}

function pollLater(before: Waiting | undefined, settles: Settling, clock: Clock) {
  const polls = (before?.polls ?? 0) + 1;
  return { polls, nextPollAt: clock.after(secondsBefore(polls, settles)).toISOString() };
}

function secondsBefore(asking: number, { initialDelaySeconds, maxDelaySeconds }: Settling): number {
  return Math.min(initialDelaySeconds * GROWTH ** (asking - 1), maxDelaySeconds);
}
