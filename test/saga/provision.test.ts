import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { createWorld } from '../world/world.ts';

const example: unknown = parse(readFileSync('examples/checkout-edge.yaml', 'utf8'));

test('the example ends SUCCEEDED', async () => {
  const world = createWorld();
  const job = await world.submit(example);
  const { job: ended } = await world.finish(job.id);

  assert.equal(ended.status, 'SUCCEEDED');
});
