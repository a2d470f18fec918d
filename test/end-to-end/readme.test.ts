// Every command of the README, run as printed except for the port.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { parseRequest } from '@gatehouse/core/request/request';
import { parse } from 'yaml';
import { needsAws } from '../twins/aws-cli.ts';
import { start, temporaryFolder } from './gatehouse.ts';

const readme = readFileSync('README.md', 'utf8');
const commands = commandsOf(readme);

function commandsOf(text: string): string[] {
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));
}

const shell = promisify(execFile);

function run(command: string, url: string): Promise<{ stdout: string }> {
  return shell('sh', ['-c', command.replaceAll('http://127.0.0.1:4700', url)]);
}

test('the commands work as printed, one after another, beside the example of npm start', async t => {
  const { url } = await start(t, temporaryFolder(t), '--time-scale', '200');
  const told = new Map<string, string>();
  const isRun = (command: string) =>
    /^(curl|npx gatehouse) /.test(command) && !command.includes('metrics-lambda');
  for (const command of commands.filter(isRun)) {
    const { stdout } = await run(`GATEHOUSE_URL=${url} ${command}`, url);
    told.set(command.split(' ').slice(0, 3).join(' '), stdout);
  }
  assert.equal(told.size, 4);
  const [submitted = '', polled = '', applied = '', status = ''] = told.values();
  assert.match(submitted, /^HTTP\/1\.1 202 Accepted/);
  const { items } = JSON.parse(polled);
  assert.equal(items[0].entryPoint, 'voice-udp');
  assert.match(submitted, new RegExp(`location: ${items[0].links.self}`, 'i'));
  assert.match(applied, /SUCCEEDED after/);
  assert.match(status, /^app-cookie: on aws since/);
});

test('the AWS CLI commands work as printed, and the event creates its job', needsAws, async t => {
  const { url } = await start(t, temporaryFolder(t), '--time-scale', '200');
  const aws = commands.filter(command => command.includes(' aws '));
  assert.equal(aws.length, 4);
  for (const command of aws) {
    const env = 'AWS_PAGER= AWS_DEFAULT_OUTPUT=json ';
    const { stdout } = await run(`${env}${command}`, url);
    assert.notDeepEqual(Object.values(JSON.parse(stdout))[0], []);
  }
  const watch = commands.find(command => command.includes('metrics-lambda') && command.startsWith('npx'));
  const { stdout } = await run(`GATEHOUSE_URL=${url} ${watch}`, url);
  assert.match(stdout, /SUCCEEDED after/);
});

test('the example request is valid', () => {
  const [, shown = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const parsed = parseRequest(parse(shown));
  assert.ok(parsed.ok, JSON.stringify(parsed));
});

test('the fault example of docs/one-machine.md works as printed, and its table lists every option', async t => {
  const page = readFileSync('docs/one-machine.md', 'utf8');
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '200');
  const said = [];
  for (const command of commandsOf(page))
    said.push((await run(`export GATEHOUSE_URL=${url}; ${command}`, url)).stdout);
  assert.match(
    said[1] ?? '',
    /ROLLED_BACK after .*: The clouds are as before\. Cause: .*not today[\s\S]*exit code 3\n$/,
  );
  const { stdout: help } = await shell(process.execPath, ['packages/local/src/bin/main.ts', '--help']);
  const options = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, name]) => name).toSorted();
  assert.deepEqual(
    options(page, /^\| `(--[a-z-]+)/gm),
    options(help, /^ {2}(--[a-z-]+)/gm).filter(name => name !== '--help'),
  );
});

test('docs/entry-points.md lists the options of a request with their defaults', () => {
  const page = readFileSync('docs/entry-points.md', 'utf8');
  const table = [...page.matchAll(/^\| `(\w+)` \| .* \| `?(\w+)`?(?:; \d+ to \d+)? \|$/gm)];
  const told = Object.fromEntries(table.map(([, name = '', value]) => [name, value]));
  const parsed = parseRequest({ operation: 'remove', entryPoint: 'any-edge' });
  assert.ok(parsed.ok);
  const defaults = Object.entries(parsed.request.options).map(([name, value]) => [name, String(value)]);
  assert.deepEqual(told, Object.fromEntries(defaults));
});

test('the 403 of docs/permissions.md is as described', async t => {
  const [starts = '', submit = ''] = commandsOf(readFileSync('docs/permissions.md', 'utf8'));
  const options = starts.replace('npm start -- ', '').split(' ');
  const { url } = await start(t, temporaryFolder(t), '--no-demo', ...options);
  const { stdout } = await run(submit, url);
  assert.match(stdout, /^HTTP\/1\.1 403 Forbidden/);
  assert.match(stdout, /"pointer":"\/endpointGroups\/0\/region"/);
});

test('a test runs every command of the README', () => {
  const known = [/^npm start$/, /^npm test$/, /^npx gatehouse /, /^curl /, / aws /];
  for (const command of commands)
    assert.ok(
      known.some(pattern => pattern.test(command)),
      command,
    );
});

test('every link of the README and the pages leads to an existing file and heading', () => {
  const pages = globSync(['*.md', 'docs/**/*.md']);
  for (const page of pages) {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
    for (const link of links.filter(each => !/^https?:/.test(each))) {
      const [file = '', heading] = link.split('#');
      const target = file === '' ? page : join(dirname(page), file);
      assert.ok(existsSync(target), `${page}: ${link}`);
      if (heading) assert.ok(headingsOf(target).includes(heading), `${page}: ${link}`);
    }
  }
});

/** As GitHub names them. */
function headingsOf(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm);
  return [...found].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
