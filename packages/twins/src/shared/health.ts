// The verdict of health checks on an endpoint or target: it becomes healthy, flaps for ever, or never becomes healthy. The switch
// of a cloud decides for all of them, and applies at once.
import type { Context } from './cloud.ts';

export type Behaviour = 'becomesHealthy' | 'flaps' | 'never';

/** How long a flapping one keeps its state. */
const flapSeconds = 60;

/** `since`: the instant of the first verdict. */
export function isHealthy(behaviour: Behaviour, since: number, context: Context): boolean {
  if (behaviour !== 'flaps') return behaviour === 'becomesHealthy';
  return Math.floor((context.now - since) / context.scaled(flapSeconds)) % 2 === 0;
}
