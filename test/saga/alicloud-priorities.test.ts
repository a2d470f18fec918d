// Forwarding rules that exchange their priorities: a listener has each number once, so one rule must free its number
// before another gets it. Wherever the update fails, each rule has its own number again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strangerOn } from '../clouds/alicloud-fixtures.ts';
import { createWorld, type World } from '../world/world.ts';
import { changesSince, denied, run } from './alicloud-run.ts';

const endpoints = [{ type: 'PublicIp', endpoint: '203.0.113.11' }];

/** A listener whose rules have these priorities, by name. */
const web = (operation: string, priorities: Record<string, number>) => ({
  operation,
  entryPoint: 'web',
  cloud: 'alicloud',
  listener: {
    acceleratorId: 'ga-bp1arcade5n8r2v6y3j0',
    protocol: 'HTTP',
    portRanges: [{ fromPort: 80, toPort: 80 }],
  },
  endpointGroups: [
    { region: 'cn-hangzhou', endpoints },
    { type: 'virtual', name: 'images', region: 'cn-hangzhou', endpoints },
  ],
  forwardingRules: Object.entries(priorities).map(([name, priority]) => ({
    name,
    priority,
    ruleConditions: [{ type: 'Path', values: [`/${name}/*`] }],
    ruleActions: [{ type: 'ForwardGroup', endpointGroup: 'images' }],
  })),
});

async function standing(priorities: Record<string, number>) {
  const world = createWorld();
  assert.equal((await run(world, web('provision', priorities), 'provision')).job.status, 'SUCCEEDED');
  return { world, made: await world.picture(), from: (await world.calls()).length };
}

async function prioritiesIn(world: World): Promise<Record<string, number>> {
  const { ga } = JSON.parse(await world.picture());
  return Object.fromEntries(
    ga.ForwardingRules.map((rule: Record<string, unknown>) => [rule['ForwardingRuleName'], rule['Priority']]),
  );
}

test('a rule that was removed outside Gatehouse blocks no other rule', async () => {
  const { world } = await standing({ a1: 10 });
  const { ga } = JSON.parse(await world.picture());
  const [{ ForwardingRuleId, ListenerId, AcceleratorId }] = ga.ForwardingRules;
  const gone = { AcceleratorId, ListenerId, ForwardingRuleIds: [ForwardingRuleId] };
  await strangerOn(world)('DeleteForwardingRules', gone);
  world.pass(3600);
  const { job } = await run(world, web('update', { b1: 10 }), 'update');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  assert.deepEqual(await prioritiesIn(world), { b1: 10 });
});

const [UPDATE, CREATE, DELETE] = ['UpdateForwardingRules', 'CreateForwardingRules', 'DeleteForwardingRules'];

const CHANGES: [
  what: string,
  before: Record<string, number>,
  after: Record<string, number>,
  calls: string[],
][] = [
  ['two swap theirs', { a1: 10, b1: 20 }, { a1: 20, b1: 10 }, [UPDATE, UPDATE, UPDATE, UPDATE]],
  ['one takes that of one that goes', { a1: 10 }, { b1: 10 }, [UPDATE, CREATE, DELETE]],
  ['one takes that of one that moves on', { a1: 10, b1: 20 }, { a1: 20, b1: 30 }, [UPDATE, UPDATE, UPDATE]],
  ['none is in another’s way', { a1: 10, b1: 20 }, { a1: 11, b1: 20 }, [UPDATE]],
  [
    'the last number is theirs',
    { a1: 10_000, b1: 1 },
    { a1: 1, b1: 10_000 },
    [UPDATE, UPDATE, UPDATE, UPDATE],
  ],
];

for (const [what, before, after, calls] of CHANGES) {
  test(`rules whose priorities change: ${what}`, async () => {
    const { world, from } = await standing(before);
    const { job } = await run(world, web('update', after), 'update');
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
    assert.deepEqual(await changesSince(world, from), calls);
    assert.deepEqual(await prioritiesIn(world), after);
  });

  for (const failing of calls.flatMap((operation, n) => (operation === DELETE ? [] : [n + 1]))) {
    test(`and when call ${failing} of it is refused, each has its own again: ${what}`, async () => {
      const { world, made } = await standing(before);
      const operation = calls[failing - 1] ?? '';
      const earlier = calls.slice(0, failing - 1).filter(each => each === operation).length;
      await world.faults([{ ...denied(operation), after: earlier }]);
      const { job } = await run(world, web('update', after), 'update');
      assert.equal(job.status, 'ROLLED_BACK', JSON.stringify([job.problem, job.leftovers]));
      assert.equal(await world.picture(), made);
    });
  }
}
