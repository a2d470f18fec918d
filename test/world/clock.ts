// Virtual time. It changes only when a test or the world moves it, so a wait of minutes takes no time and equal runs
// see equal instants.
const START = Date.UTC(2026, 2, 1, 12);

/** The clock of one world. All of its parts read it; most of them move it. */
export class VirtualClock {
  #now = START;
  readonly #alarms: { at: number; ring: () => void }[] = [];

  /** Epoch milliseconds. */
  readonly now = (): number => this.#now;

  date(): Date {
    return new Date(this.#now);
  }

  advance(ms: number): void {
    this.moveTo(this.#now + ms);
  }

  /** Moves to an instant, in epoch milliseconds, and rings every alarm that is due by then. */
  moveTo(instant: number): void {
    this.#now = instant;
    const due = this.#alarms.filter(({ at }) => at <= instant);
    for (const alarm of due) {
      this.#alarms.splice(this.#alarms.indexOf(alarm), 1);
      alarm.ring();
    }
  }

  /** Calls `ring` once, when the clock has come to `at`, in epoch milliseconds. */
  alarm(at: number, ring: () => void): void {
    this.#alarms.push({ at, ring });
  }
}
