// A request is parsed once and planned once, when it is accepted; everything after it reads the stored result. The
// engine's own coverage counts how often each function has run.
import assert from 'node:assert/strict';
import { Session } from 'node:inspector/promises';
import { test } from 'node:test';
import { createWorld, type World } from '../world/world.ts';
import { exampleNamed } from './sweep.ts';

const COUNTED = { parseRequest: 'request/request.ts', planSteps: 'plan/plan-steps.ts' };

/** How often each of the functions runs while `act` does. */
async function runsDuring(act: () => Promise<unknown>): Promise<Record<string, number>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await act();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  const runs = Object.entries(COUNTED).map(([name, file]): [string, number] => {
    const script = result.find(({ url }) => url.endsWith(`packages/core/src/${file}`));
    const called = script?.functions.find(({ functionName }) => functionName === name);
    return [name, called?.ranges[0]?.count ?? 0];
  });
  return Object.fromEntries(runs);
}

async function run(world: World, value: unknown, key: string): Promise<void> {
  const { id } = await world.submit(value, key);
  const { job } = await world.finish(id);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  world.pass(3600);
}

test('provision, update and removal each parse the request once and plan it once', async () => {
  const world = createWorld();
  const spec = exampleNamed('checkout-edge') as Record<string, unknown>;
  const requests: [string, unknown][] = [
    ['provision', spec],
    ['update', { ...spec, operation: 'update', targetGroups: [] }],
    ['remove', { operation: 'remove', entryPoint: 'checkout-edge' }],
  ];
  for (const [operation, value] of requests) {
    const runs = await runsDuring(() => run(world, value, operation));
    assert.deepEqual(runs, { parseRequest: 1, planSteps: 1 }, operation);
  }
});

test('the count is that of real calls: two jobs are parsed twice', async () => {
  const world = createWorld();
  const runs = await runsDuring(async () => {
    await run(world, exampleNamed('app-cookie'), 'one');
    await run(world, exampleNamed('metrics-lambda'), 'other');
  });
  assert.deepEqual(runs, { parseRequest: 2, planSteps: 2 });
});
