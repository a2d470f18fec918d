// One run of the interpreter: the execution itself, one branch of a Parallel, or one item of a Map. A scope ends when
// its run ends or when AWS would have stopped it. A Task that is called in an ended scope must not call its function,
// and a late result is dropped.
import type { History } from './history.ts';
import type { Machine } from './machine.ts';

/** The state that all scopes of one execution share. */
export interface Stage {
  machine: Machine;
  history: History;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Ends the whole execution; no Retry or Catch sees it. */
  fail(error: string, cause: string): void;
}

/** The place of a run inside another run. */
interface Place {
  parent: Scope;
  /** The index among the items of a Map. */
  index: number;
  /** Settles when the history can show this run's first event. */
  after: Promise<unknown>;
}

export class Scope {
  readonly stage: Stage;
  readonly place: Place | undefined;
  readonly signal: AbortSignal;
  lastEventId = 0;
  /** The Lambda call in progress; a Task's late result belongs to no open call. */
  openCall: symbol | undefined;
  /** For each run inside the present state: the id of its last event, once all its events are recorded. */
  nested: Promise<number>[] = [];
  readonly #ended = new AbortController();
  #containerShown = Promise.withResolvers<void>();

  constructor(stage: Stage, place?: Place) {
    this.stage = stage;
    this.place = place;
    this.signal = place ? AbortSignal.any([place.parent.signal, this.#ended.signal]) : this.#ended.signal;
  }

  /** Resolves once the history shows the start of the present Map or Parallel. */
  get containerShown(): Promise<void> {
    return this.#containerShown.promise;
  }

  showContainer(): void {
    this.#containerShown.resolve();
  }

  leaveContainer(): void {
    this.#containerShown = Promise.withResolvers<void>();
  }

  end(): void {
    this.#ended.abort();
  }
}

/** Thrown where AWS would have stopped already: no retrier and no catcher may match it. */
export class Uncatchable extends Error {
  readonly isRetryable = false;
  readonly isCatchable = false;

  constructor(error: string, cause: string) {
    super(cause);
    this.name = error;
  }
}

export function abandoned(): Uncatchable {
  return new Uncatchable('Abandoned', 'The run that this state belongs to has ended');
}

/** After it, every event dispatched before has been recorded: recorders work in microtasks. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
