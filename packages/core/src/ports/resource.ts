// The one shape of a cloud resource. A resource reads, creates, compares, changes and removes one object;
// it does not loop, sleep, log or know of jobs. All decisions about when are in decide.ts.
import type { Kind } from './kind.ts';

/**
 * Settled and usable, or still settling: pending is a value, never an error. `failed`: it has settled in a state of
 * no use, and only removing it leads on. `leaving`: its removal is under way, and need not be asked for again. `busy`: it
 * takes no other call until it has settled, so that none is made.
 */
export type Readiness =
  | { ready: true }
  | { ready: false; reason: string; failed?: true; leaving?: true; busy?: true };

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
  create?(desired: Desired, token: string, before?: unknown): Promise<Observed>;
  /** The next call that brings it nearer to what is desired. */
  update?(desired: Desired, observed: Observed): Promise<Observed>;
  /** The next legal move towards gone, or back to `before`. Not found is done. */
  remove?(id: string, desired: Desired, before: unknown): Promise<void>;
  /**
   * A removal names it by its natural key, not by an id of its own: one of lost answer that comes late is on whatever bears
   * that key then. Nothing is done before it can come no more.
   */
  addressedByKey?: true;
  /**
   * Several calls make it, and take it away, some of it each: where they are cut off some is missing, which `update` makes,
   * and a late one may bring some back.
   */
  nonAtomic?: true;
  /**
   * The before-image, for what takes the place of something: read right before each intent is written. `earlier`: that
   * of the intent before it, whose call may have been carried out.
   */
  before?(desired: Desired, earlier?: unknown): Promise<unknown>;
  /**
   * Whether what stands under the natural key is ours, for what proves it by itself (tags, or a parent that is ours).
   * Without it, a match in every member has to do.
   */
  owns?(desired: Desired, observed: Observed): boolean;
  /** Names of what others hung on it, which a removal would take along. */
  foreignDependents?(desired: Desired, observed: Observed): Promise<string[]>;
  /** Members, as `drift` names them, that no call of the API changes: another value is another object. */
  createOnly?: readonly string[];
  /**
   * What stands, said as a spec says it, member by member: the before-image of an update, and what a plan and a
   * report of drift show. Plain JSON; what others have in a shared list is in it too.
   */
  snapshot?(observed: Observed): Record<string, unknown>;
  /**
   * The spec that takes an update of ours back: each member as in `before`, the image from before our first change, if
   * it still holds what we set; what others changed meanwhile stays. Pure: `update` carries it out.
   */
  reverted?(desired: Desired, before: Record<string, unknown>, observed: Observed): Desired;
  /** What of an update of ours the API has no call to take back, for a person: told where it is put back as far as it can be. */
  irreversible?(desired: Desired, before: Record<string, unknown>, observed: Observed): string[];
  /** Of those, what uses it and cannot be taken off it by us: while there is any, nothing removes it. */
  foreignUsers?(observed: Observed): string[];
  /** Takes away one thing of those that `strangers` names, for a removal that was told to (`options.force`). */
  deleteForeign?(desired: Desired, observed: Observed): Promise<void>;
  /** What a person should look at once it is applied: traces of others in a list that this API lets nobody lock. */
  notices?(desired: Desired, observed: Observed, before: unknown): string[];
  settles: Settling;
}

/** What one cloud API contributes. */
export type Resources = Partial<Record<Kind, Resource>>;

export interface Settling {
  /** First wait and longest wait between two readings. */
  initialDelaySeconds: number;
  maxDelaySeconds: number;
  /** After this long without settling the step has failed. */
  readyLimitSeconds: number;
  /** Readings in a row that must say ready, unless one since our change said pending: a read may be stale. */
  consecutiveReady: number;
}
