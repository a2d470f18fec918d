// Lambdas that resume late. A seed samples the cases; full/stale-lambdas.sweep.ts runs them all.
import { runStaleCase, staleCases } from './stale-lambdas.ts';
import { sample, sweep } from './sweep.ts';

sweep(
  'a Lambda whose job has moved on makes no further change',
  sample(await staleCases(), 60, 20261124),
  runStaleCase,
);
