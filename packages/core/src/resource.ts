// The one shape of a cloud resource. A resource reads, creates, compares, changes and removes one object;
// it does not loop, sleep, log or know of jobs. All decisions about when are in step.ts.

export type Kind = 'listener' | 'endpointGroup' | 'accelerator';

/** Settled and usable, or still settling: pending is a value, never an error. */
export type Readiness = { ready: true } | { ready: false; because: string };

/**
 * `Desired` is what the plan wants, `Observed` what a read found. Every method makes at most one mutating
 * cloud call. Errors are those of errors.ts.
 */
export interface Resource<Desired = unknown, Observed = unknown> {
  kind: Kind;
  /** By id where the ledger has one, else by natural key; undefined when it is not there. */
  read(desired: Desired, id: string | undefined): Promise<Observed | undefined>;
  idOf(observed: Observed): string;
  /** Names of the members that differ; what the cloud filled in by itself is no difference. */
  drift(desired: Desired, observed: Observed): string[];
  ready(observed: Observed): Readiness;
  /** Absent for a resource that we only wait for. */
  create?(desired: Desired, token: string): Promise<Observed>;
  /** The next call that brings it nearer to what is desired. */
  update?(desired: Desired, observed: Observed): Promise<Observed>;
  /** The next legal move towards gone. Not found is done. */
  remove?(id: string): Promise<void>;
  /** Names of what others hung on it, which a removal would take along. */
  strangers?(desired: Desired, observed: Observed): Promise<string[]>;
  settles: Settling;
}

export interface Settling {
  /** First wait and longest wait between two readings. */
  firstSeconds: number;
  mostSeconds: number;
  /** After this long without settling the step has failed. */
  limitSeconds: number;
  /** Readings in a row that must say ready, unless one since our change said pending: a read may be stale. */
  readings: number;
}
