// Every command of the README, run as it is printed, but for the port.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
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

test('the curl that submits and the curl that polls work as printed', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '200');
  const [submit = '', poll = ''] = commands.filter(command => command.startsWith('curl'));
  const submitted = await run(submit, url);
  assert.match(submitted.stdout, /^HTTP\/1\.1 202 Accepted/);
  const { items } = JSON.parse((await run(poll, url)).stdout);
  assert.equal(items[0].entryPoint, 'voice-udp');
  assert.match(submitted.stdout, new RegExp(`location: ${items[0].links.self}`, 'i'));
});

test('the commands of the command line work as printed', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '200');
  const said = commands.filter(command => command.startsWith('npx gatehouse '));
  assert.equal(said.length, 2);
  const told = [];
  for (const command of said) told.push((await run(`GATEHOUSE_URL=${url} ${command}`, url)).stdout);
  assert.match(told[0] ?? '', /SUCCEEDED after/);
  assert.match(told[1] ?? '', /^app-cookie stands on aws since/);
});

test('the AWS CLI commands work as printed', needsAws, async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo');
  const aws = commands.filter(command => command.includes(' aws '));
  assert.equal(aws.length, 4);
  for (const command of aws) {
    const env = 'AWS_PAGER= AWS_DEFAULT_OUTPUT=json ';
    const { stdout } = await run(`${env}${command}`, url);
    assert.notDeepEqual(Object.values(JSON.parse(stdout))[0], []);
  }
});

test('the 403 of docs/permissions.md comes as printed', async t => {
  const [starts = '', submit = ''] = commandsOf(readFileSync('docs/permissions.md', 'utf8'));
  const options = starts.replace('npm start -- ', '').split(' ');
  const { url } = await start(t, temporaryFolder(t), '--no-demo', ...options);
  const { stdout } = await run(submit, url);
  assert.match(stdout, /^HTTP\/1\.1 403 Forbidden/);
  assert.match(stdout, /"pointer":"\/endpointGroups\/0\/region"/);
});

test('every command of the README is one that is run', () => {
  const known = [/^npm start$/, /^npm test$/, /^npx gatehouse /, /^curl /, / aws /];
  for (const command of commands)
    assert.ok(
      known.some(pattern => pattern.test(command)),
      command,
    );
});

test('what the README links to is there', () => {
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
  assert.ok(links.length > 5);
  for (const target of links) assert.ok(existsSync(target), target);
});
