// With virtual time nothing waits: a timer of up to 1 ms fires in the next turn of the event loop. A real timer fires
// after a varying number of turns, so equal runs would not be equal.
type Timer = ReturnType<typeof setTimeout>;
type Callback = (...args: unknown[]) => void;

const { setTimeout: waiting, clearTimeout: forget } = globalThis;
const turns = new Set<unknown>();

function setTimeoutOrTurn(callback: Callback, ms = 0, ...args: unknown[]): Timer {
  if (ms > 1) return waiting(callback, ms, ...args);
  const turn = setImmediate(() => {
    turns.delete(turn);
    callback(...args);
  });
  turns.add(turn);
  return turn as unknown as Timer;
}

function clear(timer: Timer | string | number | undefined): void {
  if (turns.delete(timer)) clearImmediate(timer as unknown as NodeJS.Immediate);
  else forget(timer);
}

/** Replaces the timers of this process permanently. */
export function neverWait(): void {
  globalThis.setTimeout = Object.assign(setTimeoutOrTurn, waiting) as typeof setTimeout;
  globalThis.clearTimeout = clear as typeof clearTimeout;
}
