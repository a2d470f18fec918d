// The targets of a group, which take several calls to register and to deregister, and drain before they are gone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeregisterTargetsCommand, VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { createWorld, type Fault, type World } from '../world/world.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

interface Spec {
  entryPoint: string;
  targetGroups: { targets: { id: string; port: number }[] }[];
}

const SERVICE = 'vpc-lattice';
const { denied } = errorsOf(SERVICE);

const fault = (operation: string, rest: Partial<Fault>): Fault => {
  return { service: SERVICE, operation, fault: 'error', times: 1, error: denied, ...rest };
};

function specOf(targets: number): Spec {
  const spec = exampleNamed('checkout-edge') as Spec;
  for (const group of spec.targetGroups) {
    group.targets = Array.from({ length: targets }, (_, at) => ({ id: `10.0.1.${at + 1}`, port: 8080 }));
  }
  return spec;
}

function strangerIn(world: World): VPCLatticeClient {
  const { requestHandler, credentials } = world.stranger().config;
  return new VPCLatticeClient({ region: 'eu-west-1', credentials, requestHandler, maxAttempts: 1 });
}

for (const registerDrainingTarget of ['accept', 'unsuccessful']) {
  test(`the next update registers a target again that was deregistered outside Gatehouse, whatever the cloud answers while it drains: ${registerDrainingTarget}`, async () => {
    const world = createWorld();
    await world.switches({ [SERVICE]: { registerDrainingTarget } });
    const spec = specOf(2);
    await world.finish((await world.submit(spec, 'first')).id);
    const before = await world.picture();
    const stands = await readEntryPoint(world.store, spec.entryPoint);
    const group = stands?.resources.find(({ kind }) => kind === 'targetGroup');
    const targets = [{ id: '10.0.1.1', port: 8080 }];
    await strangerIn(world).send(new DeregisterTargetsCommand({ targetGroupIdentifier: group?.id, targets }));
    const { job } = await world.finish((await world.submit({ ...spec, operation: 'update' }, 'second')).id);
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
    world.pass(3600);
    assert.equal(await world.picture(), before);
  });
}

test('targets that a lost call registers once the rollback has taken the others out are taken out, too', async () => {
  const world = createWorld();
  const before = await world.picture();
  await world.switches({ [SERVICE]: { drainOfUnused: 'immediate' } });
  await world.faults([
    fault('RegisterTargets', { after: 1, fault: 'lateCreate', delayMs: 17_000 }),
    fault('RegisterTargets', { after: 1 }),
  ]);
  const { job } = await world.finish((await world.submit(specOf(150))).id);
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.leftovers));
  world.pass(3600);
  assert.equal(await world.picture(), before);
});
