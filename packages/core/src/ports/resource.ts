// The interface of every cloud resource. A resource reads, creates, compares, updates and removes one object. It does not loop,
// sleep, log or depend on jobs. decide.ts decides which call is next.
import type { EndpointHealth } from './health.ts';
import type { Kind } from './kind.ts';
import type { Outputs } from './outputs.ts';

/**
 * Settled and usable, or still settling: pending is a value, never an error. `failed`: it has settled in an unusable state and
 * must be removed. `leaving`: its removal is in progress and need not be requested again. `busy`: it refuses other calls until it
 * has settled, so none is made.
 */
export type Readiness =
  | { ready: true }
  | { ready: false; reason: string; failed?: true; leaving?: true; busy?: true };

/**
 * `Desired` is the desired state in the plan, `Observed` the result of a read. Every method makes at most one mutating cloud call
 * and throws the errors of errors.ts.
 */
export interface Resource<Desired = unknown, Observed = unknown> {
  kind: Kind;
  /** Reads by id if there is one, otherwise by natural key; undefined if it does not exist. */
  read(desired: Desired, id: string | undefined): Promise<Observed | undefined>;
  idOf(observed: Observed): string;
  /** Names of the members that differ. A default that the cloud filled in is no difference. */
  drift(desired: Desired, observed: Observed): string[];
  ready(observed: Observed): Readiness;
  /** Absent for a resource that Gatehouse only waits for. */
  create?(desired: Desired, token: string, before?: unknown): Promise<Observed>;
  /** The next call towards the desired state. */
  update?(desired: Desired, observed: Observed): Promise<Observed>;
  /** The next call towards its removal, or back to `before`. Not found means done. */
  remove?(id: string, desired: Desired, before: unknown): Promise<void>;
  /**
   * A removal addresses it by its natural key, not by an id. After a lost answer, a late removal would hit any object that has the
   * key by then, so the step waits until it can no longer take effect.
   */
  addressedByKey?: true;
  /**
   * Several calls create or remove it, each a part of it. After an interruption, `update` creates the missing parts. A late call
   * can bring removed parts back.
   */
  nonAtomic?: true;
  /**
   * The before-image of a resource that replaces another one, read right before each intent is written. `earlier`: the before-image
   * of the previous intent, whose call may have taken effect.
   */
  before?(desired: Desired, earlier?: unknown): Promise<unknown>;
  /**
   * Whether an object with the natural key is ours, if the object proves it (by tags, or by a parent that is ours). Without this
   * method, a match of every member counts as proof.
   */
  owns?(desired: Desired, observed: Observed): boolean;
  /** Ids of foreign objects that its create displaces, without deleting them. */
  displaces?(desired: Desired): Promise<string[]>;
  /** Names of foreign objects attached to it, which a removal would delete, too, in an order in which they can be deleted. */
  foreignDependents?(desired: Desired, observed: Observed): Promise<string[]>;
  /** Members, by their names in `drift`, that no call of the API changes: another value needs another object. */
  createOnly?: readonly string[];
  /**
   * The observed state with the members of a spec, in canonical form, for plans and drift reports. Plain JSON, including foreign
   * items of shared lists.
   */
  snapshot?(observed: Observed): Record<string, unknown>;
  /** The before-image of an update: the same with every list in the order in which it was read. Default: `snapshot`. */
  image?(observed: Observed): Record<string, unknown>;
  /**
   * The desired state that reverts an update of ours: each member as in `before`, the before-image of our first change, if it still
   * has the value that we set. Changes by others stay. Pure: `update` makes the change.
   */
  reverted?(desired: Desired, before: Record<string, unknown>, observed: Observed): Desired;
  /** The parts of an update of ours that no call of the API can revert. Shown to people once the rest is reverted. */
  irreversible?(desired: Desired, before: Record<string, unknown>, observed: Observed): string[];
  /** Foreign users of it, which Gatehouse cannot detach. It cannot be removed while there are any. */
  foreignUsers?(observed: Observed): string[];
  /** Deletes these of its `foreignDependents`, and no others. `names`: as many as one call can delete. */
  deleteForeign?(desired: Desired, observed: Observed, names: readonly string[]): Promise<void>;
  /** Facts that need a person's attention once it is applied: concurrent foreign changes of a list that cannot be locked. */
  notices?(desired: Desired, observed: Observed, before: unknown): string[];
  /** The health of each endpoint or target in `desired`, in its order. */
  health?(desired: Desired, observed: Observed): Promise<EndpointHealth[]>;
  /** What callers need to reach it, as far as the read or call that gave `observed` has it. Default: its id alone. */
  outputs?(observed: Observed): Outputs;
  settles: Settling;
}

export interface Settling {
  /** The first and the longest wait between two reads. */
  initialDelaySeconds: number;
  maxDelaySeconds: number;
  /** If the resource has not settled after this time, the step fails. */
  readyLimitSeconds: number;
  /** The ready reads in a row that are required, because a read can be stale. One is enough after a pending read. */
  consecutiveReady: number;
}
