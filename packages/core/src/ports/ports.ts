// What core needs of the world, as arguments. `functions/` gives it AWS; tests give it memory and virtual time.

import type { Kind } from './kind.ts';
import type { Resource } from './resource.ts';

/**
 * Durations are said in seconds of the real cloud and turned into instants here, in one place, so that one
 * factor speeds up a whole installation. Nothing else adds to a time.
 */
export interface Clock {
  now(): Date;
  after(seconds: number): Date;
}

/** Where an item lies; the type parameter says what lies there. */
export interface Key<T> {
  pk: string;
  sk: string;
  readonly holds?: T;
}

export interface Stored<T> {
  value: T;
  /** Rises by one with every write; 0 is said of an item that is not there. */
  version: number;
}

export type Written<T> =
  | { written: true; version: number }
  | { written: false; current: Stored<T> | undefined };

/** What an item can be found by, eventually; a decision never relies on it. */
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

/** `places`: what goes on after each item, for who does not want them all. */
export interface Listed<T> extends Page<T> {
  places: string[];
}

/** One table. Reads of keys are consistent; every write is one item, on condition of the version read before. */
export interface Store {
  get<T>(key: Key<T>): Promise<Stored<T> | undefined>;
  /** Several at once, in one call; answers stand in the order of `keys`. Not a snapshot: each is read consistently. */
  many<const K extends readonly Key<unknown>[]>(keys: K): Promise<StoredAt<K>>;
  /** Everything under one partition key, in order of sort keys. */
  all(pk: string): Promise<{ sk: string; stored: Stored<unknown> }[]>;
  /** Writes if the item still has this version. Losing says what stands there instead. */
  put<T>(key: Key<T>, value: T, version: number, index?: IndexEntry): Promise<Written<T>>;
  remove<T>(key: Key<T>, version: number): Promise<Written<T>>;
  /** Newest first. `next` of a page continues it. */
  list<T>(index: IndexName, of: string, page: { limit: number; after?: string }): Promise<Listed<T>>;
  /**
   * What this invocation has last read or written of an item, without asking the table: a place to begin a conditional
   * write from, never to decide from. Undefined: nothing is known.
   */
  known?<T>(key: Key<T>): { stored: Stored<T> | undefined } | undefined;
}

export type StoredAt<K extends readonly Key<unknown>[]> = {
  -readonly [I in keyof K]: (K[I] extends Key<infer T> ? Stored<T> : never) | undefined;
};

export type ExecutionState = 'running' | 'ended' | 'aborted' | 'absent';

/** Runs of the state machine, by name. Names are remembered after an execution ends. */
export interface Executions {
  /** Starting one that runs already is no error; one that has ended under this name is said so. */
  start(name: string, input: string): Promise<'running' | 'ended'>;
  describe(name: string): Promise<{ state: ExecutionState; endedAt?: Date }>;
}

/** Something to tell whoever listens. */
export interface OutgoingEvent {
  detailType: string;
  /** ISO instant. */
  time: string;
  detail: object;
}

export interface Bus {
  /** Resolves when all are taken; one that throws may have been taken, too. */
  put(events: OutgoingEvent[]): Promise<void>;
}

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** What every function is told. */
export interface Settings {
  /** Where Gatehouse runs, and where a part of a request belongs that names no region. */
  region: string;
  /** Longest life of a step's Lambda: a call that was sent can be on its way this long after its caller died. */
  stepTimeoutSeconds: number;
  /** How late a cloud may carry out a call that nobody waits for any more. */
  latenessSeconds: number;
  /** A new attempt starts this long after the old one ended; 0 where a dead process took its Lambdas with it. */
  attemptGapSeconds: number;
  /** How many callers may wait for news at once, over all functions of the API. */
  maxWaiters?: number;
}

/** What every function has; who only reads needs no more. */
export interface TablePorts {
  clock: Clock;
  store: Store;
  log: Log;
  settings: Settings;
}

/** Who changes jobs also starts executions, and tells of it. */
export interface Ports extends TablePorts {
  executions: Executions;
  bus: Bus;
}

/** Who walks steps. */
export interface StepPorts extends TablePorts {
  resource(kind: Kind): Resource;
}
