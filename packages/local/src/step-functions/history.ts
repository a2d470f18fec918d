// The events of one execution in the shape that GetExecutionHistory returns (timestamps in epoch seconds). An execution
// that reaches 25,000 events fails, as on AWS. Its last event reports that failure, so one place is kept free for it.
import type { Closing, ExecutionRecord } from './execution.ts';
import type { Json } from './json.ts';

export interface HistoryEvent {
  id: number;
  previousEventId: number;
  type: string;
  timestamp: number;
  [details: `${string}EventDetails`]: Json;
}

export type EventDetails = { [details: `${string}EventDetails`]: Json };

const historyEventsLimit = 25_000;

export class History {
  readonly events: HistoryEvent[] = [];
  #closed = false;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get full(): boolean {
    return this.events.length >= historyEventsLimit - 1;
  }

  /** Returns the event's id. Adds nothing to a closed or full history. */
  add(type: string, previousEventId: number, details: EventDetails = {}): number {
    if (this.#closed || this.full) return previousEventId;
    return this.#append(type, previousEventId, details, this.#now());
  }

  start(record: ExecutionRecord, roleArn: string): number {
    return this.#append(
      'ExecutionStarted',
      0,
      { executionStartedEventDetails: { input: record.input, inputDetails: { truncated: false }, roleArn } },
      record.startDate,
    );
  }

  close(closing: Closing, closedAt: number): void {
    this.#append(
      closingTypes[closing.status],
      this.events.at(-1)?.id ?? 0,
      closingDetails(closing),
      closedAt,
    );
    this.#closed = true;
  }

  #append(type: string, previousEventId: number, details: EventDetails, at: number): number {
    const id = this.events.length + 1;
    this.events.push({ id, previousEventId, type, timestamp: at / 1000, ...details });
    return id;
  }
}

const closingTypes = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const satisfies Record<Closing['status'], string>;

function closingDetails(closing: Closing): EventDetails {
  const failure = failureDetails(closing.error, closing.cause);
  switch (closing.status) {
    case 'SUCCEEDED':
      return {
        executionSucceededEventDetails: {
          output: closing.output ?? 'null',
          outputDetails: { truncated: false },
        },
      };
    case 'FAILED':
      return { executionFailedEventDetails: failure };
    case 'TIMED_OUT':
      return { executionTimedOutEventDetails: failure };
    case 'ABORTED':
      return { executionAbortedEventDetails: failure };
  }
}

export function failureDetails(
  error: string | undefined,
  cause: string | undefined,
): { [key: string]: Json } {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

/** The history without its events: the start and the end of the execution. */
export function outline(record: ExecutionRecord): HistoryEvent[] {
  const history = new History(() => record.startDate);
  history.start(record, '');
  const { status, stopDate } = record;
  if (status !== 'RUNNING' && stopDate !== undefined) history.close({ ...record, status }, stopDate);
  return history.events;
}
