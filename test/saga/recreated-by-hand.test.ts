// A resource that was deleted and recreated by hand, equal to before: an update can adopt it, and only then.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateEndpointGroupCommand,
  CreateListenerCommand,
  DeleteEndpointGroupCommand,
  DeleteListenerCommand,
} from '@aws-sdk/client-global-accelerator';
import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  RegisterTargetsCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { createWorld, type World } from '../world/world.ts';

const EDGE = 'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';
const FUNCTION = { id: 'arn:aws:lambda:eu-west-1:123456789012:function:checkout' };
const SPEC = {
  entryPoint: 'small-edge',
  listener: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [{ fromPort: 80, toPort: 80 }] },
  endpointGroups: [{ region: 'eu-west-1' }, { region: 'us-east-1' }],
  targetGroups: [{ name: 'till', type: 'LAMBDA', targets: [FUNCTION] }],
};

async function done(world: World, value: unknown, key: string) {
  return world.finish((await world.submit(value, key)).id);
}

async function idOf(world: World, step: string): Promise<string> {
  const standing = await readEntryPoint(world.store, SPEC.entryPoint);
  return standing?.resources.find(each => each.step === step)?.id ?? '';
}

/** All is gone, and made anew but for one endpoint group. */
async function remade() {
  const world = createWorld();
  const empty = await world.picture();
  assert.equal((await done(world, { operation: 'provision', ...SPEC }, 'first')).job.status, 'SUCCEEDED');
  const them = world.stranger();
  const { credentials, requestHandler } = them.config;
  const lattice = new VPCLatticeClient({ region: 'eu-west-1', credentials, requestHandler });
  for (const region of ['eu-west-1', 'us-east-1']) {
    const EndpointGroupArn = await idOf(world, `endpoint-group-${region}`);
    await them.send(new DeleteEndpointGroupCommand({ EndpointGroupArn }));
  }
  await them.send(new DeleteListenerCommand({ ListenerArn: await idOf(world, 'listener') }));
  const targetGroupIdentifier = await idOf(world, 'target-group-eu-west-1-till');
  await lattice.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets: [FUNCTION] }));
  world.pass(3600);
  await lattice.send(new DeleteTargetGroupCommand({ targetGroupIdentifier }));
  world.pass(3600);

  const PortRanges = [{ FromPort: 80, ToPort: 80 }];
  const listener = { AcceleratorArn: EDGE, Protocol: 'TCP' as const, PortRanges, IdempotencyToken: 'theirs' };
  const { Listener } = await them.send(new CreateListenerCommand(listener));
  const group = { ListenerArn: Listener?.ListenerArn, EndpointGroupRegion: 'eu-west-1' };
  await them.send(new CreateEndpointGroupCommand({ ...group, IdempotencyToken: 'theirs' }));
  const { arn } = await lattice.send(new CreateTargetGroupCommand({ name: 'till', type: 'LAMBDA' }));
  world.pass(3600);
  await lattice.send(new RegisterTargetsCommand({ targetGroupIdentifier: arn, targets: [FUNCTION] }));
  world.pass(3600);
  return { world, empty, listenerArn: Listener?.ListenerArn };
}

test('an update that may adopt takes over what others recreated, and creates what is missing', async () => {
  const { world, empty, listenerArn } = await remade();
  const update = { operation: 'update', ...SPEC };
  const refused = await done(world, update, 'without');
  assert.deepEqual([refused.job.status, refused.job.problem?.code], ['FAILED', 'AlreadyExists']);

  const { job, plan } = await done(world, { ...update, options: { adopt: true } }, 'with');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  const acts = new Map(plan?.steps.map(({ id, act }) => [id, act]));
  assert.equal(acts.get('listener'), 'adopt');
  assert.equal(acts.get('endpoint-group-eu-west-1'), 'adopt');
  assert.equal(acts.get('endpoint-group-us-east-1'), 'create');
  assert.equal(acts.get('targets-eu-west-1-till'), 'adopt');
  assert.equal(await idOf(world, 'listener'), listenerArn);

  const removal = await done(world, { operation: 'remove', entryPoint: SPEC.entryPoint }, 'removal');
  assert.equal(removal.job.status, 'SUCCEEDED', JSON.stringify(removal.job.problem));
  assert.equal(await world.picture(), empty);
});

test('the undo of such an update leaves a resource that others have recreated as it is', async () => {
  const { world } = await remade();
  const before = await world.picture();
  const error = { code: 'AccessDeniedException', status: 403, message: 'planned' };
  const service = 'globalaccelerator';
  await world.faults([{ service, operation: 'CreateEndpointGroup', fault: 'error', times: 1, error }]);
  const { job } = await done(world, { operation: 'update', ...SPEC, options: { adopt: true } }, 'with');
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.problem));
  assert.equal(await world.picture(), before);
});
