// Runs the lives of many seeds. A failure is reported with its seed and the smallest life that reproduces it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawLife, type Life } from './life.ts';
import { live } from './live.ts';
import { shrunk } from './shrink.ts';

export function simulate(name: string, seeds: readonly number[]): void {
  test(`${name} (${seeds.length} lives)`, async () => {
    const failures: string[] = [];
    for (const seed of seeds) {
      const failure = await failureOf(drawLife(seed));
      if (failure !== undefined) failures.push(await told(seed, failure));
    }
    if (failures.length > 0) assert.fail(`${failures.length} of ${seeds.length}:\n${failures.join('\n\n')}`);
  });
}

async function failureOf(life: Life): Promise<string | undefined> {
  try {
    await live(life);
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

async function told(seed: number, failure: string): Promise<string> {
  const kind = kindOf(failure);
  const smallest = await shrunk(drawLife(seed), async life => kindOf((await failureOf(life)) ?? '') === kind);
  return `seed ${seed}: ${await failureOf(smallest)}\n${JSON.stringify(smallest)}`;
}

/** So that shrinking does not lead from one failure to another. */
function kindOf(failure: string): string {
  return failure.replace(/^(round \d+|the end): /, '').slice(0, 24);
}
