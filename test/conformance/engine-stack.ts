// A local stack in its own process, on the engine that the command line names. A message of the parent process replaces the
// planned crashes; the answer contains those that have not happened.
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
