// Every death at every write of every change; changes-crashes.test.ts samples them.
import { runChange } from '../changes.ts';
import { crashesOf } from '../changes-crashes.ts';
import { sweep } from '../sweep.ts';

for (const { name, cases } of await crashesOf()) sweep(name, cases, runChange);
