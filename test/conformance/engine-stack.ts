// A local stack in a process of its own, on the engine that the command line names. Its parent plans the crashes of the
// functions: a message replaces those of the message before, and is answered with those that have not happened.
import { handlerInSource } from '@gatehouse/local/functions';
import { startLocalStack } from '@gatehouse/local/local-stack';
import { type Crash, crashing } from './crashes.ts';
import { motoEngine } from './moto-engine.ts';

const [engine, dataDir = '', timeScale = ''] = process.argv.slice(2);
let planned: Crash[] = [];

const stack = await startLocalStack({
  port: 0,
  dataDir,
  timeScale: Number(timeScale),
  seed: 'engines',
  handlerOf: crashing(handlerInSource, () => planned),
  ...(engine === 'moto' ? { engine: await motoEngine(Number(timeScale)) } : {}),
});
process.on('message', (crashes: Crash[]) => {
  process.send?.(planned);
  planned = crashes;
});
process.on('disconnect', () => void stack.stop().finally(() => process.exit(0)));
process.send?.(stack.url);
