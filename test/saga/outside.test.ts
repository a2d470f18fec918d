// What owners do to the accelerators and load balancers beneath an entry point: they are deleted, made again, or not yet
// ready. Removal ends, an update brings back what can be, and drift tells what is missing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateLoadBalancerListenersCommand,
  DeleteLoadBalancerCommand,
  DeleteLoadBalancerListenersCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  DeleteAcceleratorCommand,
  DeleteEndpointGroupCommand,
  DeleteListenerCommand,
  UpdateAcceleratorCommand,
} from '@aws-sdk/client-global-accelerator';
import { driftOf } from '@gatehouse/core/plan/drift';
import { type JobRecord, readEntryPoint } from '@gatehouse/core/record/records';
import { INTERNAL, NLB } from '../clouds/fixtures.ts';
import { foreignElb } from '../clouds/foreign-clients.ts';
import { createWorld, type World } from '../world/world.ts';

const EDGE = {
  entryPoint: 'edge',
  listener: { acceleratorArn: INTERNAL, protocol: 'TCP', portRanges: [{ fromPort: 9443, toPort: 9443 }] },
  endpointGroups: [{ region: 'eu-west-1', endpoints: [{ endpointId: NLB, weight: 9 }] }],
};
const STICKY = {
  entryPoint: 'sticky',
  stickinessPolicies: [
    {
      ...{ loadBalancerName: 'checkout-classic', region: 'eu-west-1', policyName: 'ours' },
      ...{ cookieExpirationPeriod: 60, loadBalancerPorts: [443] },
    },
  ],
};
const LOAD_BALANCER = { LoadBalancerName: 'checkout-classic' };

async function provisioned(spec: { entryPoint: string }): Promise<World> {
  const world = createWorld();
  assert.equal((await done(world, { operation: 'provision', ...spec })).job.status, 'SUCCEEDED');
  return world;
}

async function done(world: World, request: { operation: string; entryPoint: string }): Promise<JobRecord> {
  const job = await world.submit(request, `${request.operation}-${(await world.calls()).length}`);
  return world.finish(job.id);
}

async function drift(world: World, entryPoint: string): Promise<string[]> {
  const found = await readEntryPoint(world.store, entryPoint);
  assert.ok(found);
  const { state, resources } = await driftOf(world.ports(), found);
  return [state, ...resources.map(each => each.state)];
}

test('an entry point whose accelerator was deleted is missing, is not provisioned anew, and is removed', async () => {
  const world = await provisioned(EDGE);
  const { resources = [] } = (await readEntryPoint(world.store, 'edge')) ?? {};
  const idOf = (step: string) => resources.find(each => each.step === step)?.id;
  const owner = world.stranger();
  await owner.send(new DeleteEndpointGroupCommand({ EndpointGroupArn: idOf('endpoint-group-eu-west-1') }));
  await owner.send(new DeleteListenerCommand({ ListenerArn: idOf('listener') }));
  await owner.send(new UpdateAcceleratorCommand({ AcceleratorArn: INTERNAL, Enabled: false }));
  world.pass(600);
  await owner.send(new DeleteAcceleratorCommand({ AcceleratorArn: INTERNAL }));
  const gone = await world.picture();
  assert.equal((await drift(world, 'edge'))[0], 'DRIFTED');
  const updated = await done(world, { operation: 'update', ...EDGE });
  assert.equal(updated.job.status, 'FAILED', JSON.stringify(updated.job.problem));
  assert.equal(updated.job.problem?.code, 'NotFound');
  assert.equal(await world.picture(), gone);
  const removed = await done(world, { operation: 'remove', entryPoint: 'edge' });
  assert.equal(removed.job.status, 'SUCCEEDED', JSON.stringify(removed.job.problem));
  assert.equal(await readEntryPoint(world.store, 'edge'), undefined);
});

test('an entry point whose Classic Load Balancer was deleted is missing, and is removed', async () => {
  const world = await provisioned(STICKY);
  await foreignElb(world).send(new DeleteLoadBalancerCommand(LOAD_BALANCER));
  const gone = await world.picture();
  assert.equal((await drift(world, 'sticky'))[0], 'DRIFTED');
  const updated = await done(world, { operation: 'update', ...STICKY });
  assert.deepEqual([updated.job.status, updated.job.problem?.code], ['FAILED', 'NotFound']);
  assert.equal(await world.picture(), gone);
  const removed = await done(world, { operation: 'remove', entryPoint: 'sticky' });
  assert.equal(removed.job.status, 'SUCCEEDED', JSON.stringify(removed.job.problem));
});

for (const again of [true, false]) {
  test(`a listener that was deleted ${again ? 'and made again ' : ''}has lost its policy, and a removal takes the policy along`, async () => {
    const world = await provisioned(STICKY);
    const owner = foreignElb(world);
    await owner.send(new DeleteLoadBalancerListenersCommand({ ...LOAD_BALANCER, LoadBalancerPorts: [443] }));
    const listener = {
      ...{ Protocol: 'HTTPS', LoadBalancerPort: 443, InstancePort: 8080 },
      SSLCertificateId: 'arn:aws:iam::123456789012:server-certificate/classic-2023',
    };
    const create = new CreateLoadBalancerListenersCommand({ ...LOAD_BALANCER, Listeners: [listener] });
    if (again) await owner.send(create);
    assert.equal((await drift(world, 'sticky'))[0], 'DRIFTED');
    const before = await world.picture();
    const updated = await done(world, { operation: 'update', ...STICKY });
    if (again) {
      assert.equal(updated.job.status, 'SUCCEEDED', JSON.stringify(updated.job.problem));
      assert.equal((await drift(world, 'sticky'))[0], 'IN_SYNC');
      assert.match(await world.picture(), /"PolicyNames": \[\s+"ELBSecurityPolicy-2016-08",\s+"ours"/);
    } else {
      assert.equal(updated.job.status, 'FAILED', JSON.stringify(updated.job.problem));
      assert.equal(await world.picture(), before);
    }
    const removed = await done(world, { operation: 'remove', entryPoint: 'sticky' });
    assert.equal(removed.job.status, 'SUCCEEDED', JSON.stringify(removed.job.problem));
    assert.doesNotMatch(await world.picture(), /"ours"/);
  });
}

test('a load balancer that is not active yet is waited for, and a job that cannot wait rolls back', async () => {
  const world = createWorld();
  await world.switches({ globalaccelerator: { loadBalancerActiveAfterSeconds: 300 } });
  const { job } = await done(world, { operation: 'provision', ...EDGE });
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  const never = createWorld();
  await never.switches({ globalaccelerator: { loadBalancerActiveAfterSeconds: 86_400 } });
  const before = await never.picture();
  const short = { ...EDGE, options: { deadlineSeconds: 600 } };
  const late = await done(never, { operation: 'provision', ...short });
  assert.equal(late.job.status, 'ROLLED_BACK', JSON.stringify(late.job.problem));
  assert.equal(await never.picture(), before);
});
