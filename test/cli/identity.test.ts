// Who asks, as the command line says it to a Gatehouse that takes tokens: an authorizer as API Gateway has it is in front.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { badLine } from '../client/bad-line.ts';
import { gatehouse } from './run.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmVk';
const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"items":[]}' };
const stranger = { ...answer, status: 401, body: '{"message":"Unauthorized"}' };

const VARIABLES = ['GATEHOUSE_TOKEN', 'GATEHOUSE_TOKEN_COMMAND', 'GATEHOUSE_AWS_REGION'];

/** Of this test only. */
function environment(t: TestContext, given: Record<string, string>): void {
  for (const name of VARIABLES) delete process.env[name];
  Object.assign(process.env, given);
  t.after(() => {
    for (const name of VARIABLES) delete process.env[name];
  });
}

async function list(t: TestContext, args: string[] = [], mishaps: object[] = [answer]) {
  const line = await badLine(t, 'http://127.0.0.1:1');
  line.mishaps.push(...(mishaps as (typeof answer)[]));
  const ran = await gatehouse(['list', '--url', line.url, ...args]);
  return { ...ran, tokens: line.seen.map(({ headers }) => headers['authorization']) };
}

test('GATEHOUSE_TOKEN is sent, and told to nobody', async t => {
  environment(t, { GATEHOUSE_TOKEN: JWT });
  const { code, stdout, stderr, tokens } = await list(t);
  assert.equal(code, 0, stderr);
  assert.deepEqual(tokens, [`Bearer ${JWT}`]);
  const help = await gatehouse(['--help']);
  for (const said of [stdout, stderr, help.stdout]) assert.ok(!said.includes(JWT));
});

test('a token command is run for each call', async t => {
  environment(t, {});
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'asked'), '');
  const command = `echo x >> '${folder}/asked'; echo token-$(grep -c x '${folder}/asked')`;
  const busy = {
    ...answer,
    status: 503,
    headers: { 'content-type': 'application/json', 'retry-after': '0' },
  };
  const { code, stderr, tokens } = await list(t, ['--token-command', command], [busy, answer]);
  assert.equal(code, 0, stderr);
  assert.deepEqual(tokens, ['Bearer token-1', 'Bearer token-2']);
});

test('a token command that fails says so in its own last words, and nothing is sent', async t => {
  environment(t, { GATEHOUSE_TOKEN_COMMAND: `echo ${JWT}; echo 'log in first' >&2; exit 3` });
  const { code, stderr, tokens } = await list(t);
  assert.equal(code, 1);
  assert.equal(stderr, 'gatehouse: the token command ended with 3: log in first\n');
  assert.deepEqual(tokens, []);
});

test('a failure of Gatehouse is told with the request that its log knows it by', async t => {
  environment(t, {});
  const told = { code: 'InternalFailure', detail: 'Gatehouse failed; its log says why', retryable: false };
  const id = '0f4c8a2e-9b7d-46f1-a3c5-e7092b4d6f81';
  const instance = `urn:gatehouse:request:${id}`;
  const failed = { ...answer, status: 500, body: JSON.stringify({ ...told, instance }) };
  const { code, stderr } = await list(t, [], [failed]);
  assert.equal(code, 1);
  assert.equal(stderr, `gatehouse: ${told.detail} (500 InternalFailure)\n  Its log has it under ${id}.\n`);
});

test('a token that is not taken is said to be what is missing', async t => {
  environment(t, { GATEHOUSE_TOKEN: JWT });
  const { code, stderr } = await list(t, [], [stranger]);
  assert.equal(code, 2);
  assert.match(stderr, /^gatehouse: Unauthorized \(401 Http401\)\n {2}Who asks\? .*GATEHOUSE_TOKEN/);
});

for (const [what, given, args, says] of [
  [
    'a token and a region to sign for',
    { GATEHOUSE_TOKEN: JWT },
    ['--aws-region', 'eu-west-1'],
    /--aws-region/,
  ],
  ['a token and a command for one', { GATEHOUSE_TOKEN: JWT }, ['--token-command', 'x'], /--token-command/],
  [
    'a region and a command, from the environment',
    { GATEHOUSE_AWS_REGION: 'eu-west-1', GATEHOUSE_TOKEN_COMMAND: 'x' },
    [],
    /GATEHOUSE_AWS_REGION.* and .*GATEHOUSE_TOKEN_COMMAND/,
  ],
] as const) {
  test(`${what} are two ways of saying who asks, which is refused`, async t => {
    environment(t, given);
    const { code, stderr, tokens } = await list(t, [...args]);
    assert.equal(code, 2);
    assert.match(stderr, says);
    assert.match(stderr, /each say who asks; give one of them/);
    assert.ok(!stderr.includes(JWT));
    assert.deepEqual(tokens, []);
  });
}

test('variables that are set to nothing say nothing', async t => {
  environment(t, Object.fromEntries(VARIABLES.map(name => [name, ''])));
  const { code, stderr, tokens } = await list(t);
  assert.equal(code, 0, stderr);
  assert.deepEqual(tokens, [undefined]);
});
