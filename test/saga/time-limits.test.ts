// No function can run into its time limit while its calls are answered in time: what each kind calls, forward and backward, is added
// up with the time-outs of the clients. full/time-limits.sweep.ts does so for every example and every change.
import { test } from 'node:test';
import { CHANGES } from './changes.ts';
import { baselineOf } from './sweep.ts';
import { Longest, withTargets } from './time-limits.ts';

test('the calls of every function fit into its time limit, each as slow as its client allows', async t => {
  const longest = new Longest();
  for (const name of ['checkout-edge', 'shop-accelerator', 'app-cookie']) {
    const example = await baselineOf(name);
    await longest.run(name, [example.value], example.turnBack);
    await longest.run(name, [example.value, { operation: 'remove', entryPoint: name }]);
  }
  for (const name of [
    'every member in place',
    'groups and endpoints that come and go',
    'another accelerator',
  ]) {
    const change = CHANGES.find(each => each.name === name);
    await longest.run(name, [change?.from, change?.to]);
  }
  const large = withTargets(1000);
  await longest.run('1000 targets', [large, { operation: 'remove', entryPoint: 'checkout-edge' }]);
  for (const line of longest.assertWithinLimits()) t.diagnostic(line);
});
