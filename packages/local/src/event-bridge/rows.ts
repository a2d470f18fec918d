// The rows of the bus's log, one per event.
import type { BusEvent } from './events.ts';

/** One accepted event, and the rules that it matched. */
export interface EventRow {
  n: number;
  bus: string;
  rules: string[];
  event: BusEvent;
}
