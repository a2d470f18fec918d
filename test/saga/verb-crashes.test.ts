// Actions on a job survive a death at any one write. A seed samples the cases; full/verbs.sweep.ts runs them all.
import { sample, sweep } from './sweep.ts';
import { runVerbCase, verbCrashes } from './verb-crashes.ts';

sweep(
  'a verb is carried out once, whichever write a Lambda dies at',
  sample(await verbCrashes(), 80, 20261121),
  runVerbCase,
);
