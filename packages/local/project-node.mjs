// The Node that the project brings, whatever Node starts it, after installing what is missing. Every npm script and
// the command line of a fresh clone pass here, so this file is plain JavaScript that Node 20 runs, and imports nothing
// that an install brings.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const node = join(root, 'node_modules', 'node', 'bin', 'node');

/** `args`: the file to run and what it is given. Ends this process as that one ends. */
export function launch(args) {
  if (!installed()) install();
  run(args);
}

/** npm writes its own copy of the lock file last, so one older than ours is an install that is stale or broke off. */
function installed() {
  const done = join(root, 'node_modules', '.package-lock.json');
  const wanted = join(root, 'package-lock.json');
  return existsSync(node) && existsSync(done) && statSync(done).mtimeMs >= statSync(wanted).mtimeMs;
}

function install() {
  console.error('Installing what Gatehouse needs (once) ...');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0 && existsSync(node)) return;
  console.error(
    `npm ci failed${error ? `: ${error.message}` : ''}. Mend what it says above and start again.`,
  );
  process.exit(1);
}

function run(args) {
  // The channel tells the child when this process is gone, also by SIGKILL, so that it never lives on alone.
  // A moment to wait for that has just passed is waited for 1 ms, which needs no warning on the terminal.
  const child = spawn(node, ['--disable-warning=TimeoutNegativeWarning', ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group; a second copy from here would say it twice.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
