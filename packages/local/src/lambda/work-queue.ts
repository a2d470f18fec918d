// Work that is done in the order in which it came, a bounded number at once, between start and stop.

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

  /** Work on the item begins in a later turn of the event loop: whoever adds it can answer first. */
  add(item: Item): void {
    this.#due.push(item);
    setImmediate(() => this.#pump());
  }

  start(): void {
    this.#isStarted = true;
    this.#pump();
  }

  /** Begins no more work. Work that has begun goes on. */
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
