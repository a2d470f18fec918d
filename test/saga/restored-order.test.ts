// A rollback puts lists back in the order in which they were read, although their order has no meaning.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld } from '../world/world.ts';
import { denied, run } from './alicloud-run.ts';
import { exampleNamed } from './sweep.ts';

type Part = Record<string, unknown>;

test('a rule has its conditions and values in their old order', async () => {
  const shop = structuredClone(exampleNamed('shop-accelerator')) as { forwardingRules: Part[] } & Part;
  const rule = shop.forwardingRules[1] ?? {};
  const [path, host] = [
    { type: 'Path', values: ['/v2', '/v10', '/v1'] },
    { type: 'Host', values: ['images.example.com'] },
  ];
  rule['ruleConditions'] = [path, host];
  const world = createWorld();
  assert.equal((await run(world, shop, 'first')).job.status, 'SUCCEEDED');
  const before = await world.picture();
  rule['ruleConditions'] = [{ ...path, values: ['/v3', '/v1'] }, host];
  const changed = [rule, { ...shop.forwardingRules[0], priority: 150 }];
  await world.faults([{ ...denied('UpdateForwardingRules'), after: 1 }]);
  const { job } = await run(world, { ...shop, operation: 'update', forwardingRules: changed }, 'second');
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.problem));
  assert.equal(await world.picture(), before);
});

test('a listener has its ports in their old order', async () => {
  const world = createWorld();
  const game = structuredClone(exampleNamed('game-udp')) as { listener: Part; endpointGroups: Part[] } & Part;
  const ranges = [7777, 7100, 7101, 7000].map(port => ({ fromPort: port, toPort: port }));
  game.listener['portRanges'] = ranges;
  const { job } = await run(world, game, 'first');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  const before = await world.picture();
  await world.faults([denied('UpdateEndpointGroup')]);
  const listener = { ...game.listener, portRanges: ranges.slice(0, 3) };
  const endpointGroups = game.endpointGroups.map(group => ({ ...group, trafficPercentage: 7 }));
  const ended = await run(world, { ...game, operation: 'update', listener, endpointGroups }, 'second');
  assert.equal(ended.job.status, 'ROLLED_BACK', JSON.stringify(ended.job.problem));
  assert.equal(await world.picture(), before);
});
