// The sweep over the database writes of every example: a Lambda dies right before and right after each of them. On the way
// back it does one or the other, in turn; both in full/crashes.sweep.ts.
import { crashes } from './crashes.ts';
import { runCase, sweep } from './sweep.ts';

sweep(
  'forward: a Lambda that dies right before any one write is made up for',
  crashes('forward', 'before'),
  runCase,
);
sweep(
  'forward: a Lambda that dies right after any one write is made up for',
  crashes('forward', 'after'),
  runCase,
);

const after = crashes('backward', 'after');
sweep(
  'backward: a Lambda that dies right before or right after any one write is made up for',
  crashes('backward', 'before').flatMap((before, at) => (at % 2 === 0 ? before : (after[at] ?? []))),
  runCase,
);
