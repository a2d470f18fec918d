// Lambda's asynchronous invocation, as EventBridge calls its functions: what is accepted is on disk first, is run at
// least once, is run again after a minute and once more after two when the function fails, and then goes to the
// function's failure destination, with all that is needed to send it again.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openShelf } from '../files/spool.ts';
import { failureRecord } from './failure-record.ts';

/** Lambda's own defaults: 2 retries within 6 hours, and no destination for what has failed. */
export interface AsyncSettings {
  /** 0 to 2. */
  retries?: number;
  /** 60 to 21,600. */
  maximumAgeSeconds?: number;
  /** The name of a queue. */
  onFailure?: string;
}

export interface AsyncInvokesOptions {
  /** Without it, what is accepted is kept in memory. */
  dataDir?: string;
  timeScale: number;
  /** Epoch milliseconds. */
  now(): number;
  functionArn(name: string): string;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  functions: Record<string, AsyncSettings>;
  /** Told of what failed or was dropped. */
  complain(message: string, details: object): void;
  /** Keeps a message in a queue. */
  send(queue: string, message: unknown): void;
}

export interface AsyncInvokes {
  /** False where there is no such function. */
  accept(functionName: string, event: unknown): boolean;
  /** Begins with what an earlier start has left. */
  start(): void;
  /** Whether an invocation of it is waiting or under way. */
  isBusy(functionName: string): boolean;
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
  /** What is waiting or under way is left to the next start. */
  stop(): void;
}

interface Invocation {
  id: string;
  functionName: string;
  event: unknown;
  acceptedAt: number;
  /** Calls that have failed. */
  failures: number;
}

/** A small part of an account's thousand: one machine runs them all. */
const MOST_AT_ONCE = 20;
const RETRY_SECONDS = [60, 120];
const DEFAULTS = { retries: 2, maximumAgeSeconds: 21_600 };

export function createAsyncInvokes(options: AsyncInvokesOptions): AsyncInvokes {
  const { dataDir, timeScale, now, functions } = options;
  const shelf = openShelf<Invocation>(dataDir && join(dataDir, 'invocations'));
  const open = new Map<string, Invocation>();
  const due: Invocation[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const waiters: (() => void)[] = [];
  let running = 0;
  let sequence = 0;
  let state: 'new' | 'started' | 'stopped' = 'new';

  function enqueue(invocation: Invocation): void {
    due.push(invocation);
    // In a turn of its own: whoever sent the event has its answer before the function runs.
    setImmediate(pump);
  }

  function pump(): void {
    while (state === 'started' && running < MOST_AT_ONCE) {
      const next = due.shift();
      if (!next) return;
      running++;
      void run(next).finally(() => {
        running--;
        pump();
      });
    }
  }

  async function run(invocation: Invocation): Promise<void> {
    const { maximumAgeSeconds } = settingsOf(invocation);
    const ageSeconds = ((now() - invocation.acceptedAt) * timeScale) / 1000;
    if (ageSeconds > maximumAgeSeconds) {
      giveUp(invocation, 'EventAgeExceeded');
      return;
    }
    try {
      await options.invoke(invocation.functionName, invocation.event);
      finish(invocation);
    } catch (thrown) {
      failed({ ...invocation, failures: invocation.failures + 1 }, thrown);
    }
  }

  function failed(invocation: Invocation, thrown: unknown): void {
    if (state === 'stopped') return;
    const { functionName, failures } = invocation;
    const { retries } = settingsOf(invocation);
    options.complain(`${functionName} failed, call ${failures} of at most ${retries + 1}`, { thrown });
    if (failures > retries) giveUp(invocation, 'RetriesExhausted', thrown);
    else later(invocation);
  }

  function later(invocation: Invocation): void {
    keep(invocation);
    const seconds = RETRY_SECONDS[invocation.failures - 1] ?? 0;
    const again = () => {
      timers.delete(timer);
      enqueue(invocation);
    };
    const timer = setTimeout(again, (seconds * 1000) / timeScale);
    timers.add(timer);
  }

  function giveUp(invocation: Invocation, condition: string, thrown?: unknown): void {
    const { onFailure } = settingsOf(invocation);
    const functionArn = options.functionArn(invocation.functionName);
    const record = failureRecord(invocation, { functionArn, condition, thrown, at: new Date(now()) });
    if (onFailure) options.send(onFailure, record);
    else options.complain('an event was dropped, as its function has no failure destination', record);
    finish(invocation);
  }

  function settingsOf({ functionName }: Invocation) {
    return { ...DEFAULTS, ...functions[functionName] };
  }

  function keep(invocation: Invocation): void {
    open.set(invocation.id, invocation);
    shelf.put(invocation);
  }

  function finish({ id }: Invocation): void {
    if (state === 'stopped') return;
    shelf.remove(id);
    open.delete(id);
    if (open.size === 0) release();
  }

  function release(): void {
    for (const resolve of waiters.splice(0)) resolve();
  }

  return {
    accept(functionName, event) {
      if (!Object.hasOwn(functions, functionName)) return false;
      const acceptedAt = now();
      // Sorts by when it was accepted, over restarts too.
      const id = [acceptedAt, String(++sequence).padStart(9, '0'), randomUUID().slice(0, 8)].join('-');
      const invocation = { id, functionName, event, acceptedAt, failures: 0 };
      keep(invocation);
      enqueue(invocation);
      return true;
    },
    start() {
      state = 'started';
      for (const left of shelf.all()) {
        if (open.has(left.id)) continue;
        open.set(left.id, left);
        enqueue(left);
      }
      pump();
    },
    isBusy: functionName => [...open.values()].some(each => each.functionName === functionName),
    idle: () => (open.size === 0 ? Promise.resolve() : new Promise(resolve => waiters.push(resolve))),
    stop() {
      state = 'stopped';
      for (const timer of timers) clearTimeout(timer);
      release();
    },
  };
}
