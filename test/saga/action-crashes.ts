// Actions on a job, with one death at any of their writes and of the writes that follow: each action on a stuck
// rollback, a stuck removal and a stuck cleanup, and the cancellation of a removal. Each action is requested once and
// happens once.
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { performAction } from '@gatehouse/core/api/act';
import type { Action } from '@gatehouse/core/record/events';
import type { Job } from '@gatehouse/core/record/job';
import type { JobRecord } from '@gatehouse/core/record/records';
import { createWorld, type Fault, type World } from '../world/world.ts';
import { assertChanged, CHANGES, standsOf } from './changes.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

interface Scene {
  name: string;
  ways: { verbs: Action[]; ends: Job['status'] }[];
  /** Up to where a person is asked. */
  upTo(world: World): Promise<Waiting>;
}

interface Waiting {
  id: string;
  /** What is left, where it is stuck. */
  step?: string;
  assertHolds(jobRecord: JobRecord): Promise<void>;
}

export interface ActionCase {
  name: string;
  scene: Scene;
  verbs: Action[];
  ends: Job['status'];
  write: number;
  when: 'before' | 'after';
}

const VOICE = exampleNamed('voice-udp');

function fault(operation: string, times: number, error = errorsOf('globalaccelerator').denied): Fault {
  return { service: 'globalaccelerator', operation, fault: 'error', times, error };
}

const SCENES: Scene[] = [
  {
    name: 'a stuck rollback',
    ways: [
      { verbs: ['retry'], ends: 'ROLLED_BACK' },
      { verbs: ['skip'], ends: 'ROLLBACK_FAILED' },
      { verbs: ['forget'], ends: 'ROLLBACK_FAILED' },
      { verbs: ['skip', 'retry'], ends: 'ROLLED_BACK' },
    ],
    async upTo(world) {
      const before = await pictureBefore(world);
      await world.faults([fault('CreateEndpointGroup', 1), fault('DeleteListener', 100)]);
      const { id } = await world.submit(VOICE, 'stuck');
      const assertHolds = (jobRecord: JobRecord) => assertInvariants(world, before, jobRecord);
      return { ...(await stuck(world, id, 'ROLLBACK_FAILED')), assertHolds };
    },
  },
  ...[
    { name: 'a stuck removal', change: 'the removal of voice-udp', denied: 'DeleteListener' },
    {
      name: 'an update whose removals got stuck',
      change: 'groups and endpoints that come and go',
      denied: 'DeleteEndpointGroup',
    },
  ].map(
    ({ name, change, denied }): Scene => ({
      name,
      ways: [
        { verbs: ['retry'], ends: 'SUCCEEDED' },
        { verbs: ['skip'], ends: 'REMOVE_FAILED' },
        { verbs: ['forget'], ends: 'REMOVE_FAILED' },
      ],
      async upTo(world) {
        const { asked, assertHolds } = await begun(world, change, [fault(denied, 100)]);
        return { ...(await stuck(world, asked.id, 'REMOVE_FAILED')), assertHolds };
      },
    }),
  ),
  {
    name: 'a removal that is under way',
    ways: [
      { verbs: ['cancel'], ends: 'REMOVE_FAILED' },
      { verbs: ['cancel', 'retry'], ends: 'SUCCEEDED' },
    ],
    async upTo(world) {
      const [throttled] = errorsOf('globalaccelerator').throttled;
      const faults = [fault('DeleteListener', 100_000, throttled)];
      const { asked, assertHolds } = await begun(world, 'the removal of voice-udp', faults);
      while ((await world.reached())[0]?.reached === 0) await turn();
      return { id: asked.id, assertHolds };
    },
  },
];

async function begun(world: World, name: string, faults: Fault[]) {
  const change = CHANGES.find(each => each.name === name);
  assert.ok(change, name);
  const stands = await standsOf(world, change);
  await world.faults(faults);
  const asked = await world.submit(change.to, 'second');
  const assertHolds = (jobRecord: JobRecord) => assertChanged(world, { ...stands, jobRecord });
  return { asked, assertHolds };
}

async function stuck(world: World, id: string, status: Job['status']): Promise<{ id: string; step: string }> {
  const { job } = await world.finish(id);
  assert.equal(job.status, status, JSON.stringify(job.problem));
  const [{ step } = { step: '' }] = job.leftovers ?? [];
  return { id, step };
}

export async function actionCrashes(): Promise<ActionCase[]> {
  const cases: ActionCase[] = [];
  for (const scene of SCENES) {
    for (const way of scene.ways) {
      const peaceful = {
        ...way,
        name: scene.name,
        scene,
        write: Number.POSITIVE_INFINITY,
        when: 'before' as const,
      };
      const { writes } = await follow(peaceful);
      for (let write = 1; write <= writes; write++) {
        for (const when of ['before', 'after'] as const) {
          const name = `${way.verbs.join(', ')} of ${scene.name}, ${when} write ${write}`;
          cases.push({ ...way, name, scene, write, when });
        }
      }
    }
  }
  return cases;
}

export async function runActionCase(planned: ActionCase): Promise<void> {
  const { died } = await follow(planned);
  assert.ok(died, 'the write was reached');
}

async function follow({
  scene,
  verbs,
  ends,
  write,
  when,
}: ActionCase): Promise<{ writes: number; died: boolean }> {
  const death = { at: Number.POSITIVE_INFINITY, died: false };
  const world = createWorld(
    {
      dieAtWrite: n => {
        if (n !== death.at) return undefined;
        death.died = true;
        return when;
      },
    },
    scene.name,
  );
  const { id, step, assertHolds } = await scene.upTo(world);
  const from = world.writes();
  death.at = from + write;
  for (const verb of verbs) {
    const asking = {
      action: verb,
      by: '123456789012/user/alice',
      reason: 'as planned',
      ...(step ? { step } : {}),
    };
    // Who does not get an answer asks once more.
    await performAction(world.ports(), id, asking).catch(() => performAction(world.ports(), id, asking));
    await world.clearFaults();
    await world.finish(id);
  }
  const jobRecord = await world.finish(id);
  const writes = world.writes() - from;
  assert.equal(jobRecord.job.status, ends, JSON.stringify(jobRecord.job.problem));
  const asked = jobRecord.job.events.flatMap(event => (event.action ? [event.action] : []));
  assert.deepEqual(asked, verbs, 'each was asked once');
  await assertHolds(jobRecord);
  return { writes, died: death.died };
}
