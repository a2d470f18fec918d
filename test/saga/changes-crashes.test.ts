// Changes of an entry point, with a Lambda that dies right before or right after any one write: on the way forward, through
// the removals, and on the way back. A few of all of them by a seed; full/changes.sweep.ts runs every one.
import { runChange } from './changes.ts';
import { crashesOf } from './changes-crashes.ts';
import { sample, sweep } from './sweep.ts';

for (const { name, cases } of await crashesOf()) sweep(name, sample(cases, 60, 20261121), runChange);
