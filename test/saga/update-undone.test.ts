// The undo of an update keeps foreign settings from before its own change was carried out, and members that it does not
// manage.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DescribeEndpointGroupCommand, UpdateEndpointGroupCommand } from '@aws-sdk/client-global-accelerator';
import type { Entry } from '@gatehouse/core/record/ledger';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { createWorld, type Fault, type World } from '../world/world.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

interface Endpoint {
  endpointId: string;
  weight: number;
}

interface Spec {
  endpointGroups: { region: string; trafficDialPercentage?: number; endpoints: Endpoint[] }[];
}

const {
  denied,
  throttled: [throttled = denied],
} = errorsOf('globalaccelerator');

const fault = (operation: string, rest: Partial<Fault>): Fault => {
  return { service: 'globalaccelerator', operation, fault: 'error', times: 1, error: denied, ...rest };
};

/** The last look at the accelerator turns an update back, when all of it is done. */
const turnBack = fault('DescribeAccelerator', { after: 2 });

/** The example's group of two endpoints, as it stands, and an update of it. */
async function edge(change: (group: Spec['endpointGroups'][number]) => void) {
  const world = createWorld();
  const spec = exampleNamed('checkout-edge') as Spec;
  assert.equal((await world.finish((await world.submit(spec, 'first')).id)).job.status, 'SUCCEEDED');
  const standing = await readEntryPoint(world.store, 'checkout-edge');
  const EndpointGroupArn = standing?.resources.find(({ step }) => step === 'endpoint-group-us-east-1')?.id;
  const them = world.stranger();
  const to = structuredClone(spec);
  for (const group of to.endpointGroups) if (group.region === 'us-east-1') change(group);
  return {
    world,
    update: () => world.submit({ ...to, operation: 'update' }, 'second'),
    theySet: (members: object) => them.send(new UpdateEndpointGroupCommand({ EndpointGroupArn, ...members })),
    groupIs: async () =>
      (await them.send(new DescribeEndpointGroupCommand({ EndpointGroupArn }))).EndpointGroup,
  };
}

/** Somebody acts right before the first write of the table that is such a one. */
function actAt({ store }: World, when: (written: Partial<Entry>) => boolean, act: () => Promise<unknown>) {
  const { put } = store;
  let acted = false;
  store.put = async (key, value, version, index) => {
    if (!acted && when(value as Partial<Entry>)) {
      acted = true;
      await act();
    }
    return put(key, value, version, index);
  };
  return () => acted;
}

test('a rollback restores what others set while the update was throttled', async () => {
  const { world, update, theySet, groupIs } = await edge(group => {
    group.trafficDialPercentage = 80;
  });
  await world.faults([fault('UpdateEndpointGroup', { error: throttled }), turnBack]);
  const isThrottled = ({ problem }: Partial<Entry>) => problem?.code === 'Throttled';
  const acted = actAt(world, isThrottled, () => theySet({ TrafficDialPercentage: 33 }));
  const { job } = await world.finish((await update()).id);
  assert.ok(acted(), 'they acted');
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.problem));
  assert.equal((await groupIs())?.TrafficDialPercentage, 33);
});

test('a foreign change that equals the update stays after its rollback', async () => {
  const { world, update, theySet, groupIs } = await edge(group => {
    group.trafficDialPercentage = 80;
  });
  await world.faults([fault('UpdateEndpointGroup', { error: throttled }), turnBack]);
  const isThrottled = ({ problem }: Partial<Entry>) => problem?.code === 'Throttled';
  const acted = actAt(world, isThrottled, () => theySet({ TrafficDialPercentage: 80 }));
  const { job } = await world.finish((await update()).id);
  assert.ok(acted(), 'they acted');
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.problem));
  assert.equal((await groupIs())?.TrafficDialPercentage, 80);
});

test('an endpoint that an update would drop keeps its foreign changes when the update is undone', async () => {
  const { world, update, theySet, groupIs } = await edge(group => {
    group.endpoints = group.endpoints.slice(0, 1).map(endpoint => ({ ...endpoint, weight: 100 }));
  });
  const endpoints = ((await groupIs())?.EndpointDescriptions ?? []).map(({ EndpointId }) => EndpointId);
  const weights = (...all: number[]) => endpoints.map((EndpointId, at) => ({ EndpointId, Weight: all[at] }));
  await theySet({ EndpointConfigurations: weights(255, 7) });
  await world.faults([turnBack]);
  const { job } = await world.finish((await update()).id);
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.problem));
  const now = (await groupIs())?.EndpointDescriptions ?? [];
  assert.deepEqual(
    now.map(({ EndpointId, Weight }) => ({ EndpointId, Weight })),
    weights(255, 7),
  );
});
