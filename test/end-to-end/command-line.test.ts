// The real binary against the real process, and every command of docs/command-line.md as printed there.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { EXIT_CODES } from '@gatehouse/cli/exit';
import { firstUrl, start, temporaryFolder } from './gatehouse.ts';

const BIN = resolve('packages/cli/bin.mjs');
const docs = readFileSync('docs/command-line.md', 'utf8');

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

function run(file: string, args: string[], options: { cwd: string; url: string }): Promise<Ran> {
  const { cwd, url } = options;
  const env = { ...process.env, GATEHOUSE_URL: url };
  return new Promise(done => {
    const child = execFile(file, args, { cwd, env }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
    child.stdin?.end();
  });
}

test('every command of the page works as printed, in order, beside the example of npm start', async t => {
  const { url } = await start(t, temporaryFolder(t), '--time-scale', '200');
  const folder = temporaryFolder(t);
  // npx finds the same packages there as in the repository.
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  cpSync('examples', join(folder, 'examples'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{}');
  const commands = [...docs.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block.trim().split('\n'),
  );
  assert.ok(commands.length >= 7);
  for (const command of commands) {
    const { code, stdout, stderr } = await run('sh', ['-c', command], { cwd: folder, url });
    assert.equal(code, 0, `${command}: ${stdout}${stderr}`);
    if (command.includes('--output json')) for (const line of stdout.trim().split('\n')) JSON.parse(line);
  }
});

test('the program of the page works as printed, beside the entry points of the README', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '200');
  const cookie = await run(BIN, ['apply', '-f', 'examples/app-cookie.yaml', '--wait'], { cwd: '.', url });
  assert.equal(cookie.code, 0, cookie.stderr);
  const [, program = ''] = /```ts\n([\s\S]*?)```/.exec(docs) ?? [];
  const folder = temporaryFolder(t);
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'program.mts'), program.replace('http://127.0.0.1:4700', url));
  const { code, stdout, stderr } = await run(process.execPath, ['program.mts'], { cwd: folder, url });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /SUCCEEDED The entry point is provisioned as requested\.\n$/);
});

test('the page and --help list the same exit codes and commands', async () => {
  const told = [...docs.matchAll(/^\| (\d+) \| (.*) \|$/gm)].map(([, code, meaning]) => [
    Number(code),
    meaning,
  ]);
  assert.deepEqual(told, EXIT_CODES);
  const { stdout } = await run(BIN, ['--help'], { cwd: '.', url: '' });
  const helped = [...stdout.matchAll(/^ {2}([a-z]+)(?:\|[a-z]+)? (?:[[<]| )/gm)]
    .map(([, name]) => name)
    .toSorted();
  const written = [...docs.matchAll(/^\| `([a-z]+)[^|]*(?:\\\|[^|]*)?\|/gm)]
    .map(([, name]) => name)
    .toSorted();
  assert.deepEqual(written, helped);
  for (const [, target = ''] of docs.matchAll(/\]\(([^)]+)\)/g))
    assert.ok(existsSync(join('docs', target.replace(/#.*/, ''))), target);
});

test('a reader that closes the pipe ends the command silently', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo');
  const { stdout, stderr } = await run('sh', ['-c', `${BIN} schema | head -1; ${BIN} list | true`], {
    cwd: '.',
    url,
  });
  assert.deepEqual([stdout, stderr], ['{\n', '']);
});

test('it runs from any folder, on the Node of the project, and reads a file from there', async t => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'deep'));
  cpSync('examples/voice-udp.yaml', join(folder, 'deep', 'voice.yaml'));
  const ran = await run(BIN, ['validate', '-f', 'voice.yaml'], { cwd: join(folder, 'deep'), url: '' });
  assert.deepEqual([ran.code, ran.stdout], [0, 'voice.yaml is valid: provision voice-udp.\n']);
});

test('Ctrl-C ends the real process with 130, and its job continues', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '30');
  const args = [BIN, 'apply', '-f', 'examples/voice-udp.yaml', '--wait', '--url', url];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', line => lines.push(line));
  const exit = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout }))
    if (line.includes('RUNNING')) child.kill('SIGINT');
  assert.deepEqual(await exit, [130, null]);
  assert.match(lines.at(-1) ?? '', /^Stopped watching\. The job continues\. .*gatehouse watch job-/);
  const watched = await run(BIN, ['watch', 'voice-udp'], { cwd: '.', url });
  assert.equal(watched.code, 0, watched.stdout);
});

test('on a real terminal, Ctrl-C stops watching and says that the job continues', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '4');
  const command = `${BIN} apply -f examples/voice-udp.yaml --wait --url ${url}`;
  // The terminal sends Ctrl-C to the shell, too; one without a trap ends before it tells the exit code.
  const terminal = `stty rows 30 cols 150; trap : INT; ${command}; echo "exit $?"`;
  // Of util-linux: runs a command on a terminal of its own, and gives what it is told to it.
  const child = spawn('script', ['--quiet', '--return', '--command', terminal, '/dev/null']);
  t.after(() => child.kill('SIGKILL'));
  let seen = '';
  for await (const chunk of child.stdout) {
    const before = seen;
    seen += stripVTControlCharacters(String(chunk));
    const pressed = (text: string) => text.includes('listener UDP');
    if (pressed(seen) && !pressed(before)) child.stdin.write('\u0003');
  }
  assert.match(seen, /(QUEUED|RUNNING) [\s\S]*Stopped watching\. The job continues\. [\s\S]*exit 130/);
});

test('gatehouse local runs the local stack, and Ctrl-C stops it cleanly', async t => {
  const args = [BIN, 'local', '--no-demo', '--port', '0', '--data-dir', temporaryFolder(t)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const url = await firstUrl(child);
  assert.equal((await run(BIN, ['list'], { cwd: '.', url })).code, 0);
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  assert.deepEqual(await exit, [0, null]);
});
