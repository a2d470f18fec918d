// The caller's identity on the command line, for a deployment that accepts tokens behind the authorizer of API Gateway.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { unreliableProxy } from '../client/unreliable-proxy.ts';
import { gatehouse } from './run.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmVk';
const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"items":[]}' };
const stranger = { ...answer, status: 401, body: '{"message":"Unauthorized"}' };

const VARIABLES = ['GATEHOUSE_TOKEN', 'GATEHOUSE_TOKEN_COMMAND', 'GATEHOUSE_AWS_REGION'];

/** The environment of this test only. */
function environment(t: TestContext, given: Record<string, string>): void {
  for (const name of VARIABLES) delete process.env[name];
  Object.assign(process.env, given);
  t.after(() => {
    for (const name of VARIABLES) delete process.env[name];
  });
}

async function list(t: TestContext, args: string[] = [], mishaps: object[] = [answer]) {
  const proxy = await unreliableProxy(t, 'http://127.0.0.1:1');
  proxy.mishaps.push(...(mishaps as (typeof answer)[]));
  const ran = await gatehouse(['list', '--url', proxy.url, ...args]);
  return { ...ran, tokens: proxy.seen.map(({ headers }) => headers['authorization']) };
}

test('GATEHOUSE_TOKEN is sent and never printed', async t => {
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

test('a failed token command is reported with its last line of standard error, and nothing is sent', async t => {
  environment(t, { GATEHOUSE_TOKEN_COMMAND: `echo ${JWT}; echo 'log in first' >&2; exit 3` });
  const { code, stderr, tokens } = await list(t);
  assert.equal(code, 1);
  assert.equal(stderr, 'gatehouse: the token command failed with exit code 3: log in first\n');
  assert.deepEqual(tokens, []);
});

test('a failure of Gatehouse is reported with its request id', async t => {
  environment(t, {});
  const told = {
    code: 'InternalFailure',
    detail: 'Gatehouse failed; its log has the cause',
    retryable: false,
  };
  const id = '0f4c8a2e-9b7d-46f1-a3c5-e7092b4d6f81';
  const instance = `urn:gatehouse:request:${id}`;
  const failed = { ...answer, status: 500, body: JSON.stringify({ ...told, instance }) };
  const { code, stderr } = await list(t, [], [failed]);
  assert.equal(code, 1);
  assert.equal(
    stderr,
    `gatehouse: ${told.detail} (500 InternalFailure)\n  The log has details under the request id ${id}.\n`,
  );
});

test('a rejected token is reported with advice', async t => {
  environment(t, { GATEHOUSE_TOKEN: JWT });
  const { code, stderr } = await list(t, [], [stranger]);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^gatehouse: Unauthorized \(401 Http401\)\n {2}Check your identity: .*GATEHOUSE_TOKEN/,
  );
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
  test(`${what} conflict`, async t => {
    environment(t, given);
    const { code, stderr, tokens } = await list(t, [...args]);
    assert.equal(code, 2);
    assert.match(stderr, says);
    assert.match(stderr, /conflict; give only one of them/);
    assert.ok(!stderr.includes(JWT));
    assert.deepEqual(tokens, []);
  });
}

test('empty variables count as unset', async t => {
  environment(t, Object.fromEntries(VARIABLES.map(name => [name, ''])));
  const { code, stderr, tokens } = await list(t);
  assert.equal(code, 0, stderr);
  assert.deepEqual(tokens, [undefined]);
});
