// Every death at every write of a rollback; crashes.test.ts has one of the two for each write.
import { crashes } from '../crashes.ts';
import { runCase, sweep } from '../sweep.ts';

for (const when of ['before', 'after'] as const)
  sweep(
    `backward: a Lambda that dies right ${when} any one write is made up for`,
    crashes('backward', when),
    runCase,
  );
