// The twin behind a real HTTP server, with the real AWS CLI in front. It needs `aws` on the PATH.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { serve } from '../../packages/local/src/http-service.ts';
import { edge, foreignListener, internal, startTwins } from './start.ts';

const run = promisify(execFile);

async function startServer(context: { after(stop: () => Promise<void>): void }) {
  const { twins, faults } = startTwins();
  const server = await serve(
    request => (request.path.startsWith('/_twin/') ? twins.control(request) : twins.request(request)),
    { port: 0, maxBodyBytes: 10_000 },
  );
  context.after(server.close);
  return { url: `http://127.0.0.1:${server.port}`, faults };
}

async function aws(url: string, ...args: string[]) {
  const options = ['--endpoint-url', url, '--region', 'us-west-2', '--output', 'json'];
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
  };
  try {
    const { stdout } = await run('aws', ['globalaccelerator', ...args, ...options], { env });
    return stdout === '' ? undefined : JSON.parse(stdout);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new Error('This test runs the AWS CLI: install it, for example with `pip install awscli`');
  }
}

test('the AWS CLI creates, lists, describes and deletes a listener', async context => {
  const { url } = await startServer(context);
  const { Listeners } = await aws(url, 'list-listeners', '--accelerator-arn', edge);
  assert.equal(Listeners[0].ListenerArn, foreignListener);

  const created = await aws(
    url,
    ...['create-listener', '--accelerator-arn', internal, '--protocol', 'TCP'],
    ...['--port-ranges', 'FromPort=443,ToPort=443', '--idempotency-token', 'cli'],
  );
  const { ListenerArn } = created.Listener;
  const listener = ['--listener-arn', ListenerArn];
  assert.deepEqual(await aws(url, 'describe-listener', ...listener), created);
  await aws(url, 'delete-listener', ...listener);
  await assert.rejects(aws(url, 'describe-listener', ...listener), /ListenerNotFoundException/);
  const { Accelerator } = await aws(url, 'describe-accelerator', '--accelerator-arn', internal);
  assert.equal(Accelerator.Status, 'IN_PROGRESS');
});

test('a dropped connection is one on the socket too, and a body beyond the bound is refused', async context => {
  const { url, faults } = await startServer(context);
  await faults({ operation: '*', fault: 'dropRequest' });
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=a/20260601/us-west-2/globalaccelerator/aws4_request',
    'x-amz-target': 'GlobalAccelerator_V20180706.ListAccelerators',
  };
  const post = (body: string) => fetch(url, { method: 'POST', headers, body });
  await assert.rejects(post('{}'), { name: 'TypeError' });
  assert.equal((await post('{}')).status, 200);
  assert.equal((await post('x'.repeat(10_001))).status, 413);
  assert.equal((await fetch(`${url}/_twin/calls`)).status, 200);
});
