// Lambda's asynchronous invocation, as EventBridge calls its functions. An accepted event is on disk first and reaches
// its function at least once. When the function fails, it is called again after a minute and once more after two. Then
// the event goes to the function's failure destination, with everything needed to send it again.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Backlog, type Invocation } from './backlog.ts';
import { failureRecord } from './failure-record.ts';
import { WorkQueue } from './work-queue.ts';

/** Lambda's own defaults: 2 retries within 6 hours, and no failure destination. */
export interface AsyncSettings {
  /** 0 to 2. */
  retries?: number;
  /** 60 to 21,600. */
  maximumAgeSeconds?: number;
  /** The name of a queue. */
  onFailure?: string;
}

export interface AsyncInvokesOptions {
  /** Without it, accepted events are kept in memory. */
  dataDir?: string;
  timeScale: number;
  /** Epoch milliseconds. */
  now(): number;
  functionArn(name: string): string;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** The existing functions, and their settings. */
  functions: Record<string, AsyncSettings>;
  /** Reports a function that failed or an event that was dropped. */
  complain(message: string, details: object): void;
  /** Keeps a message in a queue. */
  send(queue: string, message: unknown): void;
}

/** A small part of an account's limit of a thousand: one machine runs them all. */
const MAX_AT_ONCE = 20;
const RETRY_SECONDS = [60, 120];
const DEFAULTS = { retries: 2, maximumAgeSeconds: 21_600 };

export class AsyncInvokes {
  readonly #options: AsyncInvokesOptions;
  readonly #backlog: Backlog;
  readonly #queue: WorkQueue<Invocation>;
  readonly #retryTimers = new Set<NodeJS.Timeout>();
  #accepted = 0;
  #isStopped = false;

  constructor(options: AsyncInvokesOptions) {
    const { dataDir } = options;
    this.#options = options;
    this.#backlog = new Backlog(dataDir && join(dataDir, 'invocations'));
    this.#queue = new WorkQueue(MAX_AT_ONCE, invocation => this.#run(invocation));
  }

  /** Returns false if there is no such function. */
  accept(functionName: string, event: unknown): boolean {
    if (!Object.hasOwn(this.#options.functions, functionName)) return false;
    const acceptedAt = this.#options.now();
    const invocation = { id: this.#idAt(acceptedAt), functionName, event, acceptedAt, failures: 0 };
    this.#backlog.put(invocation);
    this.#queue.add(invocation);
    return true;
  }

  /** Starts to call functions, first for the events that an earlier start has left. */
  start(): void {
    for (const invocation of this.#backlog.recover()) this.#queue.add(invocation);
    this.#queue.start();
  }

  /** Whether an event for this function is waiting or in progress. */
  isBusy(functionName: string): boolean {
    return this.#backlog.includes(functionName);
  }

  /** Resolves when no event is waiting or in progress. */
  idle(): Promise<void> {
    return this.#backlog.empty();
  }

  /** The next start processes the events that are waiting or in progress. */
  stop(): void {
    this.#isStopped = true;
    this.#queue.stop();
    for (const timer of this.#retryTimers) clearTimeout(timer);
    this.#backlog.releaseWaiters();
  }

  /** Sorts by the time of acceptance, also over restarts. */
  #idAt(acceptedAt: number): string {
    const sequence = String(++this.#accepted).padStart(9, '0');
    return [acceptedAt, sequence, randomUUID().slice(0, 8)].join('-');
  }

  async #run(invocation: Invocation): Promise<void> {
    if (this.#isTooOld(invocation)) return this.#giveUp(invocation, 'EventAgeExceeded');
    try {
      await this.#options.invoke(invocation.functionName, invocation.event);
      this.#finish(invocation);
    } catch (thrown) {
      this.#fail({ ...invocation, failures: invocation.failures + 1 }, thrown);
    }
  }

  #isTooOld(invocation: Invocation): boolean {
    const { now, timeScale } = this.#options;
    const ageSeconds = ((now() - invocation.acceptedAt) * timeScale) / 1000;
    return ageSeconds > this.#settingsOf(invocation).maximumAgeSeconds;
  }

  #fail(invocation: Invocation, thrown: unknown): void {
    if (this.#isStopped) return;
    const { functionName, failures } = invocation;
    const { retries } = this.#settingsOf(invocation);
    this.#options.complain(`${functionName} failed, call ${failures} of at most ${retries + 1}`, { thrown });
    if (failures > retries) this.#giveUp(invocation, 'RetriesExhausted', thrown);
    else this.#retryLater(invocation);
  }

  #retryLater(invocation: Invocation): void {
    this.#backlog.put(invocation);
    const seconds = RETRY_SECONDS[invocation.failures - 1] ?? 0;
    const retry = () => {
      this.#retryTimers.delete(timer);
      this.#queue.add(invocation);
    };
    const timer = setTimeout(retry, (seconds * 1000) / this.#options.timeScale);
    this.#retryTimers.add(timer);
  }

  /** `condition`: Lambda's name for it in a failure record. */
  #giveUp(invocation: Invocation, condition: string, thrown?: unknown): void {
    const { now, send, complain } = this.#options;
    const { onFailure } = this.#settingsOf(invocation);
    const functionArn = this.#options.functionArn(invocation.functionName);
    const record = failureRecord(invocation, { functionArn, condition, thrown, at: new Date(now()) });
    if (onFailure) send(onFailure, record);
    else complain('an event was dropped because its function has no failure destination', record);
    this.#finish(invocation);
  }

  /** After a stop the event stays on disk, so the next start calls its function once more. */
  #finish(invocation: Invocation): void {
    if (!this.#isStopped) this.#backlog.remove(invocation);
  }

  #settingsOf({ functionName }: Invocation) {
    const { functions } = this.#options;
    return { ...DEFAULTS, ...(Object.hasOwn(functions, functionName) ? functions[functionName] : {}) };
  }
}
