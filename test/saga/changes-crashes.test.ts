// Changes of an entry point in which a Lambda dies right before or right after any one write: forward, in the cleanup,
// and in the rollback. A seed samples the cases; full/changes.sweep.ts runs them all.
import { runChange } from './changes.ts';
import { crashesOf } from './changes-crashes.ts';
import { sample, sweep } from './sweep.ts';

for (const { name, cases } of await crashesOf()) sweep(name, sample(cases, 60, 20261121), runChange);
