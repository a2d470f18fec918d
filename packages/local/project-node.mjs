// Runs a file on the Node that the project installs, after installing missing packages. Every npm script and the command line
// of a fresh clone start here on any Node, so this file is plain JavaScript for Node 22 and imports no installed package.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const node = join(root, 'node_modules', 'node', 'bin', 'node');

/** `args`: the file to run and its arguments. This process exits with the same code. */
export function launch(args) {
  if (!installed()) install();
  run(args);
}

/** npm writes its own copy of the lock file last. A copy older than ours is a stale or interrupted install. */
function installed() {
  const done = join(root, 'node_modules', '.package-lock.json');
  const wanted = join(root, 'package-lock.json');
  return existsSync(node) && existsSync(done) && statSync(done).mtimeMs >= statSync(wanted).mtimeMs;
}

function install() {
  console.error('Installing the packages of Gatehouse (once) ...');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0 && existsSync(node)) return;
  console.error(`npm ci failed${error ? `: ${error.message}` : ''}. Fix the error above and start again.`);
  process.exit(1);
}

function run(args) {
  // The channel closes when this process ends, even by SIGKILL, so the child ends as well.
  // A timeout that has just passed becomes 1 ms, which needs no warning on the terminal.
  const child = spawn(node, ['--disable-warning=TimeoutNegativeWarning', ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole process group, so the child already has it.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
