// A deployment takes over jobs that an older version of the code has begun, at any moment, with the plan and the ledger
// that the older version wrote. Each of them still runs to its end. The records of test/fixtures/record.ts are put in the
// table, and their cloud calls are repeated; the cloud ids are new.
//
// Before PLAN_VERSION rises (packages/core/src/record/plan.ts), the present version is recorded:
//
//   node test/fixtures/record.ts && npm run format
//
// A new moment is one more entry in test/fixtures/scenes.ts, and its end one more line below.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performAction } from '@gatehouse/core/api/act';
import type { IndexEntry } from '@gatehouse/core/ports/ports';
import { isStuck, type Job, jobIndex } from '@gatehouse/core/record/job';
import type { Entry } from '@gatehouse/core/record/ledger';
import type { Plan } from '@gatehouse/core/record/plan';
import { type EntryPoint, entryPointIndex, jobKey, readJobRecord } from '@gatehouse/core/record/records';
import type { Recorded } from '../fixtures/record.ts';
import { type Ids, passTo, renamed, replay } from '../fixtures/replay.ts';
import type { Item } from '../world/memory-store.ts';
import { type Call, createWorld, type World } from '../world/world.ts';
import { assertChanged } from './changes.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { sweep } from './sweep.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');

const ENDS: Record<string, string> = {
  'heads-its-lines': 'SUCCEEDED',
  started: 'SUCCEEDED',
  planned: 'SUCCEEDED',
  'first-intent': 'SUCCEEDED',
  'half-made': 'SUCCEEDED',
  'all-applied': 'SUCCEEDED',
  'in-the-inventory': 'SUCCEEDED',
  'succeeded-in-its-lines': 'SUCCEEDED',
  marked: 'ROLLED_BACK',
  'turned-back': 'ROLLED_BACK',
  'half-undone': 'ROLLED_BACK',
  'rollback-failed': 'ROLLED_BACK',
  'update-half-changed': 'SUCCEEDED',
  'update-amid-its-removals': 'SUCCEEDED',
  'update-sealed': 'SUCCEEDED',
  'update-half-put-back': 'ROLLED_BACK',
  'update-removals-failed': 'SUCCEEDED',
  'update-with-a-gap-before-it': 'SUCCEEDED',
  'update-with-a-gap-in-it': 'SUCCEEDED',
  'update-with-a-gap-closing-it-again': 'ROLLED_BACK',
  'removal-planned': 'SUCCEEDED',
  'removal-half-gone': 'SUCCEEDED',
  'removal-failed': 'SUCCEEDED',
  'shop-half-made': 'SUCCEEDED',
  'shop-half-changed': 'SUCCEEDED',
  'shop-amid-its-removals': 'SUCCEEDED',
  'shop-half-put-back': 'ROLLED_BACK',
  'shop-half-gone': 'SUCCEEDED',
};

interface Fixture {
  name: string;
  recorded: Recorded;
  ends: string | undefined;
}

const fixtures = readdirSync(FIXTURES)
  .filter(version => version.startsWith('plan-'))
  .flatMap(version => readdirSync(join(FIXTURES, version)).map(file => fixtureIn(version, file)));

sweep('a job begun by an older version runs to its end', fixtures, async ({ name, recorded, ends }) => {
  assert.ok(ends, `${name} is a moment that this test knows`);
  const world = createWorld({}, name);
  const initial = await pictureBefore(world);
  const stood = await (recorded.calls
    ? restoreByCalls(world, recorded, recorded.calls)
    : restore(world, recorded));
  const job = (await world.store.get(jobKey(recorded.jobId)))?.value;
  if (job && isStuck(job))
    await performAction(world.ports(), recorded.jobId, { action: 'retry', by: 'test' });
  const jobRecord = await world.finish(recorded.jobId);
  assert.equal(jobRecord.job.status, ends, JSON.stringify(jobRecord.job.problem));
  if (stood) await assertChanged(world, { ...stood, initial: initial.picture, jobRecord });
  else await assertInvariants(world, initial, jobRecord);
});

function fixtureIn(version: string, file: string): Fixture {
  const moment = file.replace('.json', '');
  const recorded = JSON.parse(readFileSync(join(FIXTURES, version, file), 'utf8')) as Recorded;
  return { name: `${version}, ${moment}`, recorded, ends: ENDS[moment] };
}

/** Gives what the entry point was before the job, where it stood. */
async function restoreByCalls(world: World, recorded: Recorded, calls: Call[]) {
  const { items, jobId, stood } = recorded;
  const asked = items.find(({ pk, sk }) => pk === `JOB#${jobId}` && sk === 'JOB')?.value as Job;
  const isOfJob = ({ at }: Call) => at >= asked.createdAt;
  const then = await replay(
    world,
    calls.filter(call => !isOfJob(call)),
    items,
  );
  passTo(world, asked.createdAt);
  const before = await world.picture();
  const ids = await replay(world, calls.filter(isOfJob), items, then);
  await fillTable(world, items, ids);
  passTo(world, recorded.at);
  if (!stood) return undefined;
  const first = await readJobRecord(world.store, stood.jobId);
  assert.ok(first, 'the job that made what stood is recorded');
  return { before, stood: renamed(stood, ids), first };
}

async function restore(world: World, { items, at }: Recorded): Promise<undefined> {
  const plan = items.find(item => item.sk === 'PLAN')?.value as Plan | undefined;
  const entries = items.filter(item => item.sk.startsWith('LEDGER#')).map(item => item.value as Entry);
  const ids = plan ? await makeWhatStands(world, plan, entries) : new Map<string, string>();
  await fillTable(world, items, ids);
  passTo(world, at);
}

async function fillTable(world: World, items: Item[], ids: Ids): Promise<void> {
  const { store } = world.ports();
  for (const { pk, sk, value, index = indexOf(sk, value) } of renamed(items, ids)) {
    await store.put({ pk, sk }, value, 0, index);
  }
}

/** Recorded since the second recordings. */
function indexOf(sk: string, value: unknown): IndexEntry | undefined {
  if (sk === 'JOB') return jobIndex(value as Job);
  return sk === 'ENTRYPOINT' ? entryPointIndex(value as EntryPoint) : undefined;
}

async function makeWhatStands(world: World, plan: Plan, entries: Entry[]): Promise<Ids> {
  const ids = new Map<string, string>();
  const now = new Map<string, string>();
  for (const step of plan.steps) {
    const entry = entries.find(each => each.step === step.id);
    if (!entry?.id || (entry.state !== 'made' && entry.state !== 'applied')) continue;
    const needed = Object.entries(step.needs).map(([member, needs]) => [member, now.get(needs)]);
    const desired = { ...step.desired, ...Object.fromEntries(needed) };
    // Its group has to be active first.
    if (step.kind === 'targets') world.pass(60);
    const resource = world.ports().resource(step.kind);
    const id = resource.idOf(await resource.create?.(desired, entry.token, entry.before));
    ids.set(entry.id, id);
    now.set(step.id, id);
  }
  return ids;
}
