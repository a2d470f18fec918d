// GetHealthStatus of Alibaba Cloud Global Accelerator, through the vendor's SDK core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { domain, ecs, RegionId, refused, shop, startGa } from './alicloud-start.ts';

type Members = Record<string, unknown>;

async function checked(context: Parameters<typeof startGa>[0]) {
  const started = await startGa(context);
  const ListenerId = await started.createActive();
  const EndpointConfigurations = [domain('one.example.com', 1), { Type: 'ECS', Endpoint: ecs, Weight: 1 }];
  const members = { EndpointConfigurations, HealthCheckEnabled: true, HealthCheckPort: 8443 };
  const id = await started.createGroup(ListenerId, members);
  const asked = { RegionId, AcceleratorId: shop, ListenerId };
  const health = async () => started.call('GetHealthStatus', asked);
  return { ...started, ListenerId, id, health };
}

const groupsIn = (answer: Members) => answer['EndpointGroups'] as Members[];
const endpointsIn = (answer: Members) => groupsIn(answer).flatMap(group => group['Endpoints'] as Members[]);

test('endpoints are initialized with their group, then normal', async context => {
  const { id, ListenerId, health, settle } = await checked(context);
  const [creating] = groupsIn(await health());
  assert.equal(creating?.['HealthStatus'], 'init');
  settle();
  const { RequestId: _, ...answer } = await health();
  const [group] = groupsIn(answer);
  assert.equal(answer['ListenerId'], ListenerId);
  assert.deepEqual(
    [
      answer['HealthStatus'],
      group?.['EndpointGroupId'],
      group?.['EndpointGroupType'],
      group?.['HealthStatus'],
    ],
    ['normal', id, 'default', 'normal'],
  );
  assert.deepEqual(
    endpointsIn(answer).map(({ EndpointId: _id, ...endpoint }) => endpoint),
    [
      { Type: 'Domain', Address: 'one.example.com', Port: 8443, HealthStatus: 'normal' },
      { Type: 'ECS', Address: ecs, Port: 8443, HealthStatus: 'normal' },
    ],
  );
});

test('switches make endpoints fail or flap, and name an instance by its address', async context => {
  const { health, settle, set, clock } = await checked(context);
  settle();
  await set({ endpointHealth: 'never', healthAddress: 'ip' });
  const never = await health();
  assert.equal(never['HealthStatus'], 'abnormal');
  const [, instance] = endpointsIn(never);
  assert.deepEqual([instance?.['HealthStatus'], instance?.['Address']], ['abnormal', '192.0.2.2']);
  await set({ endpointHealth: 'flaps' });
  const seen = new Set();
  for (let seconds = 0; seconds < 600; seconds += 1) {
    seen.add((await health())['HealthStatus']);
    if (seen.size > 1) break;
    clock.now += 1000;
  }
  assert.deepEqual([...seen].toSorted(), ['abnormal', 'normal']);
});

test('a listener that is not on the instance has no health', async context => {
  const { call } = await startGa(context);
  const request = { RegionId, AcceleratorId: shop, ListenerId: 'lsr-bp1nosuchlistener' };
  await assert.rejects(call('GetHealthStatus', request), refused('NotExist.Listener'));
});
