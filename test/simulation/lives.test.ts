import { simulate } from './simulate.ts';

/** As many as fit into a run of all tests. */
const SEEDS = 12;

simulate(
  'whatever a life draws, its entry points are as their last jobs say, and nothing of others has changed',
  Array.from({ length: SEEDS }, (_, at) => at + 1),
);
