// Outputs: jobs, entry points and events carry the addresses and ids of an entry point, on both clouds: as soon as a cloud has
// given them, changed with what changes, and as before after a rollback.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UpdateAcceleratorCommand } from '@aws-sdk/client-global-accelerator';
import { performAction } from '@gatehouse/core/api/act';
import { jobView } from '@gatehouse/core/api/job-view';
import { jobStatusChangedSchema } from '@gatehouse/core/record/bus-events';
import type { ResourceOutputs } from '@gatehouse/core/record/outputs';
import { entryPointKey, type JobRecord, readEntryPoint, readJobRecord } from '@gatehouse/core/record/records';
import { createWorld, type World } from '../world/world.ts';
import { CHANGES } from './changes.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

const EDGE = 'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';
const TOOLS = 'arn:aws:globalaccelerator::123456789012:accelerator/5678dcba-dcba-5678-dcba-5678dcba5602';
const ADDRESS = {
  step: 'accelerator',
  kind: 'accelerator',
  id: EDGE,
  dnsName: 'a1234567890abcdef.awsglobalaccelerator.com',
  hostedZoneId: 'Z2BJ6XQ5FK7U4H',
  staticAddresses: ['192.0.2.250', '198.51.100.52'],
};
const BALANCER = {
  dnsName: 'checkout-classic-1234567890.eu-west-1.elb.amazonaws.com',
  hostedZoneId: 'Z32O12XQLNTSW2',
};

let keys = 0;

async function done(world: World, value: unknown, status = 'SUCCEEDED'): Promise<JobRecord> {
  const { id } = await world.submit(value, `key-${++keys}`);
  const jobRecord = await world.finish(id);
  assert.equal(jobRecord.job.status, status, JSON.stringify(jobRecord.job.problem));
  return jobRecord;
}

const outputsIn = (jobRecord: JobRecord): ResourceOutputs[] | undefined =>
  jobView(jobRecord, []).outputs as ResourceOutputs[] | undefined;

async function outputsOf(world: World, name: string): Promise<ResourceOutputs[] | undefined> {
  return (await readEntryPoint(world.store, name))?.outputs;
}

async function checkout(): Promise<{ world: World; first: JobRecord }> {
  const world = createWorld();
  return { world, first: await done(world, exampleNamed('checkout-edge')) };
}

function changeNamed(name: string): unknown {
  const { to } = CHANGES.find(each => each.name === name) ?? assert.fail(name);
  return to;
}

const nothing = () => changeNamed('nothing');

test('a job carries the addresses first, then the ids; its entry point and its last event carry the same', async () => {
  const { world, first } = await checkout();
  const outputs = outputsIn(first) ?? [];
  const { resources = [] } = (await readEntryPoint(world.store, 'checkout-edge')) ?? {};
  const addresses = outputs.filter(({ dnsName }) => dnsName !== undefined);
  const attachments = resources.filter(({ kind }) => kind === 'policyAttachment');
  assert.ok(attachments.length > 0);
  assert.deepEqual(addresses, [
    ADDRESS,
    ...attachments.map(({ step, kind, id }) => ({ step, kind, id, ...BALANCER })),
  ]);
  assert.deepEqual(outputs.slice(0, addresses.length), addresses);
  assert.deepEqual(
    outputs.flatMap(({ step, id }) => (step === 'accelerator' ? [] : [[step, id]])).toSorted(),
    resources.map(({ step, id }) => [step, id]).toSorted(),
  );
  assert.deepEqual(await outputsOf(world, 'checkout-edge'), outputs);
  const events = (await world.told()).map(({ detail }) => jobStatusChangedSchema.parse(detail).data);
  assert.deepEqual(
    events.map(({ status, outputs: told }) => [status, told]),
    [
      ['QUEUED', undefined],
      ['RUNNING', undefined],
      ['SUCCEEDED', outputs],
    ],
  );
});

test('a running job carries what the clouds have given so far', async () => {
  const world = createWorld();
  const { id } = await world.submit(exampleNamed('checkout-edge'));
  const { put } = world.store;
  const seen: { status: string; steps: string[] }[] = [];
  world.store.put = async (...item) => {
    const written = await put(...item);
    const jobRecord = await readJobRecord(world.store, id);
    if (jobRecord) {
      const steps = (outputsIn(jobRecord) ?? []).map(({ step }) => step);
      seen.push({ status: jobRecord.job.status, steps });
    }
    return written;
  };
  await world.finish(id);
  const running = seen.filter(({ status }) => status === 'RUNNING').map(({ steps }) => steps);
  assert.ok(running.some(steps => steps.includes('listener') && !steps.includes('accelerator')));
  assert.ok(running.some(steps => steps.includes('accelerator')));
  assert.ok(seen.every(({ status, steps }) => status !== 'QUEUED' || steps.length === 0));
});

test('an accelerator that becomes dual-stack has its second name and its IPv6 addresses after the next update', async () => {
  const world = createWorld();
  const spec = {
    operation: 'provision',
    entryPoint: 'tools',
    listener: { acceleratorArn: TOOLS, protocol: 'TCP', portRanges: [{ fromPort: 7443, toPort: 7443 }] },
    endpointGroups: [{ region: 'eu-west-1' }],
  };
  const first = outputsIn(await done(world, spec))?.[0];
  assert.deepEqual(first?.staticAddresses, ['192.0.2.17', '198.51.100.201']);
  assert.equal(first?.dualStackDnsName, undefined);
  await world
    .stranger()
    .send(new UpdateAcceleratorCommand({ AcceleratorArn: TOOLS, IpAddressType: 'DUAL_STACK' }));
  world.pass(3600);
  const [address] = outputsIn(await done(world, { ...spec, operation: 'update' })) ?? [];
  assert.equal(address?.dnsName, first?.dnsName);
  assert.equal(address?.dualStackDnsName, 'afedcba0987654321.dualstack.awsglobalaccelerator.com');
  assert.deepEqual(address?.staticAddresses?.slice(0, 2), first?.staticAddresses);
  assert.equal(address?.staticAddresses?.filter(each => each.includes(':')).length, 2);
  assert.deepEqual((await outputsOf(world, 'tools'))?.[0], address);
});

test('after an update that changes nothing, the outputs are the same, also if an older version stored none', async () => {
  const { world, first } = await checkout();
  const outputs = outputsIn(first);
  assert.deepEqual(outputsIn(await done(world, nothing())), outputs);
  const key = entryPointKey('checkout-edge');
  const stored = await world.store.get(key);
  assert.ok(stored && 'outputs' in stored.value);
  const { outputs: _, ...older } = stored.value;
  await world.store.put(key, older, stored.version);
  await done(world, nothing());
  assert.deepEqual(await outputsOf(world, 'checkout-edge'), outputs);
});

test('an update that moves to another accelerator moves the address; a rollback of it leaves the former one', async () => {
  const { world, first } = await checkout();
  const move = changeNamed('another accelerator');
  const error = errorsOf('vpc-lattice').denied;
  const denied = { service: 'globalaccelerator', operation: 'CreateEndpointGroup', fault: 'error', error };
  await world.faults([{ ...denied, times: 1 }]);
  const back = await done(world, move, 'ROLLED_BACK');
  assert.equal(outputsIn(back), undefined);
  assert.ok((await world.told()).slice(3).every(({ detail }) => !('outputs' in Object(detail['data']))));
  assert.deepEqual(await outputsOf(world, 'checkout-edge'), outputsIn(first));
  const [address] = outputsIn(await done(world, move)) ?? [];
  assert.equal(address?.dnsName, 'afedcba0987654321.awsglobalaccelerator.com');
  const outputs = (await outputsOf(world, 'checkout-edge')) ?? [];
  assert.deepEqual(outputs[0], address);
  const former = outputsIn(first)
    ?.map(({ id }) => id)
    .filter(id => id.startsWith(EDGE));
  assert.ok(
    outputs.every(({ id }) => !former?.includes(id)),
    'no id of the former listener is left',
  );
});

test('a resource that a rollback creates again has its new id among the outputs', async () => {
  const { world } = await checkout();
  const before = (await outputsOf(world, 'checkout-edge')) ?? [];
  await world.faults([
    {
      service: 'vpc-lattice',
      operation: 'CreateTargetGroup',
      fault: 'error',
      times: 1,
      error: errorsOf('vpc-lattice').denied,
    },
  ]);
  await done(world, changeNamed('a target group that has to go first'), 'ROLLED_BACK');
  const { resources = [], outputs = [] } = (await readEntryPoint(world.store, 'checkout-edge')) ?? {};
  const idIn = (list: readonly { step: string; id: string }[], step: string) =>
    list.find(each => each.step === step)?.id;
  const moved = before.filter(({ step, id }) => idIn(outputs, step) !== id).map(({ step }) => step);
  assert.ok(moved.length > 0, 'a resource has a new id');
  for (const step of moved) assert.equal(idIn(outputs, step), idIn(resources, step));
  assert.deepEqual(
    outputs.map(({ id: _, ...each }) => each),
    before.map(({ id: _, ...each }) => each),
  );
});

test('a removal has no outputs; while it is stuck, the entry point has those of what is left', async () => {
  const world = createWorld();
  const { job } = await done(world, exampleNamed('voice-udp'));
  const error = errorsOf('globalaccelerator').denied;
  const denied = { service: 'globalaccelerator', operation: 'DeleteListener', fault: 'error', error };
  await world.faults([{ ...denied, times: 100 }]);
  const removal = await done(world, { operation: 'remove', entryPoint: job.entryPoint }, 'REMOVE_FAILED');
  assert.equal(outputsIn(removal), undefined);
  const left = await outputsOf(world, job.entryPoint);
  assert.deepEqual(
    left?.map(({ step }) => step),
    ['accelerator', 'listener'],
  );
  await world.clearFaults();
  await performAction(world.ports(), removal.job.id, { action: 'retry', by: '123456789012/user/alice' });
  assert.equal((await world.finish(removal.job.id)).job.status, 'SUCCEEDED');
  assert.equal(await outputsOf(world, job.entryPoint), undefined);
  assert.ok((await world.told()).slice(3).every(({ detail }) => !('outputs' in Object(detail['data']))));
});

test('without its listener, an entry point no longer has the address of its accelerator', async () => {
  const { world } = await checkout();
  const { listener: _, endpointGroups: __, ...rest } = nothing() as Record<string, unknown>;
  const outputs = outputsIn(await done(world, rest)) ?? [];
  assert.equal(outputs[0]?.dnsName, BALANCER.dnsName);
  assert.ok(outputs.every(({ id }) => !id.startsWith(EDGE)));
});

test('adopted resources have outputs', async () => {
  const { world, first } = await checkout();
  const key = entryPointKey('checkout-edge');
  const stored = await world.store.get(key);
  assert.ok(stored);
  await world.store.put(key, { name: 'checkout-edge', gone: true }, stored.version);
  const adopting = { ...(exampleNamed('checkout-edge') as object), options: { adopt: true } };
  const again = await done(world, adopting);
  assert.ok(again.plan?.steps.some(({ act }) => act === 'adopt'));
  assert.deepEqual(outputsIn(again), outputsIn(first));
});

test('on Alibaba Cloud, the listener has the DNS name of its instance, also after an update of it', async () => {
  const world = createWorld();
  const shop = exampleNamed('shop-accelerator') as {
    entryPoint: string;
    listener: { acceleratorId: string };
  };
  const first = await done(world, shop);
  const outputs = outputsIn(first) ?? [];
  const [listener, ...others] = outputs;
  assert.equal(listener?.dnsName, `${shop.listener.acceleratorId}.aliyunga0019.com`);
  assert.deepEqual(Object.keys(listener ?? {}), ['step', 'kind', 'id', 'dnsName']);
  assert.ok(others.length > 2 && others.every(({ dnsName }) => dnsName === undefined));
  const update = { ...shop, operation: 'update', listener: { ...shop.listener, clientAffinity: 'NONE' } };
  assert.deepEqual(outputsIn(await done(world, update)), outputs);
  assert.deepEqual(await outputsOf(world, shop.entryPoint), outputs);
});
