// The tests of the tests: a part of a sweep passes with the code as it is, and fails with each mutation that it is to find.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mutation } from './mutations.ts';
import type { PartName } from './parts.ts';
import { type Ran, runPart } from './run-part.ts';

export function findEach(mutations: readonly Mutation[]): void {
  assert.ok(mutations.length > 0);
  const asItIs = new Map<PartName, Promise<Ran>>();
  for (const { loses, part, says } of mutations) {
    test(`the sweep "${part}" finds the loss of ${loses}`, async () => {
      const ran = asItIs.get(part) ?? runPart(part);
      asItIs.set(part, ran);
      const { failed, passed, output } = await ran;
      assert.ok(!failed && passed > 0, `it passes without any mutation:\n${output}`);

      const mutant = await runPart(part, loses);
      assert.ok(mutant.planted, `it loads the file of the mutation:\n${mutant.output}`);
      assert.ok(mutant.failed, 'it fails');
      assert.match(mutant.output, says);
    });
  }
}
