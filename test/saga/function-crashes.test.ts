// Sweeps over the invocations of functions: each crashes once, in one of the ways of Lambda. The rollbacks are a sample;
// full/function-crashes.sweep.ts has every way for every invocation.
import { runChange } from './changes.ts';
import { changeCrashes, everyInvoked, oneCrashEach } from './function-crashes.ts';
import { runCase, sample, sweep } from './sweep.ts';

const invoked = await everyInvoked(['checkout-edge', 'app-cookie', 'game-udp']);
const casesOf = (direction: 'forward' | 'backward') =>
  invoked.filter(each => each.direction === direction).flatMap(oneCrashEach);

sweep(
  'forward: a function that crashes once is called again, in the same attempt',
  casesOf('forward'),
  runCase,
);
sweep(
  'backward: a function that crashes once is called again, in the same attempt',
  sample(casesOf('backward'), 40, 1),
  runCase,
);
sweep(
  'a change: a function that crashes once is called again',
  sample(await changeCrashes(/^(a target group that has to go first|the removal of app-cookie)$/), 30, 1),
  runChange,
);
