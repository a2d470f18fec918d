// `gatehouse local`: what `npm start` does, in a process of its own that ends with this one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { EXIT } from './exit.ts';
import type { Terminal } from './terminal.ts';

const MAIN = fileURLToPath(new URL('../../local/src/bin/main.ts', import.meta.url));

/** Gives its exit code. */
export async function local(args: string[], { stopped }: Terminal): Promise<number> {
  // The channel tells it when this process is gone.
  const child = spawn(process.execPath, [...process.execArgv, MAIN, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  stopped.addEventListener('abort', () => child.kill('SIGINT'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? EXIT.interrupted;
}
