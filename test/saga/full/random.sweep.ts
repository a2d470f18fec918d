// Many more seeds; `npm test` runs the first of them. `SEED=n` runs that one alone.
import { randomCase } from '../random.ts';
import { baselineOf, EXAMPLES, runCase, sweep } from '../sweep.ts';

const only = process.env['SEED'];
const seeds = only ? [Number(only)] : Array.from({ length: 5_000 }, (_, at) => at + 1);

const examples = await Promise.all(EXAMPLES.map(baselineOf));
sweep(
  'whatever a seed draws, the job ends and all invariants hold',
  seeds.map(seed => randomCase(examples, seed)),
  runCase,
);
