import { randomCase } from './random.ts';
import { baselineOf, EXAMPLES, runCase, sweep } from './sweep.ts';

const SEEDS = 200;

const examples = await Promise.all(EXAMPLES.map(baselineOf));
const cases = Array.from({ length: SEEDS }, (_, seed) => randomCase(examples, seed + 1));
sweep('whatever a seed draws, the job ends and all invariants hold', cases, runCase);
