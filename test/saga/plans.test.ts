// A plan compared with the calls of its job, one by one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewPlan } from '@gatehouse/core/api/plan-view';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { parseRequest } from '@gatehouse/core/request/request';
import { createWorld } from '../world/world.ts';
import { MUTATING } from './invariants.ts';

const EDGE = 'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';

test('a port override that gives way to new ports, and is wanted no more, is one change of one call', async () => {
  const world = createWorld();
  const asked = (operation: string, port: number, portOverrides: unknown[] = []) => {
    const portRanges = [{ fromPort: port, toPort: port }];
    const listener = { acceleratorArn: EDGE, protocol: 'TCP', portRanges };
    return {
      operation,
      entryPoint: 'small-edge',
      listener,
      endpointGroups: [{ region: 'eu-west-1', portOverrides }],
    };
  };
  const first = await world.submit(
    asked('provision', 80, [{ listenerPort: 80, endpointPort: 8080 }]),
    'first',
  );
  assert.equal((await world.finish(first.id)).job.status, 'SUCCEEDED');

  const update = asked('update', 8080);
  const parsed = parseRequest(update, 'eu-west-1');
  assert.ok(parsed.ok);
  const { view } = await viewPlan(
    world.ports(),
    { request: parsed.request, sent: update },
    await readEntryPoint(world.store, 'small-edge'),
  );
  assert.deepEqual(
    view.steps.map(({ id, act, calls }) => [id, act, calls]),
    [
      ['prepare-endpoint-group-eu-west-1', 'update', 1],
      ['listener', 'update', 1],
      ['accelerator', 'wait', 0],
      ['endpoint-group-eu-west-1', 'unchanged', 0],
    ],
  );
  const before = (await world.calls()).length;
  const second = await world.submit(update, 'second');
  assert.equal((await world.finish(second.id)).job.status, 'SUCCEEDED');
  const calls = (await world.calls()).slice(before).map(({ operation }) => operation);
  assert.deepEqual(
    calls.filter(operation => MUTATING.test(operation)),
    ['UpdateEndpointGroup', 'UpdateListener'],
  );
});

test('a job whose time was up says what it was at', async () => {
  const world = createWorld();
  const throttled = { code: 'ThrottlingException', status: 429, message: 'Rate exceeded' };
  const always = { service: 'vpc-lattice', fault: 'error', times: 100_000, error: throttled };
  await world.faults([{ ...always, operation: 'CreateTargetGroup' }]);
  const asked = {
    operation: 'provision',
    entryPoint: 'till',
    targetGroups: [{ name: 'till', type: 'LAMBDA' }],
  };
  const { job } = await world.finish((await world.submit(asked)).id);
  assert.deepEqual([job.status, job.problem?.code], ['ROLLED_BACK', 'DeadlineExceeded']);
  assert.match(
    job.problem?.message ?? '',
    /within 3600 seconds \(target-group-eu-west-1-till: vpc-lattice CreateTargetGroup: Rate exceeded\)/,
  );
});

test('a port override that is replaced because the listener gets its endpoint port is an interruption', async () => {
  const world = createWorld();
  const asked = (operation: string, ports: number[], endpointPort: number, options = {}) => ({
    operation,
    entryPoint: 'small-edge',
    options,
    listener: {
      acceleratorArn: EDGE,
      protocol: 'TCP',
      portRanges: ports.map(port => ({ fromPort: port, toPort: port })),
    },
    endpointGroups: [{ region: 'eu-west-1', portOverrides: [{ listenerPort: 80, endpointPort }] }],
  });
  const first = await world.submit(asked('provision', [80], 8080), 'first');
  assert.equal((await world.finish(first.id)).job.status, 'SUCCEEDED');
  const refused = await world.submit(asked('update', [80, 8080], 8081), 'refused');
  const { job } = await world.finish(refused.id);
  assert.equal(job.status, 'FAILED');
  assert.match(
    JSON.stringify(job.problem),
    /port 80 has no override while the listener gets port 8080; set options.allowInterruption: true, or change the override in a separate update first/,
  );
  const allowed = asked('update', [80, 8080], 8081, { allowInterruption: true });
  const second = await world.submit(allowed, 'second');
  assert.equal((await world.finish(second.id)).job.status, 'SUCCEEDED');
});
