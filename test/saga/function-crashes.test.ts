// Sweeps over the invocations of functions: each crashes once, in one of the ways of Lambda. The rollbacks are a sample;
// full/function-crashes.sweep.ts has every way for every invocation.
import { everyInvoked, oneCrashEach } from './function-crashes.ts';
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
