// The clock of the functions: real instants, and durations that are divided by one factor.
import type { Clock } from '@gatehouse/core/ports/ports';

export function scaledClock(timeScale: number): Clock {
  return {
    now: () => new Date(),
    after: seconds => new Date(Date.now() + (seconds * 1000) / timeScale),
  };
}
