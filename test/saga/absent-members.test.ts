// A member that a cloud's answer omits has its documented value: it is adopted, is in sync, and is neither changed nor
// replaced.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateEndpointGroupCommand, CreateListenerCommand } from '@aws-sdk/client-global-accelerator';
import { CreateTargetGroupCommand } from '@aws-sdk/client-vpc-lattice';
import { driftOf } from '@gatehouse/core/plan/drift';
import { type JobRecord, readEntryPoint } from '@gatehouse/core/record/records';
import { EDGE, LEGACY_NLB } from '../clouds/fixtures.ts';
import { foreignLattice } from '../clouds/foreign-clients.ts';
import { createWorld, type World } from '../world/world.ts';
import { MUTATING } from './invariants.ts';

const VPC = 'vpc-0a1b2c3d4e5f60718';

const SPEC = {
  operation: 'provision',
  entryPoint: 'quiet-edge',
  listener: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [{ fromPort: 9443, toPort: 9443 }] },
  endpointGroups: [
    {
      region: 'eu-west-1',
      healthCheckPath: '/up',
      endpoints: [{ endpointId: LEGACY_NLB, weight: 9, clientIPPreservationEnabled: false }],
    },
  ],
  targetGroups: [
    { name: 'functions', region: 'eu-west-1', type: 'LAMBDA' },
    { name: 'addresses', region: 'eu-west-1', type: 'IP', config: { protocol: 'HTTP', vpcIdentifier: VPC } },
  ],
};

/**
 * A listener, a group with TCP checks and an endpoint without client IP preservation, a group of functions without a
 * config, a group of addresses without their type.
 */
async function madeByOthers(world: World): Promise<void> {
  await world.switches({
    globalaccelerator: { preservationOff: 'absent' },
    'vpc-lattice': { omittedAddressType: 'absent' },
  });
  const them = world.stranger();
  const PortRanges = [{ FromPort: 9443, ToPort: 9443 }];
  const { Listener } = await them.send(
    new CreateListenerCommand({ AcceleratorArn: EDGE, Protocol: 'TCP', PortRanges }),
  );
  const { EndpointGroup } = await them.send(
    new CreateEndpointGroupCommand({
      ListenerArn: Listener?.ListenerArn,
      EndpointGroupRegion: 'eu-west-1',
      EndpointConfigurations: [{ EndpointId: LEGACY_NLB, Weight: 9 }],
    }),
  );
  const [endpoint = {}] = EndpointGroup?.EndpointDescriptions ?? [];
  assert.equal(endpoint.ClientIPPreservationEnabled, undefined);
  assert.deepEqual([EndpointGroup?.HealthCheckPath, EndpointGroup?.PortOverrides], [undefined, undefined]);
  const made = await foreignLattice(world).send(
    new CreateTargetGroupCommand({ name: 'functions', type: 'LAMBDA' }),
  );
  assert.equal(made.config, undefined);
  const addresses = await foreignLattice(world).send(
    new CreateTargetGroupCommand({
      ...{ name: 'addresses', type: 'IP' },
      config: { protocol: 'HTTP', vpcIdentifier: VPC },
    }),
  );
  assert.equal(addresses.config?.ipAddressType, undefined);
  world.pass(600);
}

let keys = 0;

async function done(world: World, value: unknown): Promise<JobRecord> {
  const job = await world.submit(value, `key-${++keys}`);
  return world.finish(job.id);
}

test('a resource whose members an answer omits is adopted, does not drift, and an update leaves it as it is', async () => {
  const world = createWorld();
  await madeByOthers(world);
  const before = await world.picture();
  const adopted = await done(world, { ...SPEC, options: { adopt: true } });
  assert.equal(adopted.job.status, 'SUCCEEDED', JSON.stringify(adopted.job.problem));
  assert.deepEqual(
    adopted.plan?.steps.map(({ act }) => act),
    ['adopt', 'adopt', 'wait', 'adopt', 'adopt'],
  );

  const entryPoint = await readEntryPoint(world.store, 'quiet-edge');
  assert.ok(entryPoint);
  const { state, resources } = await driftOf(world.ports(), entryPoint);
  assert.equal(state, 'IN_SYNC', JSON.stringify(resources));

  const endpointGroups = SPEC.endpointGroups.map(group => ({ ...group, healthCheckPath: '/other' }));
  const updated = await done(world, { ...SPEC, operation: 'update', endpointGroups });
  assert.equal(updated.job.status, 'SUCCEEDED', JSON.stringify(updated.job.problem));
  assert.deepEqual(new Set(updated.plan?.steps.map(({ act }) => act)), new Set(['unchanged']));
  assert.equal(await world.picture(), before);
  const ours = (await world.calls()).filter(({ operation }) => MUTATING.test(operation));
  assert.equal(ours.length, 4, 'nothing but what others have made');
});

test('another version of the events is another group, also where the group says none', async () => {
  const world = createWorld();
  await madeByOthers(world);
  const config = { lambdaEventStructureVersion: 'V2' };
  const targetGroups = SPEC.targetGroups.map(group =>
    group.type === 'LAMBDA' ? { ...group, config } : group,
  );
  const { job } = await done(world, { ...SPEC, targetGroups, options: { adopt: true } });
  assert.equal(job.status, 'FAILED');
  assert.match(job.problem?.message ?? '', /config\.lambdaEventStructureVersion is undefined, not "V2"/);
});
