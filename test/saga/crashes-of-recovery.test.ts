// The sweep over the database writes of recovery: the schedule's Lambda dies right before and right after each of them,
// and its next run completes the work.
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { recoverAll } from '@gatehouse/core/saga/recover-all';
import { PAST_GAP_SECONDS } from '../world/jobs.ts';
import { createWorld, type LambdaFaults, type World } from '../world/world.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { exampleNamed, sweep } from './sweep.ts';

const VOICE = exampleNamed('voice-udp');

interface Scene {
  name: string;
  ends: string;
  lambdaFaults?: () => LambdaFaults;
  /** Up to where recovery is needed; gives the job that needs it. */
  upTo(world: World): Promise<string>;
}

const SCENES: Scene[] = [
  {
    name: 'a job that was accepted and stands in no line yet',
    ends: 'SUCCEEDED',
    lambdaFaults: () => ({ dieAtWrite: n => (n === 2 ? 'after' : undefined) }),
    upTo: async world => (await world.submit(VOICE)).id,
  },
  {
    name: 'a job whose execution a person has stopped',
    ends: 'ROLLED_BACK',
    async upTo(world) {
      const busy = { code: 'ThrottlingException', status: 400, message: 'slow down' };
      const fault = { service: 'globalaccelerator', operation: 'CreateEndpointGroup', fault: 'error' };
      await world.faults([{ ...fault, times: 100_000, error: busy }]);
      const { id } = await world.submit(VOICE);
      while (!(await world.calls()).some(({ operation }) => operation === 'CreateEndpointGroup'))
        await turn();
      await world.stopJob(id);
      await world.idle();
      await world.clearFaults();
      world.pass(PAST_GAP_SECONDS);
      return id;
    },
  },
  {
    name: 'a job whose last writes were cut off, time and again',
    ends: 'SUCCEEDED',
    lambdaFaults: diesAtLeaving,
    async upTo(world) {
      const { id } = await world.submit(VOICE);
      await world.idle();
      world.pass(PAST_GAP_SECONDS);
      return id;
    },
  },
];

/** The first write of each of its two lines is its joining, which goes well. */
function diesAtLeaving(): LambdaFaults {
  let lineWrites = 0;
  return {
    dieAtWrite(_, key) {
      if (key.startsWith('LINE#')) lineWrites++;
      return key.startsWith('LINE#') && lineWrites > 2 ? 'before' : undefined;
    },
  };
}

for (const scene of SCENES) {
  const writes = await writesOf(scene);
  const cases = Array.from({ length: writes }, (_, at) => at + 1).flatMap(write =>
    (['before', 'after'] as const).map(when => ({ name: `${when} write ${write}`, write, when })),
  );
  sweep(`recovery of ${scene.name}, cut off at any one write, is made up for`, cases, async death => {
    const { world, before, id, died } = await recovered(scene, death);
    assert.ok(died(), 'the write was reached');
    const jobRecord = await world.finish(id);
    assert.equal(jobRecord.job.status, scene.ends, JSON.stringify(jobRecord.job.problem));
    await assertInvariants(world, before, jobRecord);
  });
}

async function recovered(scene: Scene, death: { write: number; when: 'before' | 'after' }) {
  const lambdaFaults = scene.lambdaFaults?.();
  let recovery = false;
  let deathAt = Number.POSITIVE_INFINITY;
  let hasDied = false;
  const world: World = createWorld({
    dieAtWrite: (n, key) => {
      if (!recovery) return lambdaFaults?.dieAtWrite?.(n, key);
      if (n !== deathAt) return undefined;
      hasDied = true;
      return death.when;
    },
  });
  const before = await pictureBefore(world);
  const id = await scene.upTo(world);
  const written = world.writes();
  recovery = true;
  deathAt = written + death.write;
  await recoverAll(world.ports());
  return { world, before, id, died: () => hasDied, writes: world.writes() - written };
}

/** By the schedule alone: what an execution that it has started writes then is another sweep's. */
async function writesOf(scene: Scene): Promise<number> {
  const { world, writes } = await recovered(scene, { write: Number.POSITIVE_INFINITY, when: 'before' });
  await world.idle();
  assert.ok(writes > 0, `${scene.name}: recovery writes`);
  return writes;
}
