// The packages of client and command line as others use them: packed, installed in an empty folder and run on the oldest Node
// that they support, from JavaScript, from TypeScript and in a bundle for browsers.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { createContext, SourceTextModule } from 'node:vm';
import { packCli } from '@gatehouse/packing/cli';
import { packClient } from '@gatehouse/packing/client';
import { OLDEST_NODE } from '@gatehouse/packing/stage';
import { build } from 'esbuild';
import { startedStack } from '../client/local-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-packages-'));
const app = join(folder, 'app');
const node = join(app, 'node_modules', 'node', 'bin', 'node');
after(() => rmSync(folder, { recursive: true, force: true }));

const url = await startedStack();
const tarballs = [await packClient(folder), await packCli(folder)];
mkdirSync(app);
// The package `node` brings its binary by a script.
const allowScripts = { node: true };
writeFileSync(join(app, 'package.json'), JSON.stringify({ private: true, type: 'module', allowScripts }));
await run('npm', [
  'install',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  `node@${OLDEST_NODE}`,
  ...tarballs,
]);

test('the tarballs and their exports are without fault', async () => {
  for (const tarball of tarballs) await run('npx', ['--yes', 'publint@0.3.25', '--strict', tarball]);
  const [client = ''] = tarballs;
  await run('npx', ['--yes', '@arethetypeswrong/cli@0.18.5', client, '--profile', 'esm-only', '--no-emoji']);
});

test('an installed package brings no source, and nothing that only this repository has', () => {
  for (const name of ['client', 'cli']) {
    const installed = join(app, 'node_modules', '@gatehouse', name, 'package.json');
    const { dependencies = {}, license, private: isPrivate } = JSON.parse(readFileSync(installed, 'utf8'));
    assert.deepEqual(
      Object.keys(dependencies).filter(each => each.startsWith('@gatehouse/')),
      [],
    );
    assert.deepEqual([license, isPrivate], ['UNLICENSED', true]);
  }
});

test('the program of the documentation runs as JavaScript', async () => {
  writeFileSync(join(app, 'program.js'), programOf('packages/client/README.md', 'js', 'javascript'));
  assert.match(await run(node, ['program.js']), ENDED);
});

test('the program of the documentation is valid TypeScript, and runs', async () => {
  writeFileSync(join(app, 'typed.ts'), programOf('docs/command-line.md', 'ts', 'typescript'));
  const tsc = resolve('node_modules/typescript/bin/tsc');
  // The declarations themselves are checked too.
  const options = [
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2023,dom,dom.asynciterable',
  ];
  await run(process.execPath, [tsc, ...options, '--types', '', '--ignoreConfig', 'typed.ts']);
  assert.match(await run(node, ['typed.js']), ENDED);
});

test('a browser can run the program from a bundle, which has no module of Node and no AWS credential chain', async () => {
  const entry = join(app, 'browser.js');
  writeFileSync(entry, programOf('packages/client/README.md', 'js', 'browser'));
  const bundle = { bundle: true, format: 'esm', platform: 'browser', write: false, metafile: true } as const;
  const { outputFiles, metafile } = await build({ ...bundle, entryPoints: [entry], absWorkingDir: app });
  assert.deepEqual(
    Object.keys(metafile.inputs).filter(input => input.includes('@aws-sdk/credential-provider')),
    [],
  );
  const lines: string[] = [];
  const console = { log: (...words: unknown[]) => lines.push(words.join(' ')) };
  await inBrowser(outputFiles[0]?.text ?? '', console);
  assert.match(lines.join('\n'), ENDED);
});

test('in a browser, a client that is to sign needs credentials', async () => {
  const entry = join(app, 'signed.js');
  writeFileSync(
    entry,
    `import { createClient } from '@gatehouse/client';
     const client = createClient({ url: '${url}', aws: { region: 'eu-west-1' } });
     await client.jobs().catch(error => console.log(error.message));`,
  );
  const bundle = { bundle: true, format: 'esm', platform: 'browser', write: false } as const;
  const { outputFiles } = await build({ ...bundle, entryPoints: [entry], absWorkingDir: app });
  const lines: string[] = [];
  await inBrowser(outputFiles[0]?.text ?? '', { log: (line: string) => lines.push(line) });
  assert.match(lines.join('\n'), /a browser has no AWS credentials of its own/);
});

test('the installed command line creates an entry point from its own example', async () => {
  const gatehouse = (...args: string[]) =>
    run(node, [join('node_modules', '@gatehouse', 'cli', 'dist', 'gatehouse.mjs'), '--url', url, ...args]);
  await gatehouse('init', 'edge.yaml');
  const example = readFileSync(join(app, 'edge.yaml'), 'utf8');
  const [, schema = ''] = /^# yaml-language-server: \$schema=(.+)$/m.exec(example) ?? [];
  assert.equal(JSON.parse(readFileSync(join(app, schema), 'utf8')).title, 'A request to Gatehouse');
  await gatehouse('validate', '-f', 'edge.yaml');
  assert.match(await gatehouse('apply', '-f', 'edge.yaml', '--wait'), /SUCCEEDED/);
  assert.match(await gatehouse('status', 'my-edge'), /listener/);
  await assert.rejects(gatehouse('local'), { code: 2, stderr: /run `npm start` in a clone/ });
});

test('the command line is also a single file', async () => {
  const alone = join(folder, 'alone');
  mkdirSync(alone);
  copyFileSync(join(folder, 'gatehouse.mjs'), join(alone, 'gatehouse.mjs'));
  const gatehouse = (...args: string[]) => run(node, ['gatehouse.mjs', '--url', url, ...args], alone);
  await gatehouse('init', 'edge.yaml');
  await gatehouse('validate', '-f', 'edge.yaml');
  assert.match(await gatehouse('list'), /my-edge|program/);
});

const ENDED = /^SUCCEEDED /m;

async function run(command: string, args: string[], cwd = app): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd, maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}

/** The first example in this language, at the local stack and with an entry point and a port of its own. */
function programOf(file: string, language: string, name: keyof typeof PORTS): string {
  const [, code = ''] =
    new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(readFileSync(file, 'utf8')) ?? [];
  assert.ok(code.includes('createClient'), file);
  return code
    .replace('http://127.0.0.1:4700', url)
    .replace('from-a-program', name)
    .replace("'program'", `'${name}'`)
    .replace('[80]', PORTS[name]);
}

/** The simulated load balancer has a policy on the third port already. */
const PORTS = { javascript: '[80]', typescript: '[443]', browser: '[8443], replace: true' };

/** Runs a module with the globals that every browser has, and no others. */
async function inBrowser(code: string, console: object): Promise<void> {
  const context = createContext({
    ...{ console, fetch, URL, URLSearchParams, Request, Response, Headers, Blob, FormData, ReadableStream },
    ...{ TextEncoder, TextDecoder, AbortController, AbortSignal, DOMException, crypto, performance },
    ...{ setTimeout, clearTimeout, structuredClone },
  });
  const module = new SourceTextModule(code, { context });
  await module.link(() => assert.fail('a bundle imports nothing'));
  await module.evaluate();
}
