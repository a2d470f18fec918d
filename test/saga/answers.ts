// The whole life of an entry point in one world: provisioned, looked at, requested again, updated and rolled back, updated
// for good, updated back, removed. Where an answer of a cloud can be one or another, it takes each in its stride: nothing
// drifts, nothing is done twice, and the clouds are in the end as they were.
import assert from 'node:assert/strict';
import { driftOf } from '@gatehouse/core/plan/drift';
import { type JobRecord, readEntryPoint } from '@gatehouse/core/record/records';
import { type Call, createWorld, type Fault, type World } from '../world/world.ts';
import { MUTATING } from './invariants.ts';
import { errorsOf } from './sweep.ts';

/** The changes of a cleanup, from which an update does not turn back. */
const REMOVING = /^(Deregister|Remove|Delete|Untag|Dissociate)/;

export interface Spec {
  entryPoint: string;
  [part: string]: unknown;
}

export interface Life {
  /** By service, what the clouds are set to before the life begins. */
  switches?: Record<string, object>;
  from: Spec;
  to: Spec;
  /** What others do first. */
  before?: (world: World) => Promise<unknown>;
}

export interface Lived {
  world: World;
  /** Mutating calls of each job. */
  provision: Call[];
  undone: Call[];
}

export async function liveThrough({ switches, from, to, before }: Life): Promise<Lived> {
  const open = async () => {
    const world = createWorld();
    if (switches) await world.switches(switches);
    await before?.(world);
    return world;
  };
  const world = await open();
  const jobs = new Jobs(world);
  const initial = await settled(world);
  const provision = await jobs.run('SUCCEEDED', { operation: 'provision', ...from });
  await inSync(world, from);
  const stands = await settled(world);
  const again = await jobs.run('SUCCEEDED', { operation: 'update', ...from });
  assert.deepEqual(again, [], 'the same again changes nothing');

  const update = { operation: 'update', ...to };
  await world.faults([await turnBack(await open(), from, update)]);
  const undone = await jobs.run('ROLLED_BACK', update);
  await world.clearFaults();
  assertSame(await settled(world), stands, 'the clouds are as before the update');
  await inSync(world, from);

  await jobs.run('SUCCEEDED', update);
  await inSync(world, to);
  await jobs.run('SUCCEEDED', { operation: 'update', ...from });
  assertSame(await settled(world), stands, 'the clouds are as before both updates');
  await jobs.run('SUCCEEDED', { operation: 'remove', entryPoint: from.entryPoint });
  assertSame(await settled(world), initial, 'the clouds are as before the entry point');
  return { world, provision, undone };
}

class Jobs {
  readonly #world: World;
  #keys = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Gives the changes that the job made. */
  async run(ends: string, request: object): Promise<Call[]> {
    const { calls } = await this.record(ends, request);
    return calls.filter(({ operation, changed }) => changed && MUTATING.test(operation));
  }

  async record(ends: string, request: object): Promise<{ jobRecord: JobRecord; calls: Call[] }> {
    const world = this.#world;
    const from = (await world.calls()).length;
    this.#keys += 1;
    const jobRecord = await world.finish((await world.submit(request, `key-${this.#keys}`)).id);
    assert.equal(jobRecord.job.status, ends, JSON.stringify([request, jobRecord.job.problem]));
    return { jobRecord, calls: (await world.calls()).slice(from) };
  }
}

/** The look after the last change that adds something, as another world shows it: there, the update is refused. */
async function turnBack(other: World, from: Spec, update: object): Promise<Fault> {
  const jobs = new Jobs(other);
  await jobs.record('SUCCEEDED', { operation: 'provision', ...from });
  await jobs.record('SUCCEEDED', { operation: 'update', ...from });
  const { calls } = await jobs.record('SUCCEEDED', update);
  const last = calls.findLastIndex(({ operation }) => MUTATING.test(operation) && !REMOVING.test(operation));
  const look = calls.slice(last).find(({ operation }) => !MUTATING.test(operation));
  assert.ok(look, 'an update looks after its changes');
  const { service, operation, n } = look;
  const same = (call: Call) => call.service === service && call.operation === operation && call.n < n;
  const after = calls.filter(same).length;
  return { service, operation, fault: 'error', times: 1, after, error: errorsOf(service).denied };
}

async function inSync(world: World, { entryPoint }: Spec): Promise<void> {
  const found = await readEntryPoint(world.store, entryPoint);
  assert.ok(found);
  const { state, resources } = await driftOf(world.ports(), found);
  assert.equal(state, 'IN_SYNC', JSON.stringify(resources));
}

/** The clouds, once everything that was still under way has ended. */
async function settled(world: World): Promise<string> {
  world.pass(3600);
  return world.picture();
}

/** Names the lines of the pictures that differ: a picture is long. */
function assertSame(now: string, before: string, message: string): void {
  const [is, was] = [now.split('\n'), before.split('\n')];
  const differing = is.flatMap((line, at) => (line === was[at] ? [] : [[was[at], line]]));
  assert.deepEqual([differing.slice(0, 5), is.length], [[], was.length], message);
}
