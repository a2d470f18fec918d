// Every invocation of every example crashes in every way of Lambda; function-crashes.test.ts has one way for each.
import { everyCrash, everyInvoked } from '../function-crashes.ts';
import { runCase, sweep } from '../sweep.ts';

for (const each of await everyInvoked())
  sweep(
    `${each.example.name}, ${each.direction}: a function that crashes once is called again`,
    everyCrash(each),
    runCase,
  );
