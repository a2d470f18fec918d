// The calls that a plan names are the calls that its job makes, if none has to be repeated.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlanView } from '@gatehouse/core/api/answers';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { strangerOn } from '../clouds/alicloud-fixtures.ts';
import { createWorld, type World } from '../world/world.ts';
import { CHANGES, type Change, standsOf } from './changes.ts';
import { MUTATING } from './invariants.ts';
import { EXAMPLES, exampleNamed } from './sweep.ts';

async function callsTold(world: World, value: unknown): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const asked = { body: JSON.stringify(value), headers, caller: '123456789012/user/alice' };
  const { status, body } = await createPlan(world.ports(), asked);
  assert.equal(status, 200, JSON.stringify(body));
  return (body as PlanView).steps.reduce((sum, { calls }) => sum + calls, 0);
}

async function assertCallsAsTold(world: World, value: unknown): Promise<void> {
  const told = await callsTold(world, value);
  const before = (await world.calls()).length;
  const { job } = await world.finish((await world.submit(value, 'compared')).id);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  const made = (await world.calls()).slice(before).map(({ operation }) => operation);
  const changing = made.filter(operation => MUTATING.test(operation));
  assert.equal(told, changing.length, `${told} told, made ${changing.join(', ')}`);
}

for (const name of EXAMPLES) {
  test(`${name} is made and removed with the calls that its plans name`, async () => {
    const world = createWorld();
    await assertCallsAsTold(world, exampleNamed(name));
    const removal = { operation: 'remove', entryPoint: name };
    const told = await callsTold(world, removal);
    const before = (await world.calls()).length;
    const { job } = await world.finish((await world.submit(removal, 'removal')).id);
    assert.equal(job.status, 'SUCCEEDED');
    const made = (await world.calls()).slice(before).filter(({ operation }) => MUTATING.test(operation));
    assert.equal(told, made.length);
  });
}

/** An update in place of one part of an example. */
function updated(name: string, example: string, change: (spec: Record<string, never>) => void): Change {
  const from = exampleNamed(example) as Record<string, unknown>;
  const to = structuredClone({ ...from, operation: 'update', options: { allowInterruption: true } });
  change(to as unknown as Record<string, never>);
  return { name, from, to };
}

type Part = Record<string, unknown>;
const part = (spec: Record<string, Part[]>, name: string, index = 0): Part => spec[name]?.[index] ?? {};
const ALB = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop-alb/8a3f09d27be16488';
const NLB =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/ingest-nlb/8a3f09d27be1648a';

const IN_PLACE: Change[] = [
  updated('tags of a target group set and dropped', 'checkout-edge', spec => {
    part(spec, 'targetGroups')['tags'] = { owner: 'checkout' };
  }),
  updated('a tag of a target group added', 'checkout-edge', spec => {
    part(spec, 'targetGroups')['tags'] = { team: 'checkout', owner: 'checkout' };
  }),
  updated('tags of a target group dropped', 'checkout-edge', spec => {
    part(spec, 'targetGroups')['tags'] = {};
  }),
  updated('tags and members of an Alibaba Cloud group', 'shop-accelerator', spec => {
    Object.assign(part(spec, 'endpointGroups'), { tags: { owner: 'shop' }, trafficPercentage: 50 });
  }),
  updated('tags of an Alibaba Cloud group dropped', 'shop-accelerator', spec => {
    part(spec, 'endpointGroups')['tags'] = {};
  }),
  updated('an endpoint added', 'checkout-edge', spec => {
    const group = part(spec, 'endpointGroups', 1);
    group['endpoints'] = [
      ...(group['endpoints'] as Part[]),
      {
        endpointId:
          'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/legacy-nlb/8a3f09d27be1648b',
      },
    ];
  }),
  updated('an endpoint added, another weighed anew, and a member', 'checkout-edge', spec => {
    Object.assign(part(spec, 'endpointGroups', 1), {
      trafficDialPercentage: 7,
      endpoints: [
        { endpointId: ALB, weight: 3 },
        { endpointId: NLB, weight: 0 },
        {
          endpointId:
            'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/legacy-nlb/8a3f09d27be1648b',
        },
      ],
    });
  }),
  updated('client IP preservation switched', 'checkout-edge', spec => {
    Object.assign(part(spec, 'endpointGroups', 1), {
      endpoints: [
        { endpointId: ALB, weight: 255, clientIPPreservationEnabled: false },
        { endpointId: NLB, weight: 0 },
      ],
    });
  }),
  updated('client IP preservation switched, and a member', 'checkout-edge', spec => {
    Object.assign(part(spec, 'endpointGroups', 1), {
      trafficDialPercentage: 7,
      endpoints: [
        { endpointId: ALB, weight: 255, clientIPPreservationEnabled: false },
        { endpointId: NLB, weight: 0 },
      ],
    });
  }),
  updated('an endpoint exchanged, and a member', 'checkout-edge', spec => {
    Object.assign(part(spec, 'endpointGroups', 1), {
      trafficDialPercentage: 7,
      endpoints: [
        { endpointId: ALB, weight: 255 },
        {
          endpointId:
            'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/legacy-nlb/8a3f09d27be1648b',
        },
      ],
    });
  }),
];

for (const change of [...CHANGES, ...IN_PLACE]) {
  test(`${change.name}: the plan names the calls of its job`, async () => {
    const world = createWorld();
    await standsOf(world, change);
    await assertCallsAsTold(world, change.to);
  });
}

test('the removal of a resource that is already gone takes no call', async () => {
  const world = createWorld();
  const { job } = await world.finish((await world.submit(exampleNamed('game-udp'), 'first')).id);
  assert.equal(job.status, 'SUCCEEDED');
  const { ga } = JSON.parse(await world.picture());
  const group = ga.EndpointGroups.find(({ Name }: { Name: string }) => Name === 'game');
  world.pass(3600);
  await strangerOn(world)('DeleteEndpointGroup', {
    EndpointGroupId: group.EndpointGroupId,
    AcceleratorId: group.AcceleratorId,
  });
  world.pass(3600);
  assert.equal(await callsTold(world, { operation: 'remove', entryPoint: 'game-udp' }), 1);
});
