// Foreign dependents of resources that an update or a removal deletes: they are named and refuse the job before its
// first change; with force they are deleted too. A foreign user that only its owner can remove refuses the job even
// with force.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddEndpointsCommand } from '@aws-sdk/client-global-accelerator';
import { CreateListenerCommand, DeleteListenerCommand } from '@aws-sdk/client-vpc-lattice';
import { ALB, EDGE, LEGACY_NLB } from '../clouds/fixtures.ts';
import { foreignLattice } from '../clouds/foreign-clients.ts';
import { VPC } from '../clouds/lattice-fixtures.ts';
import { createWorld, type World } from '../world/world.ts';

const SERVICE = 'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0c9b8a7f6e5d40312';

const WHOLE = {
  entryPoint: 'checkout-edge',
  listener: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [{ fromPort: 443, toPort: 443 }] },
  endpointGroups: [{ region: 'eu-west-1', endpoints: [{ endpointId: ALB }] }],
  targetGroups: [
    {
      name: 'checkout',
      type: 'IP',
      config: { protocol: 'HTTP', port: 8080, vpcIdentifier: VPC },
      targets: [{ id: '10.0.1.5' }],
    },
  ],
};
const { targetGroups: _, ...WITHOUT_TARGET_GROUP } = WHOLE;
const UPDATE = { operation: 'update', ...WITHOUT_TARGET_GROUP };
const REMOVE = { operation: 'remove', entryPoint: 'checkout-edge' };
const FORCE = { options: { force: true } };

async function run(world: World, request: object, key: string) {
  const { id } = await world.submit(request, key);
  return world.finish(id);
}

async function provisioned() {
  const world = createWorld();
  const { job, ledger } = await run(world, { operation: 'provision', ...WHOLE }, 'made');
  assert.equal(job.status, 'SUCCEEDED');
  const idOf = (step: string) => String(ledger.get(step)?.id);
  return { world, idOf, group: idOf('target-group-eu-west-1-checkout') };
}

/** Somebody's service takes our target group up; gives what lets it go. */
async function takeUp(world: World, targetGroupIdentifier: string) {
  const lattice = foreignLattice(world);
  const { id: listenerIdentifier } = await lattice.send(
    new CreateListenerCommand({
      serviceIdentifier: SERVICE,
      name: 'checkout',
      protocol: 'HTTP',
      port: 8080,
      defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier }] } },
    }),
  );
  return () => lattice.send(new DeleteListenerCommand({ serviceIdentifier: SERVICE, listenerIdentifier }));
}

for (const [what, request] of [
  ['an update drops', { ...UPDATE }],
  ['an update drops with force', { ...UPDATE, ...FORCE }],
  ['a removal takes away', { ...REMOVE }],
  ['a removal takes away with force', { ...REMOVE, ...FORCE }],
] as const) {
  test(`a target group that ${what} while a service uses it is refused before the first change`, async () => {
    const { world, group } = await provisioned();
    const letGo = await takeUp(world, group);
    const [before, calls] = [await world.picture(), (await world.calls()).length];
    const { job } = await run(world, request, 'refused');
    assert.equal(job.status, 'FAILED');
    assert.equal(job.problem?.code, 'ResourceConflict');
    const details = job.problem?.errors?.map(({ detail }) => detail) ?? [];
    assert.equal(details.length, 1);
    assert.match(String(details[0]), new RegExp(`^${SERVICE} uses target group checkout \\(${group}\\)`));
    assert.equal(await world.picture(), before);
    assert.ok((await world.calls()).slice(calls).every(call => !call.changed));
    await letGo();
    assert.equal((await run(world, request, 'again')).job.status, 'SUCCEEDED');
  });
}

test('foreign dependents of a removed resource refuse the update; with force they are removed too', async () => {
  const { world, idOf } = await provisioned();
  const command = new AddEndpointsCommand({
    EndpointGroupArn: idOf('endpoint-group-eu-west-1'),
    EndpointConfigurations: [{ EndpointId: LEGACY_NLB, Weight: 1 }],
  });
  await world.stranger().send(command);
  const update = { operation: 'update', ...WHOLE, endpointGroups: [{ region: 'us-east-1' }] };
  const { job } = await run(world, update, 'refused');
  assert.equal(job.status, 'FAILED');
  assert.match(
    String(job.problem?.message),
    new RegExp(`${LEGACY_NLB} is attached to endpoint group eu-west-1`),
  );
  assert.equal((await run(world, { ...update, ...FORCE }, 'forced')).job.status, 'SUCCEEDED');
});
