// The inventory: what stands under a name, and which natural keys it claims. What a job forbids by it, and what its end
// leaves in it.

import { requestOf } from '../plan/accepted.ts';
import { claimOf, ownedBy, ownedByPlan } from '../plan/owned.ts';
import { removalId, restoreId } from '../plan/removal.ts';
import type { Problem } from '../ports/errors.ts';
import type { Ports, Store } from '../ports/ports.ts';
import { hasEnded } from '../record/events.ts';
import type { Job } from '../record/job.ts';
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

/** What the inventory forbids, and the way out. `standing`: what stands under the request's name. */
export function forbiddenBy(standing: EntryPoint | undefined, request: Request): Problem | undefined {
  const { operation, entryPoint: name, cloud } = request;
  if (operation === 'provision') {
    if (!standing) return undefined;
    const way = 'send operation: update to change it, or choose another name';
    return refusal(
      'EntryPointExists',
      `${name} stands since ${standing.since}, made by ${standing.jobId}; ${way}`,
    );
  }
  if (!standing) {
    const way =
      operation === 'update' ? 'send operation: provision to make it' : 'there is nothing to remove';
    return refusal('EntryPointNotFound', `there is no entry point ${name}; ${way}`);
  }
  if (operation === 'update' && cloud !== standing.cloud) {
    const way = 'it cannot move; remove it and provision another one';
    return refusal('InvalidRequest', `${name} stands on ${standing.cloud}; ${way}`);
  }
  if (operation === 'remove' && standing.protected) {
    const way = 'send an update with options.protected: false first';
    return refusal('EntryPointProtected', `${name} is protected; ${way}`);
  }
  return undefined;
}

function refusal(code: string, message: string): Problem {
  return { code, message, retryable: false };
}

/**
 * Each key for this entry point alone. Gives the first that another one holds. `isCurrent`: asked between the reading of
 * a claim and its writing; a hand whose job has ended meanwhile takes nothing any more that nobody would give back.
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

/** Gives who has the claim afterwards. `free`: whether the job was current after the claims were read. */
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

/** The ports that the inventory's writing needs. */
type Recording = Pick<Ports, 'store' | 'clock'> & { settings: { region: string } };

/**
 * Gives back what the entry point does not own (any more), as long as the job heads its line: a late hand of its end must
 * not give back what the next job has claimed. What is given back stays as a claim of nobody: its version goes on, so
 * that what such a hand has read is old.
 */
export async function releaseClaims(
  { store, settings }: Pick<Recording, 'store' | 'settings'>,
  { id, entryPoint: name, claims: older }: Pick<Job, 'id' | 'entryPoint' | 'claims'>,
): Promise<void> {
  const claims = older ?? (await claimsOfPlan(store, id));
  if (claims.length === 0) return;
  const owned = new Set((await ownedBy(await readEntryPoint(store, name), settings.region)).flatMap(claimOf));
  for (const key of claims.filter(each => !owned.has(each))) {
    // Always a write, so that a claiming that is under way meets it and looks at the job again.
    await change(store, claimKey(key), async was => {
      if (was?.entryPoint && was.entryPoint !== name) return undefined;
      const head = (await store.get(queueKey(entryPointQueue(name))))?.value.jobs[0];
      return head === id ? { key } : undefined;
    });
  }
}

/** A plan never changes, so what is known of it is enough. */
async function claimsOfPlan(store: Store, jobId: string): Promise<string[]> {
  const key = planKey(jobId);
  const { stored } = store.known?.(key) ?? { stored: await store.get(key) };
  return stored?.value.claims ?? [];
}

/**
 * What stands by a job that ends so. Written before the job says so, and repeatable; a late hand of a job that has ended
 * meanwhile, or goes on in another attempt, writes nothing over what came after it.
 */
export async function recordInventory(ports: Recording, jobRecord: JobRecord, end: string): Promise<void> {
  const { job, plan } = jobRecord;
  if (!plan) return;
  await change(
    ports.store,
    entryPointKey(job.entryPoint),
    async page => {
      const was = page && 'gone' in page ? undefined : page;
      const next = await pageAfter(ports, { ...jobRecord, plan }, end, was);
      const now = next && (await ports.store.get(jobKey(job.id)))?.value;
      return now && !hasEnded(now.status) && now.attempt === job.attempt ? next : undefined;
    },
    entryPointIndex,
  );
}

/** Undefined: as it is. */
async function pageAfter(
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

/** Everything that its plan says is owned. Whoever made the entry point owns it, and since then. */
async function applied(
  { clock, settings }: Recording,
  jobRecord: JobRecord & { plan: Plan },
  was: EntryPoint | undefined,
): Promise<EntryPoint> {
  const { job, request, ledger } = jobRecord;
  const { options } = await requestOf(request, settings.region);
  return {
    name: job.entryPoint,
    cloud: job.cloud,
    owner: was?.owner ?? job.caller,
    since: was?.since ?? clock.now().toISOString(),
    jobId: job.id,
    ...(options.protected ? { protected: true as const } : {}),
    resources: await ownedByPlan(jobRecord, settings.region, step => ledger.get(step)?.id),
  };
}

/** A removal that could not finish leaves the entry point with what it has not removed. */
function withoutRemoved(was: EntryPoint, { ledger }: JobRecord): EntryPoint | undefined {
  const resources = was.resources.filter(({ step }) => ledger.get(removalId(step))?.state !== 'applied');
  return resources.length === was.resources.length ? undefined : { ...was, resources };
}

/** What a rollback had to make again has another id than before. */
function withRestored(was: EntryPoint, { ledger }: JobRecord): EntryPoint | undefined {
  const resources = was.resources.map((item): InventoryItem => {
    const made = ledger.get(restoreId(item.step))?.id;
    return made === undefined ? item : { ...item, id: made };
  });
  return resources.every((item, at) => item === was.resources[at]) ? undefined : { ...was, resources };
}
