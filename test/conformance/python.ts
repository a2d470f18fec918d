// The Python packages of the conformance suites. The first run installs them, as requirements.txt pins them, into a virtual
// environment that later runs use. Without Python or the packages, the tests fail.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

type Requirements = 'requirements.txt' | 'client-requirements.txt';

/** The interpreter of the virtual environment. */
export function python(requirements: Requirements = 'requirements.txt'): string {
  const file = join(import.meta.dirname, requirements);
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const edition = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  const folder = join(cache, 'gatehouse', `python-${edition}`);
  if (!existsSync(folder)) install(folder, file);
  return join(folder, 'bin/python');
}

function install(folder: string, requirements: string): void {
  console.error(`Installing the Python packages to test with, once, into ${folder} ...`);
  // Renamed when complete, so that an interrupted run leaves nothing that looks installed. The interpreter of an environment
  // finds its packages after the move.
  const making = `${folder}.${process.pid}`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    run('python3', '-m', 'venv', making);
    run(join(making, 'bin/python'), '-m', 'pip', 'install', '--quiet', '--requirement', requirements);
    renameSync(making, folder);
  } catch (thrown) {
    rmSync(making, { recursive: true, force: true });
    throw thrown;
  }
}

function run(command: string, ...args: string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error ?? ''}${stdout}${stderr}`);
}
