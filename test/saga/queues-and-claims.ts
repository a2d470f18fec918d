// The jobs in a queue and the owners of natural keys after jobs have ended: no queue contains any of them, except the
// entry point's own queue of a stuck job, and a key without a resource has no owner.
import assert from 'node:assert/strict';
import { claimOf, ownedBy } from '@gatehouse/core/plan/owned';
import { planSteps, queuesOf } from '@gatehouse/core/plan/plan-steps';
import { entryPointQueue } from '@gatehouse/core/queue/queue';
import { isStuck, type Job } from '@gatehouse/core/record/job';
import type { Owned } from '@gatehouse/core/record/owned';
import { claimKey, type EntryPoint, type JobRecord, planKey, queueKey } from '@gatehouse/core/record/records';
import { parseRequest } from '@gatehouse/core/request/request';
import type { World } from '../world/world.ts';

const REGION = 'eu-west-1';

export function ownedOf(entryPoint: EntryPoint | undefined): Owned[] {
  return (entryPoint?.resources ?? []).flatMap(item => ('desired' in item ? [item] : []));
}

/** Of these jobs; others may be in their lines. */
export async function assertQueues(world: World, jobRecords: readonly JobRecord[]): Promise<void> {
  const ids = new Set(jobRecords.map(({ job }) => job.id));
  for (const target of new Set(jobRecords.flatMap(targetsOfJob))) {
    const line = (await world.store.get(queueKey(target)))?.value.jobs ?? [];
    const stuck = jobRecords
      .map(({ job }) => job)
      .filter(job => isStuck(job) && entryPointQueue(job.entryPoint) === target)
      .map(({ id }) => id);
    const theirs = line.filter(id => ids.has(id));
    assert.deepEqual(theirs, stuck, `${target} is ${stuck.length > 0 ? 'kept' : 'free'}`);
    if (stuck.length > 0) assert.equal(line[0], stuck[0], `${target} is kept by its head`);
  }
}

function targetsOfJob({ job, plan, request }: JobRecord): string[] {
  const parsed = parseRequest(request.value, REGION);
  const wanted = parsed.ok ? planSteps(parsed.request, { jobId: job.id, region: REGION }) : [];
  return [entryPointQueue(job.entryPoint), ...queuesOf([...wanted, ...(plan?.steps ?? [])])];
}

/**
 * Each claim that any of these jobs has ever had is its owner's, or nobody's; a stuck one's may still be held. Jobs of
 * the first plan version claimed nothing, and nothing does it for them.
 */
export async function assertClaims(
  world: World,
  jobs: readonly Job[],
  standing: readonly (EntryPoint | undefined)[],
): Promise<void> {
  const owned = await Promise.all(
    standing.map(async entryPoint => ({ name: entryPoint?.name, owned: await ownedBy(entryPoint, REGION) })),
  );
  const owners = new Map(
    owned.flatMap(({ name, owned }) => owned.flatMap(claimOf).map(key => [key, name] as const)),
  );
  const claiming = await Promise.all(jobs.map(async job => ({ job, claims: await claimsOfJob(world, job) })));
  if (claiming.every(({ claims }) => claims === undefined)) return;
  const kept = new Set(claiming.filter(({ job }) => isStuck(job)).flatMap(({ claims = [] }) => claims));
  for (const key of new Set([...owners.keys(), ...claiming.flatMap(({ claims = [] }) => claims)])) {
    const claim = (await world.store.get(claimKey(key)))?.value;
    const owner = owners.get(key);
    if (owner !== undefined || !kept.has(key)) assert.equal(claim?.entryPoint, owner, `whose ${key} is`);
  }
}

/** As its plan says; in older versions, the job itself. */
async function claimsOfJob(world: World, { id, claims }: Job): Promise<string[] | undefined> {
  return claims ?? (await world.store.get(planKey(id)))?.value.claims;
}
