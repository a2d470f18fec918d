// A service that uses a target group: its listener attaches the group, and releases it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateListenerCommand,
  DeleteListenerCommand,
  GetListenerCommand,
  GetServiceCommand,
  type RuleAction as ListenerAction,
  ListListenersCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
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

test('a listener answers with a status code instead of forwarding, and can be read', async () => {
  const { client } = startLattice();
  const serviceIdentifier = billingService;
  const create = (defaultAction: ListenerAction) =>
    client.send(
      new CreateListenerCommand({
        serviceIdentifier,
        name: 'closed',
        protocol: 'HTTP',
        port: 81,
        defaultAction,
      }),
    );
  const { id } = await create({ fixedResponse: { statusCode: 404 } });
  const read = await client.send(new GetListenerCommand({ serviceIdentifier, listenerIdentifier: id }));
  assert.deepEqual(
    [read.name, read.port, read.defaultAction],
    ['closed', 81, { fixedResponse: { statusCode: 404 } }],
  );
  assert.ok(read.createdAt);
  const gone = { serviceIdentifier, listenerIdentifier: 'listener-00000000000000000' };
  await assert.rejects(client.send(new GetListenerCommand(gone)), refused('ResourceNotFoundException'));
});

test('an action is one of the two, and a client token and tags have their bounds', async () => {
  const { client } = startLattice();
  const create = (more: object) =>
    client.send(
      new CreateListenerCommand({
        ...{ serviceIdentifier: billingService, name: 'web', protocol: 'HTTP', port: 81 },
        defaultAction: { fixedResponse: { statusCode: 404 } },
        ...more,
      }),
    );
  const malformed = refused('ValidationException');
  const forward = { targetGroups: [{ targetGroupIdentifier: billing }] };
  for (const more of [
    { defaultAction: {} },
    { defaultAction: { forward, fixedResponse: { statusCode: 404 } } },
    { defaultAction: { fixedResponse: { statusCode: 99 } } },
    { clientToken: '' },
    { clientToken: 'a'.repeat(65) },
    { clientToken: 'a b' },
    { tags: { 'aws:mine': 'x' } },
    { tags: { team: 'x'.repeat(257) } },
  ]) {
    await assert.rejects(create(more), malformed, JSON.stringify(more));
  }
  await create({ clientToken: 'a'.repeat(64), tags: { team: 'edge' } });
});

test('a client token makes one listener, and another request under it is refused', async () => {
  const { client, set } = startLattice();
  const { list, remove } = listenersOf(client);
  const create = (port: number) =>
    client.send(
      new CreateListenerCommand({
        ...{ serviceIdentifier: billingService, name: 'web', protocol: 'HTTP', port, clientToken: 'job-1' },
        defaultAction: { fixedResponse: { statusCode: 404 } },
      }),
    );
  const { id } = await create(81);
  assert.equal((await create(81)).id, id);
  assert.equal((await list()).length, 1);
  await assert.rejects(create(82), refused('ConflictException', { resourceType: 'LISTENER' }));
  await remove(id);
  assert.equal((await create(81)).id, id, 'the old answer');
  await set({ tokenAfterDelete: 'create' });
  assert.notEqual((await create(81)).id, id);
});

test('services and their listeners have tags, and a service has the zone of its name', async () => {
  const { client } = startLattice();
  const { create } = listenersOf(client);
  const { arn = '' } = await create('web', 81, billing);
  for (const resourceArn of [billingService, arn]) {
    const tags = async () => (await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
    assert.deepEqual(await tags(), {});
    await client.send(new TagResourceCommand({ resourceArn, tags: { team: 'edge', stage: 'live' } }));
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['stage'] }));
    assert.deepEqual(await tags(), { team: 'edge' });
  }
  const service = await client.send(new GetServiceCommand({ serviceIdentifier: billingService }));
  assert.match(String(service.dnsEntry?.hostedZoneId), /^Z/);
});
