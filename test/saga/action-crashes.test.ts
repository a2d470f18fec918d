// Actions on a job survive a death at any one write. A seed samples the cases; full/actions.sweep.ts runs them all.

import { actionCrashes, runActionCase } from './action-crashes.ts';
import { sample, sweep } from './sweep.ts';

sweep(
  'an action is performed once, whichever write a Lambda dies at',
  sample(await actionCrashes(), 80, 20261121),
  runActionCase,
);
