// What the bus's log holds of every event.
import type { BusEvent } from './events.ts';

/** One event that was accepted, and the rules that it matched. */
export interface EventRow {
  n: number;
  bus: string;
  rules: string[];
  event: BusEvent;
}
