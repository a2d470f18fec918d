// As time-limits.test.ts, for every example, forward and backward, and every change of an entry point.
import { test } from 'node:test';
import { CHANGES } from '../changes.ts';
import { baselineOf, EXAMPLES } from '../sweep.ts';
import { Longest, withTargets } from '../time-limits.ts';

test('the calls of every function fit into its time limit, each as slow as its client allows', async t => {
  const longest = new Longest();
  for (const name of EXAMPLES) {
    const example = await baselineOf(name);
    await longest.run(name, [example.value], example.turnBack);
    await longest.run(name, [example.value, { operation: 'remove', entryPoint: name }]);
  }
  for (const { name, from, to } of CHANGES) await longest.run(name, [from, to]);
  for (const count of [150, 1000])
    await longest.run(`${count} targets`, [
      withTargets(count),
      { operation: 'remove', entryPoint: 'checkout-edge' },
    ]);
  for (const line of longest.assertWithinLimits()) t.diagnostic(line);
});
