// The sweep over the cloud reads of every example. Each is refused permanently, or disturbed for a while in one of
// three ways; full/reads.sweep.ts has all three.
import { REFUSED, TROUBLED } from './reads.ts';
import { runCase, sweep } from './sweep.ts';

sweep('any one look refused for good: nothing is left, or it is named', REFUSED, runCase);
sweep(
  'any one look dropped, throttled or answered with a fault three times: it changes nothing about the end',
  REFUSED.flatMap((_, at) => TROUBLED[at % TROUBLED.length]?.cases[at] ?? []),
  runCase,
);
