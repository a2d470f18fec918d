// Time as the functions know it: real instants, with durations that one factor shortens.
import type { Clock } from '@gatehouse/core/ports/ports';

export function scaledClock(timeScale: number): Clock {
  return {
    now: () => new Date(),
    after: seconds => new Date(Date.now() + (seconds * 1000) / timeScale),
  };
}
