// Lambdas that wake up late. A few of all cases by a seed; full/stale-lambdas.sweep.ts runs every one.
import { runStaleCase, staleCases } from './stale-lambdas.ts';
import { sample, sweep } from './sweep.ts';

sweep(
  'a Lambda whose job has moved on makes no further change',
  sample(await staleCases(), 60, 20261124),
  runStaleCase,
);
