// A service that uses a target group: its listener attaches the group, and releases it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateListenerCommand,
  DeleteListenerCommand,
  ListListenersCommand,
  type VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { absent, billing, billingService, refused, startLattice } from './vpc-lattice-start.ts';

function listenersOf(client: VPCLatticeClient, serviceIdentifier = billingService) {
  return {
    create: (name: string, port: number, ...groups: string[]) =>
      client.send(
        new CreateListenerCommand({
          serviceIdentifier,
          name,
          protocol: 'HTTP',
          port,
          defaultAction: {
            forward: { targetGroups: groups.map(targetGroupIdentifier => ({ targetGroupIdentifier })) },
          },
        }),
      ),
    remove: (listenerIdentifier: string | undefined) =>
      client.send(new DeleteListenerCommand({ serviceIdentifier, listenerIdentifier })),
    list: async () => (await client.send(new ListListenersCommand({ serviceIdentifier }))).items ?? [],
  };
}

test('a group that a listener forwards to is its service’s, healthy, and cannot be deleted until it is gone', async () => {
  const { client, clock, createActive, get, register, statuses, remove } = startLattice();
  const { create, remove: removeListener, list } = listenersOf(client);
  const group = await createActive('shop');
  const { $metadata, ...made } = await create('web', 80, group);
  assert.equal($metadata.httpStatusCode, 201);
  assert.match(String(made.id), /^listener-[0-9a-z]{17}$/);
  assert.equal(made.arn, `${billingService}/listener/${made.id}`);
  assert.deepEqual(
    (await list()).map(({ name, port }) => [name, port]),
    [['web', 80]],
  );
  assert.deepEqual((await get(group)).serviceArns, [billingService]);
  await assert.rejects(remove(group), refused('ConflictException', { resourceType: 'TARGET_GROUP' }));
  await register(group, { id: '10.0.0.4' });
  clock.now += 60_000;
  assert.deepEqual(await statuses(group), ['HEALTHY']);

  assert.equal((await removeListener(made.id)).$metadata.httpStatusCode, 204);
  assert.deepEqual((await get(group)).serviceArns, []);
  assert.deepEqual(await statuses(group), ['UNUSED']);
  assert.deepEqual((await get(billing)).serviceArns, [billingService], 'another group of it stays in use');
  await assert.rejects(removeListener(made.id), refused('ResourceNotFoundException'));
});

test('two listeners share a group, and it is in use until both are gone', async () => {
  const { client, createActive, get } = startLattice();
  const { create, remove } = listenersOf(client);
  const group = await createActive('shop');
  const [one, other] = [await create('one', 80, group), await create('other', 81, group)];
  await remove(one.arn);
  assert.deepEqual((await get(group)).serviceArns, [billingService]);
  await remove(other.id);
  assert.deepEqual((await get(group)).serviceArns, []);
});

test('a listener is refused with an unknown resource, a taken port, or beyond the quota', async () => {
  const { client, create: createGroup, createActive, set } = startLattice();
  const { create } = listenersOf(client);
  const group = await createActive('shop');
  await assert.rejects(create('web', 80, absent), refused('ResourceNotFoundException'));
  const nowhere = listenersOf(client, 'svc-00000000000000000');
  await assert.rejects(
    nowhere.create('web', 80, group),
    refused('ResourceNotFoundException', { resourceType: 'SERVICE' }),
  );
  const { id: unfinished = '' } = await createGroup('late');
  await assert.rejects(create('web', 80, unfinished), refused('ConflictException'));
  await create('web', 80, group);
  await assert.rejects(create('web', 81, group), refused('ConflictException', { resourceType: 'LISTENER' }));
  await assert.rejects(create('api', 80, group), refused('ConflictException', { resourceType: 'LISTENER' }));
  await create('api', 81, group);
  await assert.rejects(create('more', 82, group), refused('ServiceQuotaExceededException'));
  await set({ listenersPerService: 3 });
  await create('more', 82, group);
});
