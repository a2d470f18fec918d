// A call whose answer was lost is carried out late, after its job has completed without it: the next job of the entry
// point must find its effect.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, type World } from '../world/world.ts';
import { exampleNamed } from './sweep.ts';

const DELAYS_MS = [10_000, 30_000, 58_000];

async function late(world: World, service: string, operation: string, delayMs: number): Promise<void> {
  await world.faults([{ service, operation, fault: 'lateCreate', times: 1, delayMs }]);
}

async function done(world: World, value: unknown, key: string): Promise<void> {
  const { job } = await world.finish((await world.submit(value, key)).id);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
}

async function assertWasLate(world: World): Promise<void> {
  assert.ok((await world.calls()).some(call => call.late));
}

const remove = (entryPoint: string) => ({ operation: 'remove', entryPoint });

test('a policy taken off its port by a late call is not taken off it again once the next job has set it', async () => {
  for (const delayMs of DELAYS_MS) {
    const world = createWorld();
    const spec = exampleNamed('app-cookie');
    await done(world, spec, 'first');
    const before = await world.picture();
    await late(world, 'elasticloadbalancing', 'SetLoadBalancerPoliciesOfListener', delayMs);
    await done(world, remove('app-cookie'), 'second');
    await done(world, spec, 'third');
    world.pass(3600);
    assert.equal(await world.picture(), before);
    await assertWasLate(world);
  }
});

test('a target taken out by a late call is not taken out again once the next job has registered it', async () => {
  for (const delayMs of DELAYS_MS) {
    const world = createWorld();
    await world.switches({ 'vpc-lattice': { drainOfUnused: 'immediate' } });
    const spec = exampleNamed('checkout-edge') as { targetGroups: { targets: unknown[] }[] };
    await done(world, spec, 'first');
    const before = await world.picture();
    const fewer = structuredClone(spec);
    for (const group of fewer.targetGroups) group.targets = group.targets.slice(1);
    await late(world, 'vpc-lattice', 'DeregisterTargets', delayMs);
    await done(world, { ...fewer, operation: 'update' }, 'second');
    await done(world, { ...spec, operation: 'update' }, 'third');
    world.pass(3600);
    assert.equal(await world.picture(), before);
    await assertWasLate(world);
  }
});

for (const [example, service, operation] of [
  ['app-cookie', 'elasticloadbalancing', 'CreateAppCookieStickinessPolicy'],
  ['metrics-lambda', 'vpc-lattice', 'CreateTargetGroup'],
  ['voice-udp', 'globalaccelerator', 'CreateListener'],
] as const) {
  test(`what ${operation} makes late, after its second try, is not there again once the next job has removed it`, async () => {
    for (const delayMs of DELAYS_MS) {
      const world = createWorld();
      const before = await world.picture();
      if (service !== 'elasticloadbalancing')
        await world.switches({ [service]: { tokenAfterDelete: 'create' } });
      await late(world, service, operation, delayMs);
      await done(world, exampleNamed(example), 'first');
      await done(world, remove(example), 'second');
      world.pass(3600);
      assert.equal(await world.picture(), before, `${delayMs} ms`);
      await assertWasLate(world);
    }
  });
}
