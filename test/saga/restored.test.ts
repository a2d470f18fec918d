// A resource that was deleted before its successor was created is recreated by a rollback, completely, whatever fault
// meets that.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '@gatehouse/core/record/job';
import type { JobRecord } from '@gatehouse/core/record/records';
import { createWorld, type Fault, type LambdaFaults, type World } from '../world/world.ts';
import { withoutIds } from './changes.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

type Target = { id: string; port: number };

interface Spec {
  entryPoint: string;
  targetGroups: { config: Record<string, unknown>; targets: Target[] }[];
}

const LATTICE = 'vpc-lattice';
const denied = errorsOf(LATTICE).denied;

const fault = (operation: string, rest: Partial<Fault>): Fault => {
  return { service: LATTICE, operation, fault: 'error', times: 1, error: denied, ...rest };
};

/** An update that no call makes in place, of a group of so many targets. */
async function replacement({
  targets = 2,
  lambdaFaults,
}: {
  targets?: number;
  lambdaFaults?: LambdaFaults;
} = {}) {
  const world = createWorld(lambdaFaults, 'made-again');
  const spec = exampleNamed('checkout-edge') as Spec;
  for (const group of spec.targetGroups) {
    group.targets = Array.from({ length: targets }, (_, at) => ({ id: `10.0.1.${at + 1}`, port: 8080 }));
  }
  assert.equal((await world.finish((await world.submit(spec, 'first')).id)).job.status, 'SUCCEEDED');
  const before = await world.picture();
  const to = structuredClone({ ...spec, operation: 'update', options: { allowInterruption: true } });
  for (const { config } of to.targetGroups) config['protocol'] = 'HTTPS';
  return { world, before, update: () => world.submit(to, 'second') };
}

async function assertAsBefore(world: World, before: string, { job }: JobRecord): Promise<void> {
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.leftovers ?? job.problem));
  world.pass(3600);
  assert.deepEqual(withoutIds(JSON.parse(await world.picture())), withoutIds(JSON.parse(before)));
}

test('a Conclude that dies after it has announced a restore does not end the rollback before the restore', async () => {
  const turnedBack = async (lambdaFaults?: LambdaFaults) => {
    const { world, before, update } = await replacement(lambdaFaults ? { lambdaFaults } : {});
    await world.faults([fault('CreateTargetGroup', {})]);
    const { put } = world.store;
    let saidAt = 0;
    world.store.put = async (key, value, version, index) => {
      if ((value as Partial<Job>).phase === 'restore' && saidAt === 0) saidAt = world.writes();
      return put(key, value, version, index);
    };
    await assertAsBefore(world, before, await world.finish((await update()).id));
    return saidAt;
  };
  const saidAt = await turnedBack();
  let died = 0;
  await turnedBack({
    dieAtWrite: n => {
      if (n !== saidAt) return undefined;
      died++;
      return 'after';
    },
  });
  assert.equal(died, 1);
});

test('targets of which some were deregistered before the rollback are all registered again', async () => {
  const { world, before, update } = await replacement({ targets: 150 });
  await world.faults([fault('DeregisterTargets', { after: 1 })]);
  const jobRecord = await world.finish((await update()).id);
  await assertAsBefore(world, before, jobRecord);
});
