// The open questions about Global Accelerator: each value of each switch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AddEndpointsCommand,
  DeleteListenerCommand,
  DescribeAcceleratorCommand,
  DescribeEndpointGroupCommand,
  DescribeListenerCommand,
  ListAcceleratorsCommand,
  RemoveEndpointsCommand,
  UpdateEndpointGroupCommand,
  UpdateListenerCommand,
} from '@aws-sdk/client-global-accelerator';
import { instance, internal, named, plainNlb, publicAlb, securedNlb, startTwins } from './start.ts';

const port = (from: number, to = from) => ({ FromPort: from, ToPort: to });

async function withGroup(switches: Record<string, string | number>, group: object = {}) {
  const twins = startTwins();
  await twins.set(switches);
  const listener = await twins.createListener(443);
  const EndpointGroupArn = await twins.createGroup(listener, group);
  const update = (settings: object) =>
    twins.client.send(new UpdateEndpointGroupCommand({ EndpointGroupArn, ...settings }));
  const add = (EndpointId: string) =>
    twins.client.send(
      new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations: [{ EndpointId }] }),
    );
  const remove = (EndpointId: string) =>
    twins.client.send(
      new RemoveEndpointsCommand({ EndpointGroupArn, EndpointIdentifiers: [{ EndpointId }] }),
    );
  return { ...twins, listener, EndpointGroupArn, update, add, remove };
}

test('tokenMismatch: a token with other parameters is refused, or gives the first answer', async () => {
  const { createListener, set } = startTwins();
  const first = await createListener(443, { IdempotencyToken: 'job-1' });
  const again = () => createListener(80, { IdempotencyToken: 'job-1' });
  await assert.rejects(again(), named('InvalidArgumentException'));
  await set({ tokenMismatch: 'replay' });
  assert.equal(await again(), first);
});

test('tokenAfterDelete: a token of a deleted object gives the old answer, or creates', async () => {
  const { client, createListener, set } = startTwins();
  const create = () => createListener(443, { IdempotencyToken: 'job-1' });
  const ListenerArn = await create();
  await client.send(new DeleteListenerCommand({ ListenerArn }));
  assert.equal(await create(), ListenerArn);
  await set({ tokenAfterDelete: 'create' });
  assert.notEqual(await create(), ListenerArn);
});

test('tokenSeconds: after them a token is forgotten', async () => {
  const { clock, createListener, set } = startTwins();
  await set({ tokenSeconds: 60 });
  await createListener(443, { IdempotencyToken: 'job-1' });
  clock.now += 60_000;
  const again = createListener(443, { IdempotencyToken: 'job-1' });
  await assert.rejects(again, named('InvalidPortRangeException'));
});

test('fromAboveTo: the error of FromPort above ToPort', async () => {
  const { createListener, set } = startTwins();
  const create = () => createListener(0, { PortRanges: [port(90, 80)] });
  await assert.rejects(create(), named('InvalidPortRangeException'));
  await set({ fromAboveTo: 'InvalidArgument' });
  await assert.rejects(create(), named('InvalidArgumentException'));
});

test('listTooLong: the error of eleven port ranges', async () => {
  const { client, createListener, set } = startTwins();
  const ListenerArn = await createListener(443);
  const PortRanges = Array.from({ length: 11 }, (_, index) => port(1000 + index));
  const update = () => client.send(new UpdateListenerCommand({ ListenerArn, PortRanges }));
  await assert.rejects(update(), named('InvalidArgumentException'));
  await set({ listTooLong: 'LimitExceeded' });
  await assert.rejects(update(), named('LimitExceededException'));
});

test('staleDescribeReads: so many reads show the accelerator as it was before the change', async () => {
  const { client, clock, createListener, set } = startTwins();
  await set({ staleDescribeReads: 2 });
  const look = async () => {
    const command = new DescribeAcceleratorCommand({ AcceleratorArn: internal });
    const { Accelerator } = await client.send(command);
    return [Accelerator?.Status, Accelerator?.LastModifiedTime?.getTime() === clock.now];
  };
  await createListener(443);
  assert.deepEqual(await look(), ['DEPLOYED', false]);
  assert.deepEqual(await look(), ['DEPLOYED', false]);
  assert.deepEqual(await look(), ['IN_PROGRESS', true]);
});

test('notFoundAfterCreateReads: so many reads do not find a new resource', async () => {
  const { client, listener, EndpointGroupArn } = await withGroup({ notFoundAfterCreateReads: 1 });
  const listenerRead = () => client.send(new DescribeListenerCommand({ ListenerArn: listener }));
  const groupRead = () => client.send(new DescribeEndpointGroupCommand({ EndpointGroupArn }));
  await assert.rejects(listenerRead(), named('ListenerNotFoundException'));
  await assert.rejects(groupRead(), named('EndpointGroupNotFoundException'));
  await listenerRead();
  await groupRead();
});

test('transactionInProgress: which changes a busy accelerator refuses', async () => {
  const { client, clock, set, listener, add, update } = await withGroup({});
  const affinity = () =>
    client.send(new UpdateListenerCommand({ ListenerArn: listener, ClientAffinity: 'SOURCE_IP' }));
  await set({ transactionInProgress: 'endpoints' });
  await assert.rejects(add(publicAlb), named('TransactionInProgressException'));
  await affinity();
  await set({ transactionInProgress: 'all' });
  await assert.rejects(affinity(), named('TransactionInProgressException'));
  await assert.rejects(update({}), named('TransactionInProgressException'));
  clock.now += 300_000;
  await add(publicAlb);
});

test('addPresentEndpoint: adding it again is accepted, or refused', async () => {
  const { add, set, calls } = await withGroup({}, { EndpointConfigurations: [{ EndpointId: publicAlb }] });
  await add(publicAlb);
  assert.equal((await calls('?operation=AddEndpoints'))[0].changed, false);
  await set({ addPresentEndpoint: 'refuse' });
  await assert.rejects(add(publicAlb), named('InvalidArgumentException'));
});

test('removeAbsentEndpoint: removing it is accepted, or refused', async () => {
  const { remove, set, calls } = await withGroup({});
  await remove(publicAlb);
  assert.equal((await calls('?operation=RemoveEndpoints'))[0].changed, false);
  await set({ removeAbsentEndpoint: 'refuse' });
  await assert.rejects(remove(publicAlb), named('InvalidArgumentException'));
});

test('updateOmittedMember: an omitted member keeps its value, or returns to its default', async () => {
  const { client, set, listener, update } = await withGroup({}, { TrafficDialPercentage: 30 });
  const ListenerArn = listener;
  await client.send(new UpdateListenerCommand({ ListenerArn, ClientAffinity: 'SOURCE_IP' }));
  const look = async () => {
    const { Listener } = await client.send(new UpdateListenerCommand({ ListenerArn }));
    const { EndpointGroup } = await update({ ThresholdCount: 4 });
    return [Listener?.ClientAffinity, EndpointGroup?.TrafficDialPercentage, EndpointGroup?.ThresholdCount];
  };
  assert.deepEqual(await look(), ['SOURCE_IP', 30, 4]);
  await set({ updateOmittedMember: 'reset' });
  assert.deepEqual(await look(), ['NONE', 100, 4]);
});

test('preservationInPlace: an update may switch client IP preservation, or may not', async () => {
  const { set, update } = await withGroup({}, { EndpointConfigurations: [{ EndpointId: publicAlb }] });
  const preserve = (ClientIPPreservationEnabled: boolean) =>
    update({ EndpointConfigurations: [{ EndpointId: publicAlb, ClientIPPreservationEnabled }] });
  await preserve(false);
  await set({ preservationInPlace: 'refuse' });
  await assert.rejects(preserve(true), named('InvalidArgumentException'));
  await preserve(false);
});

test('nlbPreservationDefault: off, or on, for a load balancer that supports it', async () => {
  const { add, remove, set } = await withGroup({});
  const preserved = async (id: string) =>
    (await add(id)).EndpointDescriptions?.[0]?.ClientIPPreservationEnabled;
  assert.equal(await preserved(securedNlb), false);
  await remove(securedNlb);
  await set({ nlbPreservationDefault: 'on' });
  assert.equal(await preserved(securedNlb), true);
  assert.equal(await preserved(plainNlb), false);
});

test('preservationOff: a description says that it is off, or says nothing of it', async () => {
  const { add, remove, set } = await withGroup({});
  const shown = async (id: string) => {
    const [endpoint = {}] = (await add(id)).EndpointDescriptions ?? [];
    await remove(id);
    return 'ClientIPPreservationEnabled' in endpoint;
  };
  assert.equal(await shown(plainNlb), true);
  await set({ preservationOff: 'absent' });
  assert.equal(await shown(plainNlb), false);
  assert.equal(await shown(publicAlb), true);
});

test('endpointTwice: one list that names an endpoint twice is refused, or the last one holds', async () => {
  const { set, update } = await withGroup({});
  const twice = () =>
    update({
      EndpointConfigurations: [
        { EndpointId: instance, Weight: 1 },
        { EndpointId: instance, Weight: 2 },
      ],
    });
  await assert.rejects(twice(), named('InvalidArgumentException'));
  await set({ endpointTwice: 'accept' });
  const { EndpointGroup } = await twice();
  assert.deepEqual(
    EndpointGroup?.EndpointDescriptions?.map(({ Weight }) => Weight),
    [2],
  );
});

test('defaultWeight: the weight of an endpoint that is given none', async () => {
  const { add } = await withGroup({ defaultWeight: 100 });
  assert.equal((await add(publicAlb)).EndpointDescriptions?.[0]?.Weight, 100);
});

test('udpBehindAlb: an ALB behind a UDP listener is accepted, or refused', async () => {
  const { client, createListener, createGroup, set } = startTwins();
  const listener = await createListener(53, { Protocol: 'UDP' });
  const group = { EndpointConfigurations: [{ EndpointId: publicAlb }] };
  await set({ udpBehindAlb: 'refuse' });
  await assert.rejects(createGroup(listener, group), named('InvalidArgumentException'));
  await set({ udpBehindAlb: 'accept' });
  await createGroup(listener, group);
  const ListenerArn = await createListener(80);
  await createGroup(ListenerArn, group);
  const moves = () => client.send(new UpdateListenerCommand({ ListenerArn, Protocol: 'UDP' }));
  await set({ udpBehindAlb: 'refuse' });
  await assert.rejects(moves(), named('InvalidArgumentException'));
  await set({ udpBehindAlb: 'accept' });
  await moves();
});

test('clientErrorStatus: the HTTP status of the model, or always 400', async () => {
  const { client, set } = startTwins();
  const status = async () => {
    const ListenerArn = `${internal}/listener/00000000`;
    const error = await client.send(new DescribeListenerCommand({ ListenerArn })).catch(thrown => thrown);
    assert.equal(error.name, 'ListenerNotFoundException');
    return error.$metadata.httpStatusCode;
  };
  assert.equal(await status(), 404);
  await set({ clientErrorStatus: 'flat400' });
  assert.equal(await status(), 400);
});

test('callsPerSecond and throttleStatus: more calls are throttled until the second is over', async () => {
  const { client, clock, set } = startTwins();
  await set({ callsPerSecond: 2, throttleStatus: '429' });
  const call = () => client.send(new ListAcceleratorsCommand());
  await call();
  await call();
  const error = await call().catch(thrown => thrown);
  assert.deepEqual([error.name, error.$metadata.httpStatusCode], ['ThrottlingException', 429]);
  clock.now += 1000;
  await call();
});
