// Every second one of all pairs, starting with the second: two files, for two cores. `npm test` runs a sample.
import { pairs } from '../pairs.ts';
import { runCase, sweep } from '../sweep.ts';

const half = (await pairs()).filter((_, at) => at % 2 === 1);
sweep('two faults in one run, half of all pairs: the job ends, and its end is true', half, runCase);
