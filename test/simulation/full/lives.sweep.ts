// Many more lives; `npm test` runs the first of them. `SEED=n` runs that one alone.
import { simulate } from '../simulate.ts';

const only = process.env['SEED'];
const seeds = only ? [Number(only)] : Array.from({ length: 3_000 }, (_, at) => at + 1);

simulate(
  'whatever a life draws, its entry points are as their last jobs say, and nothing of others has changed',
  seeds,
);
