// A local stack in its own process, on the engine that the command line names. It stops with its parent process.
import { startLocalStack } from '@gatehouse/local/local-stack';
import { motoEngine } from './moto-engine.ts';

const [engine, dataDir = '', timeScale = ''] = process.argv.slice(2);

const stack = await startLocalStack({
  port: 0,
  dataDir,
  timeScale: Number(timeScale),
  seed: 'engines',
  ...(engine === 'moto' ? { engine: await motoEngine(Number(timeScale)) } : {}),
});
process.on('disconnect', () => void stack.stop().finally(() => process.exit(0)));
process.send?.(stack.url);
