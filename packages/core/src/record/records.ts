// The key of every item in the table, and the only way to change an item. All decisions read these items by key, consistently;
// every write is conditional on the version read before.

import type { Kind } from '../ports/kind.ts';
import type { IndexEntry, Key, Store, Stored } from '../ports/ports.ts';
import type { Request } from '../request/request.ts';
import type { Job } from './job.ts';
import type { Entry } from './ledger.ts';
import type { ResourceOutputs } from './outputs.ts';
import type { Owned } from './owned.ts';
import type { Plan, Step } from './plan.ts';
import { sha256 } from './token.ts';

/** A request as it was sent. The hash distinguishes a replay of the request from a reuse of its key. */
export interface AcceptedRequest {
  hash: string;
  value: unknown;
  /**
   * The parsed request, and its steps as if nothing existed. Both are computed once, when the request is accepted. Absent in
   * items of older versions.
   */
  parsed?: { request: Request; steps: Step[]; planVersion: number };
}

/** How much of a job's history is published on the event bus: all events up to this sequence number. */
export interface Published {
  sequence: number;
}

/** The jobs that wait in a queue, in order. The head holds the queue. */
export interface Queue {
  name: string;
  jobs: string[];
}

/** A job of a caller that had to wait in a queue when it was accepted. It may have begun since then. */
export interface Waiting {
  jobId: string;
}

/**
 * A cloud resource of an entry point in the inventory. Items of older versions have no `desired`: it is the spec of the entry
 * point, with the members in `set` replaced.
 */
export type InventoryItem = Owned | OlderItem;

export interface OlderItem {
  step: string;
  kind: Kind;
  id: string;
  set?: Record<string, unknown>;
}

/** An entry point in the inventory: its resources and its last job. */
export interface EntryPoint {
  name: string;
  cloud: string;
  owner: string;
  since: string;
  /** The job that last applied it. */
  jobId: string;
  /** In items of older versions: the spec as last applied. For others, it is the request of that job. */
  spec?: unknown;
  /** Refuses a removal until an update unsets it. */
  protected?: true;
  /** In the order in which they are created. */
  resources: InventoryItem[];
  /** Of its resources, and of objects that it uses. Absent in items of older versions. */
  outputs?: ResourceOutputs[];
}

/** A removed entry point. The item stays, so that its version continues and a late invocation's read is outdated. */
export interface Removed {
  name: string;
  gone: true;
}

/** The entry point that owns a natural key. Absent once the claim was released. */
export interface Claim {
  key: string;
  entryPoint?: string;
}

/** Where the next round of recovery begins, in the order of the index; absent: with the oldest job. */
export interface Round {
  from?: string;
}

/** The name of the list of inventory items. */
export const INVENTORY = 'entry-points';

/** Removed entry points are in no list. */
export function entryPointIndex(item: EntryPoint | Removed): IndexEntry | undefined {
  return 'gone' in item ? undefined : { list: INVENTORY, order: `${item.since}#${item.name}` };
}

const ofJob = (jobId: string) => `JOB#${jobId}`;

export const jobKey = (jobId: string): Key<Job> => ({ pk: ofJob(jobId), sk: 'JOB' });
export const requestKey = (jobId: string): Key<AcceptedRequest> => ({ pk: ofJob(jobId), sk: 'REQUEST' });
export const planKey = (jobId: string): Key<Plan> => ({ pk: ofJob(jobId), sk: 'PLAN' });
export const publishedKey = (jobId: string): Key<Published> => ({ pk: ofJob(jobId), sk: 'PUBLISHED' });
export const entryKey = (jobId: string, step: string): Key<Entry> => ({
  pk: ofJob(jobId),
  sk: `LEDGER#${step}`,
});
/** LINE is the stored word for a queue since the first version. */
export const queueKey = (name: string): Key<Queue> => ({ pk: `LINE#${name}`, sk: 'LINE' });
export const entryPointKey = (name: string): Key<EntryPoint | Removed> => ({
  pk: `ENTRYPOINT#${name}`,
  sk: 'ENTRYPOINT',
});

export const roundKey: Key<Round> = { pk: 'RECOVERY', sk: 'RECOVERY' };

/** One of the places for callers who wait for a change of a job, while it is taken. */
export const waiterKey = (place: number): Key<{ until: number }> => ({ pk: `WAITER#${place}`, sk: 'WAITER' });
/** Hashed, because a key of DynamoDB has a limit, and the name of a caller is up to the issuer of its token. */
export const waitingOf = (caller: string) => `CALLER#${sha256(caller)}`;
export const waitingKey = (caller: string, jobId: string): Key<Waiting> => ({
  pk: waitingOf(caller),
  sk: `WAITING#${jobId}`,
});
/** One of the places for the plans that a caller makes at the same time, while it is taken. */
export const plannerKey = (caller: string, place: number): Key<{ until: number }> => ({
  pk: `PLANNER#${sha256(caller)}#${place}`,
  sk: 'PLANNER',
});
export const claimKey = (key: string): Key<Claim> => ({ pk: `CLAIM#${key}`, sk: 'CLAIM' });

/** The entry point of a name. */
export async function readEntryPoint(
  store: Pick<Store, 'get'>,
  name: string,
): Promise<EntryPoint | undefined> {
  const item = (await store.get(entryPointKey(name)))?.value;
  return item && 'gone' in item ? undefined : item;
}

/** Everything about one job, read at once and consistently. */
export interface JobRecord {
  job: Job;
  request: AcceptedRequest;
  plan: Plan | undefined;
  ledger: Map<string, Entry>;
}

export async function readJobRecord(store: Store, jobId: string): Promise<JobRecord | undefined> {
  const items = new Map((await store.all(ofJob(jobId))).map(({ sk, stored }) => [sk, stored.value]));
  const job = items.get('JOB') as Job | undefined;
  const request = items.get('REQUEST') as AcceptedRequest | undefined;
  if (!job || !request) return undefined;
  const entries = [...items].filter(([sk]) => sk.startsWith('LEDGER#')).map(([, entry]) => entry as Entry);
  return {
    job,
    request,
    plan: items.get('PLAN') as Plan | undefined,
    ledger: new Map(entries.map(entry => [entry.step, entry])),
  };
}

/** More than the invocations that change one item at the same time, such as jobs that join and leave one queue. */
const MAX_TRIES = 300;

/**
 * Reads, changes and writes an item, and repeats that if another writer was faster. `next` returns the value to write, or
 * undefined to leave the item unchanged; it can throw to refuse. Its own reads happen after the read of the item and before the
 * write: if an invocation stalls anywhere and another one writes the item in the meantime, the write fails and `next` is called
 * again. A value cached by the store saves the first read, but only for a write: before the item is left unchanged or refused,
 * it is read. Returns the value afterwards.
 */
export async function change<T>(
  store: Store,
  key: Key<T>,
  next: (current: T | undefined) => T | undefined | Promise<T | undefined>,
  index?: (value: T) => IndexEntry | undefined,
): Promise<T | undefined> {
  const known = store.known?.(key);
  if (known) {
    const wanted = await wantedOf(next, known.stored?.value);
    if (wanted !== undefined) {
      const written = await store.put(key, wanted, known.stored?.version ?? 0, index?.(wanted));
      if (written.written) return wanted;
    }
  }
  let current: Stored<T> | undefined = await store.get(key);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const wanted = await next(current?.value);
    if (wanted === undefined) return current?.value;
    const written = await store.put(key, wanted, current?.version ?? 0, index?.(wanted));
    if (written.written) return wanted;
    current = written.current;
  }
  throw new Error(`${key.pk} changed ${MAX_TRIES} times while it was being written`);
}

/** A refusal that is based on a cached value does not count. */
async function wantedOf<T>(
  next: (current: T | undefined) => T | undefined | Promise<T | undefined>,
  known: T | undefined,
): Promise<T | undefined> {
  try {
    return await next(known);
  } catch {
    return undefined;
  }
}
