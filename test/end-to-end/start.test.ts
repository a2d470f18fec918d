import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import {
  callsOf,
  firstUrl,
  getJson,
  hasEnded,
  poll,
  run,
  start,
  submit,
  temporaryFolder,
} from './gatehouse.ts';

const checkout = readFileSync('examples/checkout-edge.yaml', 'utf8');
const FAST = ['--time-scale', '200'];

test('the demo runs the example to its end, shows its steps, and names the next commands', async t => {
  const folder = temporaryFolder(t);
  const { code, stdout, stderr } = await run('--once', '--port', '0', '--data-dir', folder, ...FAST);
  assert.equal(code, 0, stderr);
  for (const step of ['listener TCP 80, 443', 'endpoint group eu-west-1', 'accelerator deployed']) {
    assert.match(stdout, new RegExp(`${step}: done`));
  }
  assert.match(stdout, /SUCCEEDED after .* transitions/);
  assert.match(stdout, /\nAddress: a1234567890abcdef\.awsglobalaccelerator\.com \(192\.0\.2\.250, /);
  assert.match(stdout, /curl http:\S+\/v1\/jobs\/job-/);
});

test('a second start finds the example and shows it', async t => {
  const folder = temporaryFolder(t);
  await run('--once', '--port', '0', '--data-dir', folder, ...FAST);
  const { code, stdout } = await run('--once', '--port', '0', '--data-dir', folder, ...FAST);
  assert.equal(code, 0);
  assert.match(stdout, /checkout-edge: on aws since/);
  assert.match(stdout, /arn:aws:globalaccelerator::123456789012:accelerator\/.*\/listener\//);
  assert.match(stdout, /\nAddress: a1234567890abcdef\.awsglobalaccelerator\.com \(192\.0\.2\.250, /);
});

test('the example takes at most 50 transitions and 3 for each poll', async t => {
  const folder = temporaryFolder(t);
  const { stdout } = await run('--once', '--port', '0', '--data-dir', folder, ...FAST);
  const [, transitions, polls] = /, (\d+) state transitions, (\d+) polls/.exec(stdout) ?? [];
  assert.ok(Number(transitions) <= 50 + 3 * Number(polls), `${transitions} for ${polls} polls`);
});

test('with --once, a failed example exits with 1', async t => {
  const folder = temporaryFolder(t);
  const stack = await start(t, folder, '--no-demo', ...FAST);
  const error = { code: 'InvalidArgumentException', status: 400, message: 'no such load balancer' };
  const faults = [
    { service: 'globalaccelerator', operation: 'CreateEndpointGroup', fault: 'error', times: 1, error },
  ];
  await fetch(`${stack.url}/_twin/faults`, { method: 'PUT', body: JSON.stringify(faults) });
  await stack.kill();
  const { code, stdout } = await run('--once', '--port', '0', '--data-dir', folder, ...FAST);
  assert.equal(code, 1);
  assert.match(stdout, /ROLLED_BACK[\s\S]*no such load balancer/);
});

test('if the access rules forbid the example, the local stack says so and continues', async t => {
  const folder = temporaryFolder(t);
  const access = join(folder, 'access.yaml');
  writeFileSync(access, 'callers: { "*": { accelerators: [] } }');
  const options = ['--port', '0', '--data-dir', folder, '--access', access, ...FAST];
  const { code, stdout, stderr } = await run('--once', ...options);
  assert.equal(code, 1);
  assert.match(stdout, /The example was refused: .* may not use/);
  assert.equal(stderr, '');
});

test('Ctrl-C stops it cleanly', async t => {
  const stack = await start(t, temporaryFolder(t), '--no-demo');
  assert.equal(await stack.interrupt(), 0);
});

test('it listens on 127.0.0.1 only', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo');
  await assert.rejects(fetch(url.replace('127.0.0.1', '127.0.0.2')));
});

for (const [name, options, says] of [
  ['a bad option', ['--bogus'], /unknown option '--bogus'/],
  ['a bad port', ['--port', '99999'], /whole number from 0 to 65535/],
  ['an origin with a path', ['--cors-origin', 'https://a.example/'], /scheme, host and port/],
  ['a bad time scale', ['--time-scale', 'fast'], /number from 0.01 to 10000/],
] as const) {
  test(`${name} is one clear line and exit code 2`, async () => {
    const { code, stderr } = await run(...options);
    assert.equal(code, 2);
    assert.match(stderr, says);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  });
}

test('a taken port is one clear line and a non-zero exit', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo');
  const { code, stderr } = await run('--port', new URL(url).port, '--data-dir', temporaryFolder(t));
  assert.equal(code, 1);
  assert.match(stderr, /^Gatehouse cannot start: the port is in use.*--port\n$/);
});

test('a file of rules that is not there is one clear line and a non-zero exit', async t => {
  const { code, stderr } = await run(
    '--port',
    '0',
    '--data-dir',
    temporaryFolder(t),
    '--access',
    'nowhere.yaml',
  );
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^Gatehouse cannot start: .* in nowhere\.yaml cannot be read: the file does not exist\n$/,
  );
});

test('a data folder that cannot be written is one clear line and a non-zero exit', async t => {
  const file = join(temporaryFolder(t), 'file');
  writeFileSync(file, '');
  const { code, stderr } = await run('--port', '0', '--data-dir', join(file, 'data'));
  assert.equal(code, 1);
  assert.match(stderr, /^Gatehouse cannot start: the data folder .* cannot be written; .*--data-dir\n$/);
});

test('a data folder that another process uses is one clear line and a non-zero exit', async t => {
  const folder = temporaryFolder(t);
  await start(t, folder, '--no-demo');
  const { code, stderr } = await run('--port', '0', '--data-dir', folder);
  assert.equal(code, 1);
  assert.match(stderr, /^Gatehouse cannot start: .*in use.*\n$/);
});

/** As a full disk does it: a file that would grow beyond this is not written. */
const FULL = `trap '' XFSZ; ulimit -f 256; exec "$0" "$@"`;

test('a full disk ends the process with one clear line, and once there is room the next start finishes every job', async t => {
  const folder = temporaryFolder(t);
  const args = ['packages/local/src/bin/main.ts', '--port', '0', '--no-demo', '--data-dir', folder, ...FAST];
  const child = spawn('sh', ['-c', FULL, process.execPath, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  const [ended, said] = [once(child, 'exit'), text(child.stderr)];
  const url = await firstUrl(child);
  const accepted: string[] = [];
  for (let number = 1; child.exitCode === null && number < 1000; number++) {
    const yaml = checkout.replaceAll('checkout', `checkout-${number}`);
    await submit(url, yaml, `full-${number}`).then(
      ({ id }) => accepted.push(id),
      () => undefined,
    );
  }
  assert.deepEqual(await ended, [1, null]);
  assert.match(
    await said,
    /^Gatehouse stops: the data folder .* cannot be written \(.*File too large.*\)\. .*\n$/,
  );
  assert.ok(accepted.length > 0);
  const next = await start(t, folder, '--no-demo', ...FAST);
  for (const id of accepted) await poll(next.url, id, hasEnded);
});

/** Killed when the wire has seen this many of these calls, which is in the middle of what follows them. */
for (const [operation, seen] of [
  ['ListListeners', 1],
  ['CreateListener', 1],
  ['CreateEndpointGroup', 1],
  ['CreateEndpointGroup', 2],
  ['DescribeAccelerator', 3],
] as const) {
  test(`killed after ${seen} ${operation}, it goes on after the next start and makes nothing twice`, async t => {
    const folder = temporaryFolder(t);
    const first = await start(t, folder, '--no-demo', '--time-scale', '50');
    const { id } = await submit(first.url, checkout, 'killed');
    while ((await callsOf(first.url, operation)).length < seen)
      await new Promise(resolve => setImmediate(resolve));
    await first.kill();

    const second = await start(t, folder, '--no-demo', '--time-scale', '50');
    const job = await poll(second.url, id, hasEnded);
    assert.equal(job.status, 'SUCCEEDED', job.summary);
    assert.equal((await callsOf(second.url, 'CreateListener')).filter(call => call.changed).length, 1);
    assert.equal((await callsOf(second.url, 'CreateEndpointGroup')).filter(call => call.changed).length, 2);
    const again = await submit(second.url, checkout, 'killed');
    assert.equal(again.id, id, 'the same key is the same job, over a restart too');
  });
}

test('fifty simultaneous submissions with one key are one job', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', ...FAST);
  const jobs = await Promise.all(Array.from({ length: 50 }, () => submit(url, checkout, 'same')));
  assert.equal(new Set(jobs.map(job => job.id)).size, 1);
  const ended = await poll(url, jobs[0]?.id ?? '', hasEnded);
  assert.equal(ended.status, 'SUCCEEDED');
  assert.equal((await callsOf(url, 'CreateListener')).length, 1);
});

test('a second job for the same accelerator waits its turn and starts when the first ends', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', ...FAST);
  const voice = readFileSync('examples/voice-udp.yaml', 'utf8');
  const first = await submit(url, checkout, 'first');
  const second = await submit(url, voice, 'second');
  assert.equal(second.status, 'QUEUED');
  assert.match(second.summary, new RegExp(`Position 2 in the queue of \\S+, held by ${first.id}`));
  const [one, two] = [await poll(url, first.id, hasEnded), await poll(url, second.id, hasEnded)];
  assert.deepEqual([one.status, two.status], ['SUCCEEDED', 'SUCCEEDED']);
  assert.ok((two.startedAt ?? '') >= (one.endedAt ?? ''), `${two.startedAt} after ${one.endedAt}`);
});

test('the service answers health, and its errors are problems', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo');
  assert.deepEqual(await getJson(`${url}/v1/health`), { status: 'ok' });
  for (const [method, path, status, code] of [
    ['GET', '/nowhere', 404, 'RouteNotFound'],
    ['DELETE', '/v1/jobs', 405, 'MethodNotAllowed'],
    ['GET', '/v1/jobs/job-none', 404, 'JobNotFound'],
    ['POST', '/v1/jobs', 400, 'IdempotencyKeyMissing'],
  ] as const) {
    const response = await fetch(`${url}${path}`, { method });
    assert.equal(response.status, status);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    assert.equal(((await response.json()) as { code: string }).code, code);
  }
});

test('no request ends the server: malformed bodies, bytes and methods are answered or dropped', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo');
  const scope = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=x/20260301/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '5',
    '"text"',
    '{"TableName":null}',
    '{"Key":{"pk":null}}',
    '\u0000',
    '<xml/>',
  ];
  for (const [service, target] of [
    ['dynamodb', 'DynamoDB_20120810.PutItem'],
    ['dynamodb', 'DynamoDB_20120810.Query'],
    ['states', 'AWSStepFunctions.StartExecution'],
    ['globalaccelerator', 'GlobalAccelerator_V20180706.CreateListener'],
    ['elasticloadbalancing', 'none'],
    ['vpc-lattice', 'none'],
    ['nobody', 'none'],
  ] as const) {
    for (const body of bodies) {
      const headers = {
        authorization: scope(service),
        'x-amz-target': target,
        'content-type': 'application/x-amz-json-1.0',
      };
      await fetch(`${url}/`, { method: 'POST', headers, body }).catch(() => 'dropped');
    }
  }
  for (const path of [
    '//evil/..//v1/jobs',
    '/v1/jobs/%00%ff',
    '/_twin/%',
    '/v1/jobs?pageToken=%7B%7D',
    '/_twin/faults',
  ]) {
    await fetch(`${url}${path}`, { method: 'PUT', body: 'null' }).catch(() => 'dropped');
  }
  assert.deepEqual(await getJson(`${url}/v1/health`), { status: 'ok' });
});

test('it ends when the launcher in front of it is killed', async t => {
  const args = [
    'packages/local/launch.mjs',
    'packages/local/src/bin/main.ts',
    '--no-demo',
    '--port',
    '0',
    '--data-dir',
    temporaryFolder(t),
  ];
  const launcher = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => launcher.kill('SIGKILL'));
  const url = await firstUrl(launcher);
  launcher.kill('SIGKILL');
  for (;;) {
    const gone = await fetch(`${url}/v1/health`).then(
      () => false,
      () => true,
    );
    if (gone) return;
  }
});
