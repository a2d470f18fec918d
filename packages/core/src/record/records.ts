// Where every item lies in the one table, and the one way to change it. All decisions read these items by
// key, consistently; every write is conditional on the version read before.

import type { Kind } from '../ports/kind.ts';
import type { IndexEntry, Key, Store, Stored } from '../ports/ports.ts';
import type { Request } from '../request/request.ts';
import type { Job } from './job.ts';
import type { Entry } from './ledger.ts';
import type { Owned } from './owned.ts';
import type { Plan, Step } from './plan.ts';

/** A request as it was sent, with the hash that distinguishes a replay from a reuse of its key. */
export interface AcceptedRequest {
  hash: string;
  value: unknown;
  /**
   * The same parsed, and planned as if nothing existed: done once, when it is accepted. Absent in items of older versions,
   * and where it would not fit into the item.
   */
  parsed?: { request: Request; steps: Step[]; planVersion: number };
}

/** How much of a job's history the event bus has been told: everything up to this sequence number. */
export interface Published {
  sequence: number;
}

/** Who waits for a target, in order; the first holds it. */
export interface Queue {
  name: string;
  jobs: string[];
}

/**
 * A cloud resource of an entry point, as the inventory holds it. Items of older versions have no `desired`: what was made is
 * their spec with `set`, members that were set otherwise.
 */
export type InventoryItem = Owned | OlderItem;

export interface OlderItem {
  step: string;
  kind: Kind;
  id: string;
  set?: Record<string, unknown>;
}

/** The inventory's page on one entry point: what stands, and which job made it so. */
export interface EntryPoint {
  name: string;
  cloud: string;
  owner: string;
  since: string;
  /** The job that applied what stands. */
  jobId: string;
  /** The spec as last applied, in items of older versions; in others it is the request of that job. */
  spec?: unknown;
  /** Refuses to be removed until an update takes it off. */
  protected?: true;
  /** In the order in which they are made. */
  resources: InventoryItem[];
}

/** Left of an entry point: the item's version goes on, so that what a late hand has read of it is old. */
export interface Removed {
  name: string;
  gone: true;
}

/** Which entry point owns what a natural key names; nobody, where it has been given back. */
export interface Claim {
  key: string;
  entryPoint?: string;
}

/** What the inventory's items are listed under. */
export const INVENTORY = 'entry-points';

/** What was removed is listed nowhere. */
export function entryPointIndex(page: EntryPoint | Removed): IndexEntry | undefined {
  return 'gone' in page ? undefined : { list: INVENTORY, order: `${page.since}#${page.name}` };
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
export const queueKey = (target: string): Key<Queue> => ({ pk: `LINE#${target}`, sk: 'LINE' });
export const entryPointKey = (name: string): Key<EntryPoint | Removed> => ({
  pk: `ENTRYPOINT#${name}`,
  sk: 'ENTRYPOINT',
});

/** One of the places for callers who wait for news, while it is taken. */
export const waiterKey = (place: number): Key<{ until: number }> => ({ pk: `WAITER#${place}`, sk: 'WAITER' });
export const claimKey = (key: string): Key<Claim> => ({ pk: `CLAIM#${key}`, sk: 'CLAIM' });

/** What stands under a name. */
export async function readEntryPoint(
  store: Pick<Store, 'get'>,
  name: string,
): Promise<EntryPoint | undefined> {
  const page = (await store.get(entryPointKey(name)))?.value;
  return page && 'gone' in page ? undefined : page;
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

/** More than hands that change one item at once: jobs that come and leave in one line. */
const MAX_TRIES = 300;

/**
 * Read, change, write, and again when another writer was faster. `next` returns the value that is to be written, or
 * undefined to leave the item as it is; it may throw to refuse. What it reads besides is read after the item and before the
 * write: an invocation that stalls anywhere has lost to whichever has written the item meanwhile, and is asked again. What
 * the store knows of the item spares the first read, but only for a write: to leave or to refuse, the item is read. Gives
 * the value afterwards.
 */
export async function change<T>(
  store: Store,
  key: Key<T>,
  next: (standing: T | undefined) => T | undefined | Promise<T | undefined>,
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
  let standing: Stored<T> | undefined = await store.get(key);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const wanted = await next(standing?.value);
    if (wanted === undefined) return standing?.value;
    const written = await store.put(key, wanted, standing?.version ?? 0, index?.(wanted));
    if (written.written) return wanted;
    standing = written.current;
  }
  throw new Error(`${key.pk} changed ${MAX_TRIES} times while it was being written`);
}

/** A refusal of what is only known is none. */
async function wantedOf<T>(
  next: (standing: T | undefined) => T | undefined | Promise<T | undefined>,
  known: T | undefined,
): Promise<T | undefined> {
  try {
    return await next(known);
  } catch {
    return undefined;
  }
}
