// The inventory: the entry points with their resources, and the natural keys that they claim. It can forbid a job, and the end
// of a job records its resources in it.

import { traitsOf } from '../kinds/kinds.ts';
import { requestOf } from '../plan/accepted.ts';
import { claimsOf } from '../plan/claims.ts';
import { claimOf, ownedBy, ownedByPlan } from '../plan/owned.ts';
import { removalId, restoreId } from '../plan/removal.ts';
import type { Problem } from '../ports/errors.ts';
import type { Outputs } from '../ports/outputs.ts';
import type { Ports, Store } from '../ports/ports.ts';
import { hasEnded } from '../record/events.ts';
import type { Job } from '../record/job.ts';
import { outputsOfJob } from '../record/job-outputs.ts';
import type { ResourceOutputs } from '../record/outputs.ts';
import type { Plan } from '../record/plan.ts';
import {
  type Claim,
  change,
  claimKey,
  type EntryPoint,
  entryPointIndex,
  entryPointKey,
  type InventoryItem,
  type JobRecord,
  jobKey,
  planKey,
  queueKey,
  type Removed,
  readEntryPoint,
} from '../record/records.ts';
import type { Request } from '../request/request.ts';
import { entryPointQueue } from './queue.ts';

/** Why the inventory forbids the request, and how to proceed. `existing`: the entry point of that name. */
export function forbiddenBy(existing: EntryPoint | undefined, request: Request): Problem | undefined {
  const { operation, entryPoint: name, cloud } = request;
  if (operation === 'provision') {
    if (!existing) return undefined;
    const way = 'send operation: update to change it, or choose another name';
    return refusal(
      'EntryPointExists',
      `${name} has existed since ${existing.since}; its last job is ${existing.jobId}; ${way}`,
    );
  }
  if (!existing) {
    const way =
      operation === 'update' ? 'send operation: provision to create it' : 'there is nothing to remove';
    return refusal('EntryPointNotFound', `there is no entry point ${name}; ${way}`);
  }
  if (operation === 'update' && cloud !== existing.cloud) {
    const way = 'it cannot move to another cloud; remove it and provision another one';
    return refusal('InvalidRequest', `${name} is in ${existing.cloud}; ${way}`);
  }
  if (operation === 'remove' && existing.protected) {
    const way = 'send an update with options.protected: false first';
    return refusal('EntryPointProtected', `${name} is protected; ${way}`);
  }
  return undefined;
}

function refusal(code: string, message: string): Problem {
  return { code, message, retryable: false };
}

/**
 * Claims each key for this entry point. Returns the first key that another entry point has claimed. `isCurrent`: called between the
 * read of a claim and its write. A function whose job has ended in the meantime claims nothing, because nothing would release it.
 */
export async function claimAll(
  { store }: Pick<Ports, 'store'>,
  entryPoint: string,
  keys: readonly string[],
  isCurrent: () => Promise<boolean>,
): Promise<{ key: string; owner: string } | undefined> {
  const read = await store.many(keys.map(claimKey));
  const free = read.some(claim => !claim?.value.entryPoint) && (await isCurrent());
  for (const [index, key] of keys.entries()) {
    const holder = read[index]?.value.entryPoint;
    const owner =
      holder ??
      (await take(store, { key, entryPoint }, { version: read[index]?.version ?? 0, free, isCurrent }));
    if (owner && owner !== entryPoint) return { key, owner };
  }
  return undefined;
}

/** Returns the entry point that has the claim afterwards. `free`: whether the job was current after the claims were read. */
async function take(
  store: Store,
  claim: Claim,
  { version, free, isCurrent }: { version: number; free: boolean; isCurrent: () => Promise<boolean> },
): Promise<string | undefined> {
  const key = claimKey(claim.key);
  if (free && (await store.put(key, claim, version)).written) return claim.entryPoint;
  const now = await change(store, key, async was =>
    was?.entryPoint || !(await isCurrent()) ? undefined : claim,
  );
  return now?.entryPoint;
}

/** The ports for writing the inventory. */
type Recording = Pick<Ports, 'store' | 'clock'> & { settings: { region: string } };

/**
 * Releases the claims on resources that the entry point does not own, as long as the job heads the queue: a late function of its
 * end must not release a claim of the next job. A released claim stays as an item without an owner, so that its version continues
 * and a late function's read is outdated.
 */
export async function releaseClaims(
  { store, settings }: Pick<Recording, 'store' | 'settings'>,
  { id, entryPoint: name, claims: older }: Pick<Job, 'id' | 'entryPoint' | 'claims'>,
): Promise<void> {
  const claims = older ?? (await claimsOfPlan(store, id));
  if (claims.length === 0) return;
  const owned = new Set((await ownedBy(await readEntryPoint(store, name), settings.region)).flatMap(claimOf));
  for (const key of claims.filter(each => !owned.has(each))) {
    // Always a write: a claim in progress then conflicts with it, and reads the job again.
    await change(store, claimKey(key), async was => {
      if (was?.entryPoint && was.entryPoint !== name) return undefined;
      const head = (await store.get(queueKey(entryPointQueue(name))))?.value.jobs[0];
      return head === id ? { key } : undefined;
    });
  }
}

/**
 * A plan never changes, so the cached one is enough. A plan that an earlier version has fixed lists its claims as they were keyed
 * then, and `begin` takes them as they are keyed today.
 */
async function claimsOfPlan(store: Store, jobId: string): Promise<string[]> {
  const key = planKey(jobId);
  const { stored } = store.known?.(key) ?? { stored: await store.get(key) };
  return stored ? [...new Set([...(stored.value.claims ?? []), ...claimsOf(stored.value)])] : [];
}

/**
 * Records the resources after a job with this end. Repeatable, and written before the job has ended. A late function of a job that
 * has ended in the meantime, or has another attempt, does not overwrite later writes.
 */
export async function recordInventory(ports: Recording, jobRecord: JobRecord, end: string): Promise<void> {
  const { job, plan } = jobRecord;
  if (!plan) return;
  await change(
    ports.store,
    entryPointKey(job.entryPoint),
    async item => {
      const was = item && 'gone' in item ? undefined : item;
      const next = await itemAfter(ports, { ...jobRecord, plan }, end, was);
      const now = next && (await ports.store.get(jobKey(job.id)))?.value;
      return now && !hasEnded(now.status) && now.attempt === job.attempt ? next : undefined;
    },
    entryPointIndex,
  );
}

/** Undefined: it stays unchanged. */
async function itemAfter(
  ports: Recording,
  jobRecord: JobRecord & { plan: Plan },
  end: string,
  was: EntryPoint | undefined,
): Promise<EntryPoint | Removed | undefined> {
  const { job } = jobRecord;
  if (end === 'SUCCEEDED' && job.operation === 'remove') return was && { name: was.name, gone: true };
  if (end === 'SUCCEEDED' || (end === 'REMOVE_FAILED' && job.operation !== 'remove'))
    return was?.jobId === job.id ? undefined : applied(ports, jobRecord, was);
  return was && (end === 'REMOVE_FAILED' ? withoutRemoved(was, jobRecord) : withRestored(was, jobRecord));
}

/** All resources that the plan owns. The owner and the time of the creation stay. */
async function applied(
  { clock, settings }: Recording,
  jobRecord: JobRecord & { plan: Plan },
  was: EntryPoint | undefined,
): Promise<EntryPoint> {
  const { job, request, ledger } = jobRecord;
  const { options } = await requestOf(request, settings.region);
  const outputs = outputsOfJob(jobRecord);
  return {
    name: job.entryPoint,
    cloud: job.cloud,
    owner: was?.owner ?? job.caller,
    since: was?.since ?? clock.now().toISOString(),
    jobId: job.id,
    ...(options.protected ? { protected: true as const } : {}),
    resources: await ownedByPlan(jobRecord, settings.region, step => ledger.get(step)?.id),
    ...(outputs.length > 0 ? { outputs } : {}),
  };
}

/** After an incomplete removal, the entry point has the resources that were not removed. */
function withoutRemoved(was: EntryPoint, { ledger }: JobRecord): EntryPoint | undefined {
  const resources = was.resources.filter(({ step }) => ledger.get(removalId(step))?.state !== 'applied');
  if (resources.length === was.resources.length) return undefined;
  const outputs = was.outputs?.filter(each => isInUse(each, was.resources, resources));
  return { ...was, resources, ...(outputs ? { outputs } : {}) };
}

/** An object that is not one of the resources is in use as long as one of the same part is left. */
function isInUse({ step, kind }: ResourceOutputs, all: InventoryItem[], left: InventoryItem[]): boolean {
  if (all.some(each => each.step === step)) return left.some(each => each.step === step);
  return left.some(each => traitsOf(each.kind).part === traitsOf(kind).part);
}

/** A resource that a rollback had to create again has a new id. */
function withRestored(was: EntryPoint, { ledger }: JobRecord): EntryPoint | undefined {
  const restored = <Item extends { step: string }>(item: Item, outputs?: Outputs): Item => {
    const { id } = ledger.get(restoreId(item.step)) ?? {};
    return id === undefined ? item : { ...item, id, ...outputs };
  };
  const resources = was.resources.map(item => restored(item));
  if (resources.every((item, at) => item === was.resources[at])) return undefined;
  const outputs = was.outputs?.map(each => restored(each, ledger.get(restoreId(each.step))?.outputs));
  return { ...was, resources, ...(outputs ? { outputs } : {}) };
}
