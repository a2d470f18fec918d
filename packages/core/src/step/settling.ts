// Waiting, pure: when a resource counts as ready, and when the next poll is if it does not.

import type { Clock } from '../ports/ports.ts';
import type { Readiness, Settling } from '../ports/resource.ts';
import type { Undoing, Waiting } from '../record/ledger.ts';

/** Each wait is longer than the previous one by this factor, up to the resource's `maxDelaySeconds`. */
const GROWTH = 1.25;

/**
 * One ready read is enough if an earlier read after our change was pending. Without a pending read, the ready one can be a
 * stale read from before the change, so `settles.consecutiveReady` ready reads in a row are required.
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
    reason: readiness.ready ? 'ready; read again to confirm' : readiness.reason,
    since: before?.since ?? clock.now().toISOString(),
    giveUpAt: before?.giveUpAt ?? clock.after(settles.readyLimitSeconds).toISOString(),
    readyReadings,
    sawPending,
  };
}

/** Backward, the waits are the same, until the resource is gone. */
export function nextUndoPollAt(before: Undoing | undefined, settles: Settling, clock: Clock): string {
  return clock.after(secondsBefore((before?.polls ?? 0) + 1, settles)).toISOString();
}

function pollLater(before: Waiting | undefined, settles: Settling, clock: Clock) {
  const polls = (before?.polls ?? 0) + 1;
  return { polls, nextPollAt: clock.after(secondsBefore(polls, settles)).toISOString() };
}

function secondsBefore(poll: number, { initialDelaySeconds, maxDelaySeconds }: Settling): number {
  return Math.min(initialDelaySeconds * GROWTH ** (poll - 1), maxDelaySeconds);
}
