// The sweep over examples/checkout-edge.yaml: every kind of fault at each of its mutating calls.
import { BACKWARD, casesOf, FORWARD } from './fault-kinds.ts';
import { baselineOf, runCase, sweep } from './sweep.ts';

const example = await baselineOf('checkout-edge');

for (const kind of FORWARD) {
  sweep(`any one call, ${kind.name}: as requested or as before`, casesOf(example, kind, 'forward'), runCase);
}
for (const kind of BACKWARD) {
  sweep(
    `any one call of the undo, ${kind.name}: as before, or named`,
    casesOf(example, kind, 'backward'),
    runCase,
  );
}
