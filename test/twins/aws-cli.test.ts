// The twin behind a real HTTP server, with the real AWS CLI in front.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '@gatehouse/local/http/http-service';
import { aws, needsAws } from './aws-cli.ts';
import { edge, foreignListener, internal, startTwins } from './start.ts';

async function startServer(context: { after(stop: () => Promise<void>): void }) {
  const { twins, faults } = startTwins();
  const server = await serve(
    request => (request.path.startsWith('/_twin/') ? twins.control(request) : twins.request(request)),
    { port: 0, maxBodyBytes: 10_000 },
  );
  context.after(server.close);
  return { url: `http://127.0.0.1:${server.port}`, faults };
}

const accelerator = (url: string, ...args: string[]) =>
  aws({ url, region: 'us-west-2' }, 'globalaccelerator', ...args);

test('the AWS CLI creates, lists, describes and deletes a listener', needsAws, async context => {
  const { url } = await startServer(context);
  const { Listeners } = await accelerator(url, 'list-listeners', '--accelerator-arn', edge);
  assert.equal(Listeners[0].ListenerArn, foreignListener);

  const created = await accelerator(
    url,
    ...['create-listener', '--accelerator-arn', internal, '--protocol', 'TCP'],
    ...['--port-ranges', 'FromPort=443,ToPort=443', '--idempotency-token', 'cli'],
  );
  const { ListenerArn } = created.Listener;
  const listener = ['--listener-arn', ListenerArn];
  assert.deepEqual(await accelerator(url, 'describe-listener', ...listener), created);
  await accelerator(url, 'delete-listener', ...listener);
  await assert.rejects(accelerator(url, 'describe-listener', ...listener), /ListenerNotFoundException/);
  const { Accelerator } = await accelerator(url, 'describe-accelerator', '--accelerator-arn', internal);
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
