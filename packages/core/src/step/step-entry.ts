// One step's entry as one call reads and writes it. Nobody overwrites what he has not read: a newer attempt
// supersedes this one, and of two calls of the same attempt one is sent away to come again.
import { RetryableError, Superseded } from '../ports/errors.ts';
import type { Store, Stored } from '../ports/ports.ts';
import { type Entry, takenUp } from '../record/ledger.ts';
import { entryKey } from '../record/records.ts';

export interface StepCall {
  jobId: string;
  attempt: number;
  step: string;
  /** Other steps whose entries it needs, so that one read serves it; machines up to version 4 do not say them. */
  reads?: string[];
}

export class StepEntry {
  readonly #store: Store;
  readonly #call: StepCall;
  #entry: Entry | undefined;
  #version: number;
  /** Whether this call stands in the entry's count of calls yet. */
  #counted = false;
  #isStaged = false;

  private constructor(store: Store, call: StepCall, entry: Entry | undefined, version: number) {
    this.#store = store;
    this.#call = call;
    this.#entry = entry;
    this.#version = version;
  }

  /** `stored`: the entry as this call has read it. */
  static open(store: Store, call: StepCall, stored: Stored<Entry> | undefined): StepEntry {
    const entry = stored && takenUp(stored.value, call.attempt);
    return new StepEntry(store, call, entry, stored?.version ?? 0);
  }

  get entry(): Entry | undefined {
    return this.#entry;
  }

  /** The entry, where the step cannot be here without one. */
  get known(): Entry {
    if (!this.#entry) throw new Error(`${this.#call.step} has no ledger entry`);
    return this.#entry;
  }

  /** Throws where another call of this step has written since: then what was decided here is not for good. */
  async assertCurrent(): Promise<void> {
    const { jobId, step } = this.#call;
    const standing = await this.#store.get(entryKey(jobId, step));
    if ((standing?.version ?? 0) !== this.#version) throw lost(standing?.value.attempt ?? 0, this.#call);
  }

  /**
   * The entry as the next write has it, which follows before anything else happens: one write says that something is made
   * and, where it is, that it is ready.
   */
  stage(entry: Entry): void {
    this.#entry = entry;
    this.#isStaged = true;
  }

  /** Writes what is staged still. */
  async flush(): Promise<void> {
    if (this.#isStaged) await this.write(this.known);
  }

  async write(entry: Entry): Promise<void> {
    const { jobId, attempt, step } = this.#call;
    const calls = (this.#entry?.calls ?? 0) + (this.#counted ? 0 : 1);
    const value = { ...entry, attempt, calls };
    const written = await this.#store.put(entryKey(jobId, step), value, this.#version);
    if (!written.written) throw lost(written.current?.value.attempt ?? 0, this.#call);
    this.#entry = value;
    this.#isStaged = false;
    this.#version = written.version;
    this.#counted = true;
  }
}

function lost(by: number, { attempt, step }: StepCall): Error {
  if (by > attempt) return new Superseded(`attempt ${by} has taken over`);
  return new RetryableError('Busy', `another call of ${step} is under way`, { outcome: 'unknown' });
}
