// What a person asks of a job survives a death at any one write. A few of all by a seed; full/verbs.sweep.ts runs every one.
import { sample, sweep } from './sweep.ts';
import { runVerbCase, verbCrashes } from './verb-crashes.ts';

sweep(
  'a verb is carried out once, whichever write a Lambda dies at',
  sample(await verbCrashes(), 80, 20261121),
  runVerbCase,
);
