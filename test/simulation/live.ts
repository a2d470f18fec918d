// Runs a life in the world in memory, with the faults of each round; after each round it checks all invariants. At the
// end all faults are removed, all entry points are removed, and the clouds are as at the start.
import assert from 'node:assert/strict';
import { accept } from '@gatehouse/core/api/accept';
import { performAction } from '@gatehouse/core/api/act';
import type { Action } from '@gatehouse/core/record/events';
import { isStuck, type Job } from '@gatehouse/core/record/job';
import { type JobRecord, readEntryPoint, readJobRecord } from '@gatehouse/core/record/records';
import { recoverAll } from '@gatehouse/core/saga/recover-all';
import { PAST_GAP_SECONDS } from '../world/jobs.ts';
import { createWorld, type LambdaFaults, type World } from '../world/world.ts';
import { ON_ALICLOUD } from './alicloud-specs.ts';
import { makeWhatIsAdopted, takeAway, tamper } from './foreign-changes.ts';
import { assertAsBefore, assertHolds, type History } from './holds.ts';
import type { Ask, Life, Round } from './life.ts';
import { ENTRY_POINTS } from './specs.ts';

const CALLER = '123456789012/user/alice';
/** A minute each: longer than any job may run and then roll back. */
const MAX_LOOKS = 200;

interface Living {
  world: World;
  history: History;
  /** Changed from round to round. */
  lambdaFaults: LambdaFaults;
  /** So many requests so far. */
  keys: number;
}

/** Throws what did not hold. Gives all that its jobs went through: statuses, and verbs. */
export async function live(life: Life): Promise<string[]> {
  const lambdaFaults: LambdaFaults = {};
  const world = createWorld(lambdaFaults, `life ${life.seed}`);
  await world.switches(life.switches);
  const history: History = {
    initial: await world.picture(),
    jobRecords: new Map(),
    foreignObjects: new Map(),
    tampered: new Map(),
  };
  const living: Living = { world, history, lambdaFaults, keys: 0 };
  for (const [at, round] of life.rounds.entries()) {
    await during(`round ${at + 1}`, () => liveRound(living, round));
  }
  await during('the end', () => removeAll(living));
  const events = [...history.jobRecords.values()].flatMap(({ job }) => job.events);
  return events.map(({ action, status }) => action ?? status);
}

async function during(what: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (thrown) {
    throw new Error(`${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}`, {
      cause: thrown,
    });
  }
}

async function liveRound(living: Living, round: Round): Promise<void> {
  const { world, history } = living;
  const amid = round.tampering.filter(({ turns }) => turns !== undefined);
  const peaceful = round.faults.length === 0 && round.deaths.length === 0 && amid.length === 0;
  for (const each of round.asks) if (each.adopts) await makeWhatIsAdopted(living, each);
  for (const each of round.tampering) if (each.turns === undefined) await tamper(living, each);
  const before = await pictureLater(world);
  const theirs = new Set(history.foreignObjects.keys());
  await trouble(living, round);
  const ids: string[] = [];
  for (const each of round.asks) ids.push(...(await submit(living, each)));
  await meanwhile(living, round, ids);
  await settle(living, ids);
  if (peaceful) for (const id of ids) await assertPeaceful(living, id, round);
  await askStuck(living, round.verbs);
  await forgive(living);
  await takeAway(living, theirs);
  await settle(living, ids);
  // With nothing in their way any more, stuck jobs come to their end.
  for (let left = 3; left > 0 && (await stuckJobs(living)).length > 0; left--)
    await askStuck(living, [{ verb: 'retry', turns: 'settled' }]);
  // What a person has left behind may have the name of what is to be made again, or hang on what is to be removed.
  const blocked = (await stuckJobs(living)).filter(job => leftBehindBefore(living, job));
  for (const { id } of blocked) await verb(living, id, 'forget');
  if (blocked.length > 0) await settle(living, ids);
  const stuck = await stuckJobs(living);
  assert.deepEqual(
    stuck.map(({ id, status, leftovers }) => [id, status, leftovers]),
    [],
    'a retry without trouble ends a stuck job',
  );
  if (amid.length === 0) {
    const jobRecords = await Promise.all(ids.map(id => dossierOf(world, id)));
    assertAsBefore(await pictureLater(world), before, jobRecords, history);
  }
  await assertHolds(world, history);
}

/** A person has skipped a step of it, or has given up what an earlier job of its entry point could not take away. */
function leftBehindBefore({ history }: Living, { entryPoint, skipped }: Job): boolean {
  const earlier = [...history.jobRecords.values()].filter(({ job }) => job.entryPoint === entryPoint);
  return skipped !== undefined || earlier.some(({ job }) => job.resolution !== undefined);
}

async function pictureLater(world: World): Promise<string> {
  world.pass(3600);
  return world.picture();
}

/** In peace a job succeeds, or is refused before it changes anything, or was cancelled; unless something was left in its way. */
async function assertPeaceful(living: Living, id: string, { asks }: Round): Promise<void> {
  const { job } = await dossierOf(living.world, id);
  if (leftBehindBefore(living, job)) return;
  const ends = ['SUCCEEDED', 'FAILED'];
  if (asks.some(({ cancelAfter }) => cancelAfter !== undefined))
    ends.push('CANCELLED', 'ROLLED_BACK', 'REMOVE_FAILED');
  assert.ok(
    ends.includes(job.status),
    `in peace ${job.operation} ended ${job.status}: ${JSON.stringify(job.problem)}`,
  );
}

async function trouble({ world, lambdaFaults }: Living, { faults, deaths, twice }: Round): Promise<void> {
  await world.faults(faults);
  const from = world.writes();
  const planned = new Map(deaths.map(({ write, when }) => [from + write, when]));
  lambdaFaults.twice = twice;
  lambdaFaults.dieAtWrite = n => planned.get(n);
}

async function forgive({ world, lambdaFaults }: Living): Promise<void> {
  await world.clearFaults();
  lambdaFaults.twice = false;
  lambdaFaults.dieAtWrite = () => undefined;
}

/** The id of its job, if it was accepted. */
async function submit(living: Living, { name, spec, options, adopts }: Ask): Promise<string[]> {
  const { world } = living;
  const stands = (await readEntryPoint(world.store, name)) !== undefined;
  const allowed = stands ? options : {};
  // An instance takes one change at a time, and a switch makes each of them last five minutes.
  const time = ON_ALICLOUD.some(each => each === name) ? { deadlineSeconds: 10_800 } : {};
  const value = spec
    ? {
        operation: stands ? 'update' : 'provision',
        entryPoint: name,
        ...spec,
        options: { ...allowed, ...time, ...(adopts ? { adopt: true } : {}) },
      }
    : { operation: 'remove', entryPoint: name, options: time };
  const id = await accepted(living, value);
  return id === undefined ? [] : [id];
}

async function accepted(living: Living, value: unknown): Promise<string | undefined> {
  const idempotencyKey = `key-${++living.keys}`;
  for (;;) {
    try {
      const answer = await accept(living.world.ports(), { caller: CALLER, idempotencyKey, value });
      if (answer.outcome === 'forbidden') return undefined;
      assert.ok(answer.outcome === 'accepted' || answer.outcome === 'replayed', JSON.stringify(answer));
      return answer.job.id;
    } catch (thrown) {
      // The API's own Lambda died: its caller sends the same request again, under the same key.
      if (!(thrown instanceof Error) || thrown.name !== 'Lambda.Unknown') throw thrown;
    }
  }
}

/** What comes while the jobs are under way, each so many turns of the event loop after they were asked. */
async function meanwhile(living: Living, { asks, tampering }: Round, ids: string[]): Promise<void> {
  const cancels = asks.flatMap(({ cancelAfter: turns }, at) => {
    const id = ids[at];
    return turns !== undefined && id ? [{ turns, act: () => verb(living, id, 'cancel') }] : [];
  });
  const changes = tampering.flatMap(each => {
    return each.turns === undefined ? [] : [{ turns: each.turns, act: () => tamper(living, each) }];
  });
  let passed = 0;
  for (const { turns, act } of [...cancels, ...changes].toSorted((a, b) => a.turns - b.turns)) {
    await passTurns(turns - passed);
    passed = turns;
    await act();
  }
}

async function passTurns(count: number): Promise<void> {
  for (let left = count; left > 0; left--) await new Promise(resolve => setImmediate(resolve));
}

async function verb({ world }: Living, id: string, asked: Action, step?: string): Promise<void> {
  const asking = { action: asked, by: CALLER, reason: 'as drawn', ...(step ? { step } : {}) };
  for (let tries = 0; tries < 20; tries++) {
    try {
      await performAction(world.ports(), id, asking);
      return;
    } catch (thrown) {
      if (!(thrown instanceof Error) || !/^(Lambda\.Unknown|RetryableError)$/.test(thrown.name)) throw thrown;
    }
  }
}

/** Until every job has ended, or waits for a person. */
async function settle({ world, history }: Living, ids: string[]): Promise<void> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    await world.idle();
    const open = await openJobs(world);
    const stuck = await stuckJobs({ world, history });
    const behind = (job: Job) => stuck.some(each => each.entryPoint === job.entryPoint && each.id !== job.id);
    if (open.every(job => job.status === 'QUEUED' && behind(job))) break;
    assert.ok(
      look < MAX_LOOKS - 1,
      `it does not end: ${JSON.stringify(open.map(({ id, status, phase }) => ({ id, status, phase })))}`,
    );
    world.pass(PAST_GAP_SECONDS);
    await recoverAll(world.ports()).catch(() => {});
  }
  for (const id of new Set([...ids, ...history.jobRecords.keys()]))
    history.jobRecords.set(id, await dossierOf(world, id));
}

async function openJobs(world: World): Promise<Job[]> {
  return (await world.store.list<Job>('open', 'open', { limit: 100 })).items;
}

async function stuckJobs({ world }: Pick<Living, 'world' | 'history'>): Promise<Job[]> {
  const lists = await Promise.all(
    ['ROLLBACK_FAILED', 'REMOVE_FAILED'].map(status =>
      world.store.list<Job>('status', status, { limit: 100 }),
    ),
  );
  return lists.flatMap(({ items }) => items).filter(isStuck);
}

/** Of each job that is stuck now, one verb after another, whatever the ones before have made of it. */
async function askStuck(living: Living, verbs: Round['verbs']): Promise<void> {
  const { world, history } = living;
  const stuck = await stuckJobs(living);
  if (stuck.length === 0) return;
  for (const { verb: asked, turns } of verbs) {
    for (const { id } of stuck) {
      const { leftovers } = (await dossierOf(world, id)).job;
      await verb(living, id, asked, leftovers?.[0]?.step);
    }
    if (turns === 'settled') await settle(living, [...history.jobRecords.keys()]);
    else await passTurns(turns);
  }
  await settle(living, [...history.jobRecords.keys()]);
}

async function dossierOf(world: World, id: string): Promise<JobRecord> {
  const jobRecord = await readJobRecord(world.store, id);
  assert.ok(jobRecord, id);
  return jobRecord;
}

async function removeAll(living: Living): Promise<void> {
  const { world } = living;
  for (const name of ENTRY_POINTS) {
    if (!(await readEntryPoint(world.store, name))) continue;
    const id = await accepted(living, { operation: 'remove', entryPoint: name, options: { force: true } });
    assert.ok(id);
    await settle(living, [id]);
    const { job } = await dossierOf(world, id);
    assert.equal(
      job.status,
      'SUCCEEDED',
      `${name} is removed: ${JSON.stringify([job.problem, job.leftovers])}`,
    );
  }
  await assertHolds(world, living.history);
}
