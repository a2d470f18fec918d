// The accepted invocations that are not done: on disk, so that the next start finds them, and in memory.
import { openSpool, type Spool } from '../files/spool.ts';

export interface Invocation {
  id: string;
  functionName: string;
  event: unknown;
  /** Epoch milliseconds. */
  acceptedAt: number;
  /** Calls that have failed. */
  failures: number;
}

export class Backlog {
  readonly #spool: Spool<Invocation>;
  readonly #open = new Map<string, Invocation>();
  readonly #idleWaiters: (() => void)[] = [];

  /** Without a folder, it is kept in memory. */
  constructor(folder: string | undefined) {
    this.#spool = openSpool(folder);
  }

  /** The invocation is on disk when this returns. */
  put(invocation: Invocation): void {
    this.#open.set(invocation.id, invocation);
    this.#spool.put(invocation);
  }

  remove({ id }: Invocation): void {
    this.#spool.remove(id);
    this.#open.delete(id);
    if (this.#open.size === 0) this.releaseWaiters();
  }

  /** Takes over the invocations that an earlier start has left on disk, and returns them, oldest first. */
  recover(): Invocation[] {
    const left = this.#spool.all().filter(({ id }) => !this.#open.has(id));
    for (const invocation of left) this.#open.set(invocation.id, invocation);
    return left;
  }

  includes(functionName: string): boolean {
    return [...this.#open.values()].some(each => each.functionName === functionName);
  }

  /** Resolves when the backlog is empty. */
  empty(): Promise<void> {
    if (this.#open.size === 0) return Promise.resolve();
    return new Promise(resolve => this.#idleWaiters.push(resolve));
  }

  /** Resolves everything that waits for an empty backlog, even if it never becomes empty. */
  releaseWaiters(): void {
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }
}
