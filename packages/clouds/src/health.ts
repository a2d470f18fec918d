// A cloud's word for the health of an endpoint as one of core's states. A word that is in no table is UNKNOWN, and shown.
import type { EndpointHealth, HealthState } from '@gatehouse/core/ports/health';

export type HealthTable = Readonly<Record<string, HealthState>>;

/** `word`: undefined if the cloud answers none. Without a `reason`, it is the reason for the absence of a verdict. */
export function healthOf(
  id: string,
  states: HealthTable,
  { word, reason }: { word: string | undefined; reason?: string | undefined },
): EndpointHealth {
  const state = new Map(Object.entries(states)).get(word ?? '') ?? 'UNKNOWN';
  const why = reason || (state === 'NOT_CHECKED' || state === 'UNKNOWN' ? word : undefined);
  return why ? { id, state, reason: why } : { id, state };
}

export function missing(id: string): EndpointHealth {
  return { id, state: 'MISSING' };
}
