// The sweep over the database writes of every example: a Lambda dies right before and right after each of them. In a
// rollback the two alternate; full/crashes.sweep.ts has both.
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
