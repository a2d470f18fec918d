import { pairs } from './pairs.ts';
import { runCase, sample, sweep } from './sweep.ts';

const SEED = 20_260_301;
const COUNT = 250;

const all = await pairs();
sweep(
  `two faults in one run, ${COUNT} of ${all.length} pairs: the job ends, and what its end says is so`,
  sample(all, COUNT, SEED),
  runCase,
);
