// Each mutation finds its piece of source, once: seen here at once, and not only when the sweeps run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MUTATIONS } from './mutations.ts';
import { mutated } from './planting.ts';

test(`the source of each mutation exists (${MUTATIONS.length} mutations)`, () => {
  const missing = MUTATIONS.flatMap(mutation => {
    try {
      mutated(mutation);
      return [];
    } catch (thrown) {
      return [`the loss of ${mutation.loses}: ${thrown instanceof Error ? thrown.message : thrown}`];
    }
  });
  assert.equal(missing.length, 0, missing.join('\n'));
});

test('no two mutations have one name', () => {
  assert.equal(new Set(MUTATIONS.map(({ loses }) => loses)).size, MUTATIONS.length);
});

test('a piece that is not there, or there twice, is no mutation', () => {
  const file = 'core/src/step/fence.ts';
  assert.throws(() => mutated({ file, from: 'no such piece', to: '' }), /0 times instead of once/);
  assert.throws(() => mutated({ file, from: 'throw new', to: '' }), /\d times instead of once/);
});
