// The client against the local stack, over a proxy that loses requests and answers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { createClient, type Job, NoAnswer, Problem, type Request } from '@gatehouse/client';
import { parse } from 'yaml';
import { startedStack } from './local-stack.ts';
import { unreliableProxy } from './unreliable-proxy.ts';

const stackUrl = await startedStack();
const direct = createClient({ url: stackUrl });

/** An entry point of its own for each test. */
function lambda(name: string): Request {
  const request: Exclude<Request, { cloud: 'alicloud' }> = parse(
    readFileSync('examples/metrics-lambda.yaml', 'utf8'),
  );
  return {
    ...request,
    entryPoint: name,
    targetGroups: (request.targetGroups ?? []).map(group => ({ ...group, name })),
  };
}

async function ended(id: string): Promise<Job> {
  for await (const job of direct.wait(id)) if (job.endedAt) return job;
  throw new Error(`${id} did not end`);
}

async function jobsOf(entryPoint: string): Promise<number> {
  return (await direct.jobs({ entryPoint })).items.length;
}

test('a request is submitted, watched to its end, and provisioned', async () => {
  const { id, status } = await direct.submit(lambda('stands'));
  assert.equal(status, 'QUEUED');
  const seen: Job[] = [];
  for await (const job of direct.wait(id)) seen.push(job);
  assert.equal(seen.at(-1)?.status, 'SUCCEEDED');
  const versions = seen.map(job => JSON.stringify(job));
  assert.equal(new Set(versions).size, versions.length, 'each change comes once');
  const { lastJob, resources } = await direct.entryPoint('stands');
  assert.equal(lastJob, id);
  assert.equal(resources.length, 2);
  const { items } = await direct.entryPoints();
  assert.ok(items.some(({ name }) => name === 'stands'));
});

for (const mishap of ['drop', 'lose', 'cut'] as const) {
  test(`a submission whose connection fails three times (${mishap}) creates one job`, async t => {
    const proxy = await unreliableProxy(t, stackUrl);
    proxy.mishaps.push(mishap, mishap, mishap);
    const told: string[] = [];
    const client = createClient({ url: proxy.url, onRetry: reason => told.push(reason) });
    const { id } = await client.submit(lambda(`one-job-${mishap}`));
    assert.equal(proxy.seen.length, 4);
    assert.equal(told.length, 3);
    assert.equal(new Set(proxy.seen.map(({ headers }) => headers['idempotency-key'])).size, 1);
    assert.equal(await jobsOf(`one-job-${mishap}`), 1);
    assert.equal((await ended(id)).status, 'SUCCEEDED');
  });
}

test('nothing is retried before Retry-After', async t => {
  const proxy = await unreliableProxy(t, stackUrl);
  proxy.mishaps.push({ status: 503, headers: { 'retry-after': '1' } });
  await createClient({ url: proxy.url }).jobs();
  const [first, second] = proxy.seen;
  assert.ok(first && second);
  assert.ok(second.atMs - first.atMs >= 990, `after ${second.atMs - first.atMs} ms`);
});

test('a Retry-After beyond the retry time is an error at once', async t => {
  const proxy = await unreliableProxy(t, stackUrl);
  const body = JSON.stringify({ code: 'ServiceUnavailable', detail: 'later', retryable: true });
  const headers = { 'content-type': 'application/problem+json', 'retry-after': '60' };
  proxy.mishaps.push({ status: 503, headers, body });
  const refused = createClient({ url: proxy.url }).jobs();
  await assert.rejects(refused, {
    name: 'Problem',
    code: 'ServiceUnavailable',
    message: 'later',
    retryable: true,
  });
  assert.equal(proxy.seen.length, 1);
});

test('an action whose answer is lost is not sent twice, because it may have arrived', async t => {
  const { id } = await direct.submit(lambda('action-lost'));
  const proxy = await unreliableProxy(t, stackUrl);
  proxy.mishaps.push('lose');
  await assert.rejects(createClient({ url: proxy.url }).cancel(id), (thrown: unknown) => {
    assert.ok(thrown instanceof NoAnswer);
    assert.equal(thrown.unsent, false);
    return true;
  });
  assert.equal(proxy.seen.length, 1);
});

test('a throttled action is sent again', async t => {
  const { id } = await direct.submit(lambda('action-throttled'));
  await ended(id);
  const proxy = await unreliableProxy(t, stackUrl);
  proxy.mishaps.push({ status: 429 });
  await assert.rejects(createClient({ url: proxy.url }).cancel(id), {
    code: 'ActionNotAllowed',
    status: 409,
  });
  assert.equal(proxy.seen.length, 2);
});

test('without a server there is a NoAnswer after the retry time', async () => {
  const closed = createServer();
  await new Promise<void>(resolve => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as { port: number };
  await new Promise(resolve => closed.close(resolve));
  const client = createClient({ url: `http://127.0.0.1:${port}`, retryForSeconds: 0 });
  await assert.rejects(client.submit(lambda('nobody')), (thrown: unknown) => {
    assert.ok(thrown instanceof NoAnswer);
    assert.equal(thrown.unsent, true);
    assert.match(thrown.message, /^no answer from http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED/);
    return true;
  });
});

test('a refusal by Gatehouse is a Problem with its code and every error', async () => {
  await assert.rejects(direct.job('job-none'), { name: 'Problem', status: 404, code: 'JobNotFound' });
  await assert.rejects(direct.submit({ ...lambda('wrong'), entryPoint: 'Wrong Name' }), (thrown: unknown) => {
    assert.ok(thrown instanceof Problem);
    assert.deepEqual([thrown.code, thrown.retryable], ['InvalidRequest', false]);
    assert.equal(thrown.errors[0]?.pointer, '/entryPoint');
    return true;
  });
});

test('an answer that is not from Gatehouse is passed on unchanged', async t => {
  const proxy = await unreliableProxy(t, stackUrl);
  const client = createClient({ url: proxy.url });
  proxy.mishaps.push({
    status: 403,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"Forbidden"}',
  });
  await assert.rejects(client.jobs(), { status: 403, code: 'Http403', message: 'Forbidden' });
  proxy.mishaps.push({ status: 418, body: '<h1>no</h1>' });
  await assert.rejects(client.jobs(), { status: 418, message: '<h1>no</h1>' });
});

test('watching survives lost connections', async t => {
  const proxy = await unreliableProxy(t, stackUrl);
  const client = createClient({ url: proxy.url, retryForSeconds: 0 });
  const { id } = await client.submit(lambda('outlasts'));
  proxy.mishaps.push('drop', 'lose', 'cut', { status: 502 });
  let last: Job | undefined;
  for await (const job of client.wait(id)) last = job;
  assert.equal(last?.status, 'SUCCEEDED');
  assert.equal(proxy.mishaps.length, 0);
});

test('if the server does not wait, the client polls as often as Retry-After allows', async t => {
  const proxy = await unreliableProxy(t, stackUrl, seen => {
    const { prefer: _, ...headers } = seen.headers;
    return { ...seen, headers };
  });
  // Its accelerator settles for longer than two polls take.
  const { id } = await direct.submit(parse(readFileSync('examples/voice-udp.yaml', 'utf8')));
  let last: Job | undefined;
  for await (const job of createClient({ url: proxy.url }).wait(id)) last = job;
  assert.equal(last?.status, 'SUCCEEDED');
  const gaps = proxy.seen.slice(2).map(({ atMs }, at) => atMs - (proxy.seen[at + 1]?.atMs ?? 0));
  assert.ok(gaps.length > 0 && Math.min(...gaps) >= 990, `${gaps}`);
});

test('a signal stops watching at once, and the job continues', async () => {
  const { id } = await direct.submit(lambda('stopped'));
  const stop = new AbortController();
  const watch = async () => {
    for await (const _ of direct.wait(id, { signal: stop.signal })) stop.abort();
  };
  await assert.rejects(watch(), { name: 'AbortError' });
  assert.equal((await ended(id)).status, 'SUCCEEDED');
});

test('the history has each event once, in sequence, from the start or after a sequence number', async () => {
  const { id } = await direct.submit(lambda('history'));
  const told = [];
  for await (const event of direct.events(id, { follow: true })) told.push(event);
  assert.deepEqual(
    told.map(({ sequence, status }) => [sequence, status]),
    [
      [1, 'QUEUED'],
      [2, 'RUNNING'],
      [3, 'SUCCEEDED'],
    ],
  );
  const rest = [];
  for await (const event of direct.events(id, { after: 2 })) rest.push(event.sequence);
  assert.deepEqual(rest, [3]);
});

test('a list continues with the token of the previous page', async () => {
  const first = await direct.jobs({ pageSize: 2 });
  assert.equal(first.items.length, 2);
  assert.ok(first.nextPageToken);
  const second = await direct.jobs({ pageSize: 2, pageToken: first.nextPageToken });
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  assert.equal(new Set(ids).size, 4);
});
