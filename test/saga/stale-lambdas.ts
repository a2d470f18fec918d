// Lambdas that continue after their job has moved on. One waits for the answer of a cloud; meanwhile the next attempt
// becomes the current one, the job rolls back or ends, or an operator cancels it. When the answer arrives, the fence
// must stop the Lambda: it makes no further change.
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { performAction } from '@gatehouse/core/api/act';
import type { Executions } from '@gatehouse/core/ports/ports';
import { changeJob } from '@gatehouse/core/record/change-job';
import { hasEnded } from '@gatehouse/core/record/events';
import { type Job, MAX_TRIES_PER_DIRECTION } from '@gatehouse/core/record/job';
import { recover } from '@gatehouse/core/saga/recover';
import { PAST_GAP_SECONDS } from '../world/jobs.ts';
import { jobOf } from '../world/records.ts';
import { type Call, createWorld, type World } from '../world/world.ts';
import { MUTATING } from './invariants.ts';
import { SCENES, type Scene } from './stale-scenes.ts';

type Way = keyof typeof WAYS;

export interface StaleCase {
  name: string;
  scene: Scene;
  way: Way;
  /** The call whose answer is held, among all of the run. */
  call: Call;
  /** How the job ends where nothing befalls it. */
  ends: Job['status'];
}

/** Every case: each scene, each way, at the calls of its job. */
export async function staleCases(): Promise<StaleCase[]> {
  const cases: StaleCase[] = [];
  for (const scene of SCENES) {
    const world = createWorld({}, scene.name);
    const { id, assertHolds } = await scene.begin(world);
    const jobRecord = await world.finish(id);
    await assertHolds(jobRecord);
    cases.push(...casesOf(scene, jobRecord.job, await world.calls()));
  }
  return cases;
}

function casesOf(scene: Scene, job: Job, calls: Call[]): StaleCase[] {
  const turnedAt = job.events.find(({ status }) => status === 'ROLLING_BACK')?.at ?? job.endedAt ?? '';
  const from = job.status === 'ROLLED_BACK' ? turnedAt : (job.startedAt ?? '');
  const ofJob = calls.filter(({ at }) => at > from && at <= (job.endedAt ?? ''));
  return ofJob.filter(isTelling).flatMap(call => {
    if (isHalfOfChange(call, ofJob)) return [];
    const index = ofJob.filter(({ n, operation }) => operation === call.operation && n <= call.n).length;
    const isBackward = call.at > turnedAt;
    return (Object.keys(WAYS) as Way[])
      .filter(way => !isBackward || way === 'superseded' || (way === 'over' && !isChange(call)))
      .map(way => {
        const name = `${scene.name}, ${isBackward ? 'undo, ' : ''}${call.operation} #${index}, ${way}`;
        return { name, scene, way, call, ends: job.status };
      });
  });
}

/** Of equal looks, which differ in the time of day only, the first and the last, and any that a change follows. */
function isTelling(call: Call, at: number, calls: Call[]): boolean {
  const next = calls[at + 1];
  if (next && isChange(next)) return true;
  const isSame = ({ operation, request }: Call) =>
    operation === call.operation && JSON.stringify(request) === JSON.stringify(call.request);
  return isChange(call) || calls.find(isSame) === call || calls.findLast(isSame) === call;
}

/** Some changes read a list that others change, too, right before they set it: behind the fence, and in one call of a resource. */
const READ_AND_SET: Record<string, string> = {
  SetLoadBalancerPoliciesOfListener: 'DescribeLoadBalancers',
  DeregisterTargets: 'ListTargets',
  DeleteEndpointGroup: 'ListEndpointGroups',
};

function isHalfOfChange(look: Call, calls: Call[]): boolean {
  const next = calls.find(({ n, operation, service }) => {
    return n > look.n && service === look.service && READ_AND_SET[operation] === look.operation;
  });
  const another = calls.find(({ n, operation }) => n > look.n && operation === look.operation);
  return next !== undefined && (another === undefined || next.n < another.n);
}

/** A removal waits with its end until no call of its dead Lambdas can be carried out any more. */
const MAX_ROUNDS = 5;

export async function runStaleCase({ scene, way, call, ends }: StaleCase): Promise<void> {
  const held = call.n - (scene.callsOfOthers ?? 0);
  const world = createWorld({ hold: { call: held, when: 'after' } }, scene.name);
  const { id, assertHolds } = await scene.begin(world);
  await world.held;
  await atRest(world);
  await WAYS[way](world, id);
  const calls = await world.calls();
  assert.equal(calls[call.n - 1]?.operation, call.operation, 'the answer that was meant is held');
  world.release();
  await world.idle();

  const job = await jobOf(world, id);
  // What was marked turns back by itself, and undoes from then on.
  const until = way === 'cancelled' ? turnedAt(job) : world.now().toISOString();
  const more = (await world.calls()).slice(calls.length).filter(each => isChange(each) && each.at <= until);
  assert.deepEqual(
    more.map(({ operation }) => operation),
    [],
    'the fence stops a Lambda whose job has moved on',
  );
  const jobRecord = await world.finish(id);
  if (way === 'superseded') assert.equal(jobRecord.job.status, ends, JSON.stringify(jobRecord.job.problem));
  await assertHolds(jobRecord);
}

const WAYS = {
  /** The next attempt is the current one, and has not done anything yet. */
  superseded: (world: World, id: string) => recoverDead(world, id),

  /** Its last attempt is dead: it turns back, or has ended in this very attempt. */
  async over(world: World, id: string): Promise<void> {
    await changeJob(world.ports(), id, job => ({ ...job, tries: MAX_TRIES_PER_DIRECTION }));
    const { status, attempt } = await jobOf(world, id);
    for (let rounds = 0; rounds < MAX_ROUNDS; rounds++) {
      await recoverDead(world, id);
      const now = await jobOf(world, id);
      if (now.status !== status || now.attempt !== attempt) return;
    }
    assert.fail(`${id} goes on as ${status} in attempt ${attempt}`);
  },

  async cancelled(world: World, id: string): Promise<void> {
    await performAction(world.ports(), id, { action: 'cancel', by: '123456789012/user/alice' });
  },
};

/** By the schedule, which finds the execution dead; the one that it starts does not come to anything yet. */
async function recoverDead(world: World, id: string): Promise<void> {
  const endedAt = world.now();
  world.pass(PAST_GAP_SECONDS);
  const executions: Executions = {
    describe: async () => ({ state: 'ended', endedAt }),
    start: async () => 'running',
    running: async () => new Set(),
  };
  await recover({ ...world.ports(), executions }, id);
}

/** Until nothing goes on but what is held. */
async function atRest(world: World): Promise<void> {
  const TURNS = 60;
  for (let before = -1, now = 0; now !== before; ) {
    for (let left = TURNS; left > 0; left--) await turn();
    before = now;
    now = (await world.calls()).length + world.writes();
  }
}

function turnedAt({ events }: Job): string {
  return events.find(({ status }) => status === 'ROLLING_BACK' || hasEnded(status))?.at ?? '';
}

function isChange({ operation }: Call): boolean {
  return MUTATING.test(operation);
}
