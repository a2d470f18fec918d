// `gatehouse local`: runs what `npm start` runs, in a process of its own that ends with this one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BadInput, EXIT } from './exit.ts';
import type { Terminal } from './terminal.ts';

const MAIN = fileURLToPath(new URL('../../local/src/bin/main.ts', import.meta.url));

/** Returns the exit code of the process. An installed command line has no local stack to start. */
export async function local(args: string[], { stopped }: Terminal): Promise<number> {
  if (!existsSync(MAIN))
    throw new BadInput('the local stack is part of the repository of Gatehouse; run `npm start` in a clone');
  // The IPC channel closes when this process ends, which ends the other process too.
  const child = spawn(process.execPath, [...process.execArgv, MAIN, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  stopped.addEventListener('abort', () => child.kill('SIGINT'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? EXIT.interrupted;
}
