// The sweep over all the other examples: every kind of fault at each of their mutating calls.
import { BACKWARD, casesOf, FORWARD } from './fault-kinds.ts';
import { baselineOf, EXAMPLES, runCase, sweep } from './sweep.ts';

const examples = await Promise.all(EXAMPLES.filter(name => name !== 'checkout-edge').map(baselineOf));

for (const kind of FORWARD) {
  const cases = examples.flatMap(example => casesOf(example, kind, 'forward'));
  sweep(`any one call, ${kind.name}: as requested or as before`, cases, runCase);
}
for (const kind of BACKWARD) {
  const cases = examples.flatMap(example => casesOf(example, kind, 'backward'));
  sweep(`any one call of the undo, ${kind.name}: as before, or named`, cases, runCase);
}
