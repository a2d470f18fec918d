// Every invocation of every example crashes in every way of Lambda, and every invocation of every change in one;
// function-crashes.test.ts is a sample.
import { runChange } from '../changes.ts';
import { changeCrashes, everyCrash, everyInvoked } from '../function-crashes.ts';
import { runCase, sweep } from '../sweep.ts';

for (const each of await everyInvoked())
  sweep(
    `${each.example.name}, ${each.direction}: a function that crashes once is called again`,
    everyCrash(each),
    runCase,
  );

sweep('a change: a function that crashes once is called again', await changeCrashes(/^/), runChange);
