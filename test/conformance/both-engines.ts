// Runs each scenario on our engine and on moto's concurrently, and compares the results.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Scenario, startEngine } from './engine-run.ts';

export async function onBothEngines(scenarios: Scenario[]): Promise<void> {
  const [ours, moto] = await Promise.all([startEngine('local'), startEngine('moto')]);
  after(() => Promise.all([ours.stop(), moto.stop()]));

  for (const scenario of scenarios) {
    test(scenario.name, async () => {
      const [here, there] = await Promise.all([ours.run(scenario), moto.run(scenario)]);
      assert.deepEqual(there, here, 'both engines do the same');
      assert.deepEqual(there.ends, scenario.ends);
      if (scenario.ends.includes('ROLLED_BACK')) assert.ok(there.unchanged, 'the clouds are as before');
    });
  }
}
