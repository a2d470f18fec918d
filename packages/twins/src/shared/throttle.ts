// Throttling: a limit of calls in a second of the real cloud. There is none by default, because the clouds publish no
// rate.
import type { Context } from './cloud.ts';

/** Calls in the current second, counted only while throttling is on. */
export interface Window {
  startedAt: number;
  calls: number;
}

/** `most`: 0 for no limit. */
export function isThrottled(window: Window, most: number, context: Context): boolean {
  if (most === 0) return false;
  if (context.now >= window.startedAt + context.scaled(1)) {
    window.startedAt = context.now;
    window.calls = 0;
  }
  window.calls += 1;
  return window.calls > most;
}
