// One step's ledger entry, as one call reads and writes it. A call never overwrites an entry that it has not read: a newer
// attempt supersedes this one, and of two calls of the same attempt one must try again.
import { RetryableError, Superseded } from '../ports/errors.ts';
import type { StepPorts, Stored } from '../ports/ports.ts';
import { firstAttempt } from '../record/handover.ts';
import type { Job } from '../record/job.ts';
import { type Entry, takenUp } from '../record/ledger.ts';
import { entryKey } from '../record/records.ts';

export interface StepCall {
  jobId: string;
  attempt: number;
  step: string;
  /** Other steps whose entries it needs, so that one read is enough. Absent from machines up to version 4. */
  reads?: string[];
}

export class StepEntry {
  readonly #ports: Pick<StepPorts, 'store' | 'clock'>;
  readonly #call: StepCall;
  #entry: Entry | undefined;
  #version: number;
  /** Whether this call is included in the entry's count of calls. */
  #counted = false;
  #isStaged = false;

  private constructor(
    ports: Pick<StepPorts, 'store' | 'clock'>,
    call: StepCall,
    entry: Entry | undefined,
    version: number,
  ) {
    this.#ports = ports;
    this.#call = call;
    this.#entry = entry;
    this.#version = version;
  }

  /** `stored`: the entry that this call has read. `job`: the job, in the attempt of the call. */
  static open(
    ports: Pick<StepPorts, 'store' | 'clock'>,
    call: StepCall,
    { stored, job }: { stored: Stored<Entry> | undefined; job: Job },
  ): StepEntry {
    const entry = stored && takenUp(stored.value, call.attempt, firstAttempt(job));
    return new StepEntry(ports, call, entry, stored?.version ?? 0);
  }

  get entry(): Entry | undefined {
    return this.#entry;
  }

  /** The entry. Throws if there is none. */
  get known(): Entry {
    if (!this.#entry) throw new Error(`${this.#call.step} has no ledger entry`);
    return this.#entry;
  }

  /** Throws if another call of this step has written since the read: decisions of this call are then not final. */
  async assertCurrent(): Promise<void> {
    const { jobId, step } = this.#call;
    const current = await this.#ports.store.get(entryKey(jobId, step));
    if ((current?.version ?? 0) !== this.#version) throw lost(current?.value.attempt ?? 0, this.#call);
  }

  /**
   * Sets the entry for the next write, which must come before any other call. So one write can record that a resource was
   * created and that it is ready.
   */
  stage(entry: Entry): void {
    this.#entry = entry;
    this.#isStaged = true;
  }

  /** Writes the staged entry, if there is one: the call ends before the next move could. */
  async flush(): Promise<void> {
    if (this.#isStaged) await this.write(this.known);
  }

  async write(entry: Entry): Promise<void> {
    const { jobId, attempt, step } = this.#call;
    const one = this.#counted ? 0 : 1;
    const calls = (this.#entry?.calls ?? 0) + one;
    const callsInAttempt = (this.#entry?.callsInAttempt ?? 0) + one;
    const calledAt = this.#ports.clock.now().toISOString();
    const value = { ...entry, attempt, calls, callsInAttempt, calledAt };
    const written = await this.#ports.store.put(entryKey(jobId, step), value, this.#version);
    if (!written.written) throw lost(written.current?.value.attempt ?? 0, this.#call);
    this.#entry = value;
    this.#isStaged = false;
    this.#version = written.version;
    this.#counted = true;
  }
}

function lost(by: number, { attempt, step }: StepCall): Error {
  if (by > attempt) return new Superseded(`attempt ${by} has taken over`);
  return new RetryableError('Busy', `another call of ${step} is running`, { outcome: 'unknown' });
}
