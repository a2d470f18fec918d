// A process that settles by itself, at its time, unless a fault holds it.
import type { Context } from './cloud.ts';

export interface Settling {
  at: number;
  stuckBy?: number;
}

/** Seconds of the real cloud; the time is drawn between the two. */
export function startSettling(seconds: { from: number; to: number }, context: Context): Settling {
  const at = context.now + context.settling(seconds.from, seconds.to);
  return context.stuckBy === undefined ? { at } : { at, stuckBy: context.stuckBy };
}

export function hasSettled({ at, stuckBy }: Settling, context: Context): boolean {
  return context.now >= at && (stuckBy === undefined || !context.faultStands(stuckBy));
}
