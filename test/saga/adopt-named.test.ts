// A request for what already exists is refused with the way out: another name or other ports, or its adoption.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { posted, told } from '../functions/api-cases.ts';
import { createWorld, type World } from '../world/world.ts';
import { exampleNamed } from './sweep.ts';

async function refusals(world: World, value: unknown): Promise<string[]> {
  const answer = await createPlan(world.ports(), posted(value));
  assert.equal(answer.status, 409, JSON.stringify(answer.body));
  return (told(answer, 'errors') as { detail: string }[]).map(({ detail }) => detail);
}

for (const [example, kinds] of [
  [
    'checkout-edge',
    [/choose free ports, or/, /choose free ports, or/, /the name checkout .*, or/, /has a policy .*, or/],
  ],
  ['game-udp', Array.from({ length: 3 }, () => /choose free ports, or/)],
] as const) {
  test(`whatever of ${example} exists can be adopted, which a refusal says unless the request adopts`, async () => {
    const world = createWorld();
    const { job } = await world.finish((await world.submit(exampleNamed(example), 'first')).id);
    assert.equal(job.status, 'SUCCEEDED');
    const again = { ...(exampleNamed(example) as object), entryPoint: 'another-one' };
    const said = (await refusals(world, again)).filter(detail => detail.includes('options.adopt: true'));
    assert.equal(said.length, kinds.length, said.join('\n'));
    for (const [at, kind] of kinds.entries()) assert.match(said[at] ?? '', kind);
    const adopting = await createPlan(world.ports(), posted({ ...again, options: { adopt: true } }));
    assert.doesNotMatch(JSON.stringify(adopting.body), /set options\.adopt/);
  });
}

test('ports that only overlap are no listener to adopt', async () => {
  const world = createWorld();
  const example = exampleNamed('game-udp') as { listener: object };
  assert.equal((await world.finish((await world.submit(example, 'first')).id)).job.status, 'SUCCEEDED');
  const listener = { ...example.listener, portRanges: [{ fromPort: 7000, toPort: 7000 }] };
  const [detail] = await refusals(world, { ...example, entryPoint: 'another-one', listener });
  assert.match(detail ?? '', /choose free ports$/);
});
