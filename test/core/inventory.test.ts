// What a job's end leaves in the inventory, when a hand of it comes late: what came after it stays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf } from '@gatehouse/core/plan/outcome';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import type { Store } from '@gatehouse/core/ports/ports';
import { recordInventory } from '@gatehouse/core/queue/inventory';
import { type Job, newJob } from '@gatehouse/core/record/job';
import { PLAN_VERSION, type Plan } from '@gatehouse/core/record/plan';
import {
  change,
  entryPointKey,
  type JobRecord,
  jobKey,
  readEntryPoint,
} from '@gatehouse/core/record/records';
import { parseRequest } from '@gatehouse/core/request/request';
import { memoryStore } from '../world/memory-store.ts';

const REGION = 'eu-west-1';
const NOW = '2026-03-01T00:00:00.000Z';

type Operation = 'provision' | 'update' | 'remove';

/** A job that is at its end, as its last function has read it. */
async function running(store: Store, id: string, operation: Operation): Promise<JobRecord> {
  const targetGroups = [{ name: id, type: 'LAMBDA' }];
  const value = { operation, entryPoint: 'edge', ...(operation === 'remove' ? {} : { targetGroups }) };
  const parsed = parseRequest(value, REGION);
  assert.ok(parsed.ok);
  const asked = {
    id,
    caller: 'team',
    correlationId: id,
    operation,
    entryPoint: 'edge',
    cloud: 'aws',
  } as const;
  const bounds = { deadlineSeconds: 3600, queueSeconds: 3600, queueUntil: NOW };
  const job: Job = { ...newJob({ ...asked, ...bounds }, NOW), status: 'RUNNING', attempt: 1 };
  await change(store, jobKey(id), () => job);
  const steps = planSteps(parsed.request, { jobId: id, region: REGION });
  const plan: Plan = { version: PLAN_VERSION, steps, lanes: { forward: [] }, owns: outcomeOf(steps, steps) };
  return { job, request: { hash: '', value }, plan, ledger: new Map() };
}

async function record(store: Store, jobRecord: JobRecord): Promise<void> {
  const clock = { now: () => new Date(NOW), after: () => new Date(NOW) };
  await recordInventory({ store, clock, settings: { region: REGION } }, jobRecord, 'SUCCEEDED');
}

/** The job's last function twice, and the next job before the first of them comes to its write. */
async function afterLateHand(first: Operation, next: Operation): Promise<string | undefined> {
  const store = memoryStore();
  if (first !== 'provision') await record(store, await running(store, 'job-0', 'provision'));
  const jobRecord = await running(store, 'job-1', first);
  let isLate = false;
  const stalling: Store = {
    ...store,
    async put(key, value, version, index) {
      if (!isLate) {
        isLate = true;
        await record(store, jobRecord);
        await change(store, jobKey('job-1'), job => job && { ...job, status: 'SUCCEEDED' as const });
        await record(store, await running(store, 'job-2', next));
      }
      return store.put(key, value, version, index);
    },
  };
  await record(stalling, jobRecord);
  assert.ok(isLate);
  return (await readEntryPoint(store, 'edge'))?.jobId;
}

const LATE: [first: Operation, next: Operation, stands: string | undefined][] = [
  ['provision', 'update', 'job-2'],
  ['provision', 'remove', undefined],
  ['update', 'update', 'job-2'],
  ['update', 'remove', undefined],
  ['remove', 'provision', 'job-2'],
];
for (const [first, next, stands] of LATE)
  test(`a late end of a job to ${first} does not overwrite the record of a later job to ${next}`, async () => {
    assert.equal(await afterLateHand(first, next), stands);
  });

test('a Lambda of a former attempt records nothing', async () => {
  const store = memoryStore();
  const jobRecord = await running(store, 'job-1', 'provision');
  await change(store, jobKey('job-1'), job => job && { ...job, attempt: 2 });
  await record(store, jobRecord);
  assert.equal(await store.get(entryPointKey('edge')), undefined);
});

test('a removed entry point is in no list, and its name can be used again', async () => {
  const store = memoryStore();
  const listed = async () => (await store.list('list', 'entry-points', { limit: 10 })).items.length;
  await record(store, await running(store, 'job-1', 'provision'));
  assert.equal(await listed(), 1);
  await record(store, await running(store, 'job-2', 'remove'));
  assert.equal(await listed(), 0);
  await record(store, await running(store, 'job-3', 'provision'));
  assert.deepEqual([await listed(), (await readEntryPoint(store, 'edge'))?.jobId], [1, 'job-3']);
});
