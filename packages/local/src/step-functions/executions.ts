// The life of executions: on disk before they start, reported at every change of status, closed once. A name stays
// taken for 90 days after the close; the newest 10,000 closed executions are kept. An execution that an earlier host
// left RUNNING fails with HostLost, because its state was lost with that host.
import {
  type Closing,
  closed,
  type ExecutionRecord,
  type ExecutionStatusEvent,
  type ExecutionSummary,
  hostLost,
  statusEvent,
  summaryOf,
} from './execution.ts';
import { History, type HistoryEvent, outline } from './history.ts';
import type { Journal } from './journal.ts';
import type { Machine } from './machine.ts';
import { type Performance, perform } from './perform.ts';

export interface ExecutionsOptions {
  journal: Journal;
  now(): number;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  onStatusChange?(event: ExecutionStatusEvent): void;
}

interface Live {
  record: ExecutionRecord;
  history: History;
  performance?: Performance;
}

export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #live = new Map<string, Live>();
  /** Oldest first. */
  readonly #closed = new Map<string, ExecutionSummary>();
  #sequence = 0;
  #stopped = false;
  #idleWaiters: (() => void)[] = [];

  constructor(options: ExecutionsOptions) {
    this.#options = options;
    const known = options.journal.load().sort((one, other) => stopped(one) - stopped(other));
    for (const record of known) {
      this.#sequence = Math.max(this.#sequence, record.sequence);
      if (record.status === 'RUNNING') this.#lose(record);
      else this.#keepClosed(record);
    }
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  start(machine: Machine, name: string, input: string): ExecutionRecord {
    const record: ExecutionRecord = {
      executionArn: executionArnOf(machine.arn, name),
      stateMachineArn: machine.arn,
      name,
      sequence: ++this.#sequence,
      status: 'RUNNING',
      startDate: this.#options.now(),
      input,
    };
    this.#options.journal.write(record);
    const live: Live = { record, history: new History(this.#options.now) };
    live.history.start(record, machine.roleArn);
    this.#live.set(record.executionArn, live);
    this.#report(record);
    this.#run(live, machine);
    return record;
  }

  find(executionArn: string): ExecutionRecord | undefined {
    const live = this.#live.get(executionArn);
    if (live) return live.record;
    return this.#closed.has(executionArn) ? this.#options.journal.read(executionArn) : undefined;
  }

  /** The execution that still has the name, if any. */
  holderOf(executionArn: string): ExecutionRecord | undefined {
    const summary = this.#closed.get(executionArn);
    if (summary && stopped(summary) + nameHeldMs <= this.#options.now()) this.#forget(executionArn);
    return this.find(executionArn);
  }

  /** Newest first. */
  list(stateMachineArn: string): ExecutionSummary[] {
    return [...this.#closed.values(), ...[...this.#live.values()].map(live => live.record)]
      .filter(summary => summary.stateMachineArn === stateMachineArn)
      .sort((one, other) => other.sequence - one.sequence);
  }

  historyOf(record: ExecutionRecord): HistoryEvent[] {
    const live = this.#live.get(record.executionArn);
    return live?.history.events ?? this.#options.journal.readHistory(record.executionArn) ?? outline(record);
  }

  /** Has no effect on a closed execution. */
  close(executionArn: string, closing: Closing): void {
    const live = this.#live.get(executionArn);
    if (!live || this.#stopped) return;
    const record = closed(live.record, closing, this.#options.now());
    live.history.close(closing, stopped(record));
    // The record comes first: a host that dies before it writes the history leaves an outline that agrees with the
    // record.
    this.#options.journal.write(record);
    this.#options.journal.writeHistory(executionArn, live.history.events);
    this.#live.delete(executionArn);
    this.#keepClosed(record);
    live.performance?.abort();
    this.#report(record);
    if (this.#live.size === 0) this.#releaseWaiters();
  }

  idle(): Promise<void> {
    if (this.#stopped || this.#live.size === 0) return Promise.resolve();
    return new Promise(resolve => this.#idleWaiters.push(resolve));
  }

  /** Running executions stay RUNNING in the journal, and the next host reports them as lost. */
  stop(): void {
    this.#stopped = true;
    for (const { performance } of this.#live.values()) performance?.abort();
    this.#releaseWaiters();
  }

  #run(live: Live, machine: Machine): void {
    const { executionArn } = live.record;
    live.performance = perform(live.record, {
      machine,
      history: live.history,
      invoke: this.#options.invoke,
      fail: (error, cause) => this.close(executionArn, { status: 'FAILED', error, cause }),
    });
    live.performance.closing.then(closing => this.close(executionArn, closing));
  }

  #lose(record: ExecutionRecord): void {
    const lost = closed(record, hostLost, this.#options.now());
    this.#options.journal.write(lost);
    this.#keepClosed(lost);
    this.#report(lost);
  }

  #keepClosed(record: ExecutionRecord): void {
    this.#closed.set(record.executionArn, summaryOf(record));
    const [oldest] = this.#closed.keys();
    if (this.#closed.size > closedLimit && oldest !== undefined) this.#forget(oldest);
  }

  #forget(executionArn: string): void {
    this.#closed.delete(executionArn);
    this.#options.journal.remove(executionArn);
  }

  /** In a microtask: after the constructor, and outside any caller, which must not get a listener's error. */
  #report(record: ExecutionRecord): void {
    const { onStatusChange } = this.#options;
    if (onStatusChange)
      queueMicrotask(() => {
        if (!this.#stopped) onStatusChange(statusEvent(record));
      });
  }

  #releaseWaiters(): void {
    for (const release of this.#idleWaiters.splice(0)) release();
  }
}

const closedLimit = 10_000;
const nameHeldMs = 90 * 24 * 60 * 60 * 1000;

export function executionArnOf(stateMachineArn: string, name: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}

function stopped(summary: ExecutionSummary): number {
  return summary.stopDate ?? Infinity;
}
