// The dependencies of core, as arguments. `functions/` implements them with AWS, tests with memory and virtual time.

import type { StepError } from './errors.ts';
import type { Kind } from './kind.ts';
import type { Resource } from './resource.ts';

/**
 * Durations are in seconds of the real cloud. Only this port turns them into instants, so that one factor can speed up a whole
 * installation.
 */
export interface Clock {
  now(): Date;
  after(seconds: number): Date;
}

/** The key of an item; the type parameter is the type of its value. */
export interface Key<T> {
  pk: string;
  sk: string;
  readonly holds?: T;
}

export interface Stored<T> {
  value: T;
  /** Increases by one with every write; 0 for an item that does not exist. */
  version: number;
}

export type Written<T> =
  | { written: true; version: number }
  | { written: false; current: Stored<T> | undefined };

/** The index entries of an item. They are eventually consistent, so no decision depends on them. */
export interface IndexEntry {
  list?: string;
  status?: string;
  entryPoint?: string;
  open?: string;
  /** Sorts within each index: ISO instant and id. */
  order: string;
}

export type IndexName = 'list' | 'status' | 'entryPoint' | 'open';

export interface Page<T> {
  items: T[];
  next?: string;
}

/** `places`: the cursor after each item, for callers who do not need all of them. */
export interface Listed<T> extends Page<T> {
  places: string[];
}

/** One table. Reads by key are consistent. Every write is one item, on condition of the version read before. */
export interface Store {
  get<T>(key: Key<T>): Promise<Stored<T> | undefined>;
  /** Several items in one call, in the order of `keys`. Each read is consistent, but they are no snapshot. */
  many<const K extends readonly Key<unknown>[]>(keys: K): Promise<StoredAt<K>>;
  /** Everything under one partition key, in order of sort keys. */
  all(pk: string): Promise<{ sk: string; stored: Stored<unknown> }[]>;
  /** Writes if the item still has this version. Otherwise the result has the current item. */
  put<T>(key: Key<T>, value: T, version: number, index?: IndexEntry): Promise<Written<T>>;
  remove<T>(key: Key<T>, version: number): Promise<Written<T>>;
  /** Newest first. `next` of a page continues it. */
  list<T>(index: IndexName, of: string, page: { limit: number; after?: string }): Promise<Listed<T>>;
  /**
   * The item as this invocation last read or wrote it, without a read of the table. A conditional write can start from it, but no
   * decision may depend on it. Undefined: not cached.
   */
  known?<T>(key: Key<T>): { stored: Stored<T> | undefined } | undefined;
}

export type StoredAt<K extends readonly Key<unknown>[]> = {
  -readonly [I in keyof K]: (K[I] extends Key<infer T> ? Stored<T> : never) | undefined;
};

export type ExecutionState = 'running' | 'ended' | 'aborted' | 'absent';

/** Executions of the state machine, by name. Names stay reserved after an execution has ended. */
export interface Executions {
  /** If the execution is already running, this has no effect. `ended`: an execution of this name has ended. */
  start(name: string, input: string): Promise<'running' | 'ended'>;
  describe(name: string): Promise<{ state: ExecutionState; startedAt?: Date; endedAt?: Date }>;
  /** The names of executions that run. The list can be some seconds old, and is bounded: a name that it lacks may run. */
  running(): Promise<Set<string>>;
}

/** An event to publish. */
export interface OutgoingEvent {
  detailType: string;
  /** ISO instant. */
  time: string;
  detail: object;
}

export interface Bus {
  /** Resolves once all events are accepted. If it throws, some may have been accepted. */
  put(events: OutgoingEvent[]): Promise<void>;
}

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  /** The metrics of failures read the code and the provider of `error`. */
  error(message: string, fields: { error: StepError } & Record<string, unknown>): void;
}

/** The settings of every function. */
export interface Settings {
  /** The region of Gatehouse, and of request parts that name none. */
  region: string;
  /** The time limit of a step's function: a call can be in progress for this long after its caller has died. */
  stepTimeoutSeconds: number;
  /** How late an abandoned call can still take effect in a cloud. */
  latenessSeconds: number;
  /** The delay between the end of an attempt and the next one; 0 if the functions died with their process. */
  attemptGapSeconds: number;
  /** How many events an execution of the state machine can have. */
  historyEvents: number;
  /** The number of callers that can wait for a change of a job at the same time, over all functions of the API. */
  maxWaiters?: number;
}

/** The ports of every function. Enough for functions that only read. */
export interface TablePorts {
  clock: Clock;
  store: Store;
  log: Log;
  settings: Settings;
}

/** Functions that change jobs also start executions and publish events. */
export interface Ports extends TablePorts {
  executions: Executions;
  bus: Bus;
}

/** The ports of functions that execute steps. */
export interface StepPorts extends TablePorts {
  resource(kind: Kind): Resource;
}
