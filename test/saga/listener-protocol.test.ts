// A listener whose protocol changes in one update with its endpoint groups, on clouds that refuse the change while a group
// still has what the new protocol does not allow. Wherever the update fails, everything is as before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld } from '../world/world.ts';
import { changesSince, denied, run } from './alicloud-run.ts';
import { CHANGES, runChange, withoutIds } from './changes.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

const REFUSING = { globalaccelerator: { udpBehindAlb: 'refuse' } };
const TO_UDP = 'another protocol, and endpoints that can serve it';

test('an Application Load Balancer leaves its group before the listener changes to UDP', async () => {
  const change = CHANGES.find(({ name }) => name === TO_UDP);
  assert.ok(change);
  const { calls } = await runChange({ name: TO_UDP, change, switches: REFUSING, ends: 'SUCCEEDED' });
  assert.deepEqual(
    calls.filter(({ changed }) => changed).map(({ operation }) => operation),
    ['RemoveEndpoints', 'RemoveEndpoints', 'UpdateListener', 'UpdateEndpointGroup'],
  );
});

test('it is back if the listener cannot change', async () => {
  const change = CHANGES.find(({ name }) => name === TO_UDP);
  assert.ok(change);
  const service = 'globalaccelerator';
  const fault = { service, operation: 'UpdateListener', fault: 'error', times: 1 };
  await runChange({
    name: 'refused',
    change,
    switches: REFUSING,
    faults: [{ ...fault, error: errorsOf(service).denied }],
    ends: 'ROLLED_BACK',
  });
});

const ARCADE = {
  entryPoint: 'arcade',
  cloud: 'alicloud',
  endpointGroups: [
    {
      region: 'cn-hangzhou',
      endpoints: [
        { type: 'PublicIp', endpoint: '203.0.113.11', enableClientIPPreservation: true },
        { type: 'PublicIp', endpoint: '203.0.113.12' },
      ],
    },
  ],
};
const listener = (protocol: string) => ({
  acceleratorId: 'ga-bp1arcade5n8r2v6y3j0',
  protocol,
  portRanges: [{ fromPort: 7000, toPort: 7000 }],
});

for (const [ends, fault, calls] of [
  ['SUCCEEDED', undefined, ['UpdateEndpointGroup', 'UpdateListener']],
  ['ROLLED_BACK', 'UpdateListener', ['UpdateEndpointGroup', 'UpdateEndpointGroup']],
] as const) {
  test(`addresses of clients are not preserved any more before the listener changes to UDP: ${ends}`, async () => {
    const world = createWorld();
    const made = await run(world, { ...ARCADE, operation: 'provision', listener: listener('TCP') }, 'first');
    assert.equal(made.job.status, 'SUCCEEDED', JSON.stringify(made.job.problem));
    const before = await world.picture();
    const from = (await world.calls()).length;
    if (fault) await world.faults([denied(fault)]);
    const [group] = ARCADE.endpointGroups;
    const endpoints = group?.endpoints.map(({ type, endpoint }) => ({ type, endpoint }));
    const udp = { ...ARCADE, listener: listener('UDP'), endpointGroups: [{ ...group, endpoints }] };
    const { job } = await run(world, { ...udp, operation: 'update' }, 'second');
    assert.equal(job.status, ends, JSON.stringify(job.problem));
    assert.deepEqual(await changesSince(world, from), calls);
    if (fault) assert.equal(await world.picture(), before);
  });
}

test('what has to be removed first has to be allowed, and is named', async () => {
  const world = createWorld();
  assert.equal((await run(world, exampleNamed('shop-accelerator'), 'first')).job.status, 'SUCCEEDED');
  const before = withoutIds(JSON.parse(await world.picture()));
  const change = CHANGES.find(({ name }) => name === 'another protocol, without virtual groups and rules');
  const { job } = await run(world, { ...change?.to, options: {} }, 'second');
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'InvalidRequest']);
  const message = (job.problem?.errors ?? []).map(({ detail }) => detail).join('\n');
  assert.match(
    message,
    /endpoint group cn-hangzhou, virtual group images are removed before listener TCP 443/,
  );
  assert.match(message, /forwarding rule images-domain, forwarding rule images-path are removed before/);
  assert.match(message, /set options\.allowInterruption: true/);
  assert.deepEqual(withoutIds(JSON.parse(await world.picture())), before);
});
