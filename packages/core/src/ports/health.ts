// The health of endpoints and targets, as the health checks of a cloud have found it last.

/**
 * The worst first: the state of several is the first one in this list that any of them has.
 *
 * UNHEALTHY    its health checks fail
 * MISSING      it is not in the cloud any more
 * UNKNOWN      it could not be read
 * INITIAL      its first health checks run
 * DRAINING     it is deregistered and finishes its requests
 * HEALTHY      its health checks pass
 * NOT_CHECKED  there is no verdict: its health checks are off, or nothing sends it traffic yet
 */
export const HEALTH_STATES = [
  'UNHEALTHY',
  'MISSING',
  'UNKNOWN',
  'INITIAL',
  'DRAINING',
  'HEALTHY',
  'NOT_CHECKED',
] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/** One endpoint or target. `reason`: the cloud's own words, if it has any. */
export interface EndpointHealth {
  id: string;
  state: HealthState;
  reason?: string;
}

/** NOT_CHECKED if there are none. */
export function worstOf(states: readonly HealthState[]): HealthState {
  return HEALTH_STATES.find(state => states.includes(state)) ?? 'NOT_CHECKED';
}
