// Work in the order of its arrival, a bounded number of items at the same time, between start and stop.

export class WorkQueue<Item> {
  readonly #maxAtOnce: number;
  readonly #work: (item: Item) => Promise<void>;
  readonly #due: Item[] = [];
  #running = 0;
  #isStarted = false;

  /** `work` never rejects. */
  constructor(maxAtOnce: number, work: (item: Item) => Promise<void>) {
    this.#maxAtOnce = maxAtOnce;
    this.#work = work;
  }

  /** Work on the item begins in a later turn of the event loop, so that the caller can answer first. */
  add(item: Item): void {
    this.#due.push(item);
    setImmediate(() => this.#pump());
  }

  start(): void {
    this.#isStarted = true;
    this.#pump();
  }

  /** Begins no more work. Work in progress continues. */
  stop(): void {
    this.#isStarted = false;
  }

  #pump(): void {
    while (this.#isStarted && this.#running < this.#maxAtOnce) {
      const next = this.#due.shift();
      if (next === undefined) return;
      this.#running++;
      void this.#work(next).finally(() => {
        this.#running--;
        this.#pump();
      });
    }
  }
}
