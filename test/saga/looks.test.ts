// The sweep over the looks of every example. Each is refused for good, and in trouble for a while in one of three ways; in
// all of them in full/looks.sweep.ts.
import { REFUSED, TROUBLED } from './looks.ts';
import { runCase, sweep } from './sweep.ts';

sweep('any one look refused for good: nothing is left, or it is named', REFUSED, runCase);
sweep(
  'any one look dropped, throttled or answered with a fault three times: it changes nothing about the end',
  REFUSED.flatMap((_, at) => TROUBLED[at % TROUBLED.length]?.cases[at] ?? []),
  runCase,
);
