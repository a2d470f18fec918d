// Lambda in the local stack: the end of a function at its time limit, and the crashes that a test requests, as the caller, the
// other services and Step Functions see them.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createLambdas, type Handler, type LocalFunction } from '@gatehouse/local/lambda/lambdas';

const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';

function lambdas(functions: Record<string, Partial<LocalFunction> & { handler?: Handler }>) {
  const local = Object.entries(functions).map(([name, { handler = async () => 'answer', ...rest }]) => [
    name,
    { load: async () => handler, timeoutSeconds: 30, ...rest },
  ]);
  return createLambdas(Object.fromEntries(local), REGION, ACCOUNT);
}

type Local = ReturnType<typeof lambdas>;

async function control({ control: wire }: Local, method: string, body?: unknown, path = '/_lambda/crashes') {
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  const answer = await wire({ method, path, headers: {}, body: text });
  assert.ok(answer !== 'dropped');
  return { status: answer.status, body: JSON.parse(answer.body) };
}

/** A service that counts requests. It answers each of them, or holds it until its connection closes. */
async function service(t: TestContext, { holds = false } = {}) {
  const seen: string[] = [];
  const closed = Promise.withResolvers<void>();
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming.url ?? '');
    outgoing.on('close', () => closed.resolve());
    if (!holds) outgoing.end('done');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const call = (path: string) =>
    new Promise<void>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path }, response => response.resume().on('end', resolve)).on(
        'error',
        reject,
      );
    });
  return { seen, call, closed: closed.promise };
}

test('a function ends at its time limit with Sandbox.Timedout, and nothing of it acts any more', async t => {
  const { seen, call, closed } = await service(t, { holds: true });
  const over = Promise.withResolvers<unknown>();
  const local = lambdas({
    slow: {
      timeoutSeconds: 0.05,
      async handler() {
        await call('/in-progress').catch(() => {});
        await call('/afterwards').then(over.resolve, over.resolve);
      },
    },
  });
  await assert.rejects(local.invoke('slow', {}), {
    name: 'Sandbox.Timedout',
    message: /^RequestId: [\w-]{36} Error: Task timed out after 0\.05 seconds$/,
  });
  await closed;
  assert.match(String(await over.promise), /discarded its environment/);
  assert.deepEqual(seen, ['/in-progress']);
});

test('another invocation of the same function is not affected', async t => {
  const { seen, call } = await service(t);
  const gate = Promise.withResolvers<void>();
  let calls = 0;
  const local = lambdas({
    some: {
      timeoutSeconds: 0.05,
      async handler() {
        if (++calls === 1) return gate.promise;
        await call('/second');
        return 'answer';
      },
    },
  });
  await assert.rejects(local.invoke('some', {}), { name: 'Sandbox.Timedout' });
  assert.equal(await local.invoke('some', {}), 'answer');
  assert.deepEqual(seen, ['/second']);
});

/** On AWS, in this form. */
const FAILURES = [
  ['exit', 'Runtime.ExitError', /^RequestId: [\w-]{36} Error: Runtime exited with error: exit status 1$/],
  [
    'outOfMemory',
    'Runtime.OutOfMemory',
    /^RequestId: [\w-]{36} Error: Runtime exited with error: signal: killed$/,
  ],
  ['importError', 'Runtime.ImportModuleError', /^Error: Cannot find package/],
  ['timeout', 'Sandbox.Timedout', /^RequestId: [\w-]{36} Error: Task timed out after 30\.00 seconds$/],
  ['unknown', 'Lambda.Unknown', /^The cause could not be determined/],
  ['throttled', 'Lambda.TooManyRequestsException', /^Rate Exceeded\. \(Service: Lambda, Status Code: 429/],
] as const;

for (const [crash, name, message] of FAILURES) {
  test(`requested: ${crash} fails as ${name}, so many times, and no code of the function runs`, async () => {
    let ran = 0;
    const local = lambdas({ some: { handler: async () => ++ran }, other: {} });
    await control(local, 'PUT', [{ function: 'some', crash, times: 2, after: 1 }]);
    assert.equal(await local.invoke('some', {}), 1);
    for (let n = 0; n < 2; n++) await assert.rejects(local.invoke('some', {}), { name, message });
    assert.equal(await local.invoke('some', {}), 2);
    assert.equal(await local.invoke('other', {}), 'answer');
    const { body } = await control(local, 'GET');
    assert.deepEqual(body, [{ function: 'some', crash, times: 2, after: 1, reached: 2 }]);
  });
}

test('requested: a function that exits after its second request sends no third', async t => {
  const { seen, call } = await service(t);
  const over = Promise.withResolvers<unknown>();
  const local = lambdas({
    some: {
      async handler() {
        await call('/1');
        await call('/2');
        await call('/3').then(over.resolve, over.resolve);
      },
    },
  });
  await control(local, 'PUT', [{ function: '*', crash: 'exit', times: 1, requests: 2 }]);
  await assert.rejects(local.invoke('some', {}), { name: 'Runtime.ExitError' });
  assert.match(String(await over.promise), /discarded its environment/);
  assert.deepEqual(seen, ['/1', '/2']);
});

test('requested: a function that sends fewer requests crashes before its answer', async t => {
  const { seen, call } = await service(t);
  const local = lambdas({ some: { handler: () => call('/1') } });
  await control(local, 'PUT', [{ function: 'some', crash: 'exit', times: 1, requests: 9 }]);
  await assert.rejects(local.invoke('some', {}), { name: 'Runtime.ExitError' });
  assert.deepEqual(seen, ['/1']);
});

test('a bundle that does not load fails as Runtime.ImportModuleError, until it does', async () => {
  let isBroken = true;
  const local = lambdas({
    some: {
      async load() {
        if (isBroken) throw new Error("Cannot find package 'absent'");
        return async () => 'answer';
      },
    },
  });
  await assert.rejects(local.invoke('some', {}), { name: 'Runtime.ImportModuleError' });
  isBroken = false;
  assert.equal(await local.invoke('some', {}), 'answer');
});

test('the control API clears requests, and refuses what it does not know', async () => {
  const local = lambdas({ some: {} });
  const order = { function: 'some', crash: 'exit', times: 1 };
  await control(local, 'PUT', [order]);
  assert.deepEqual((await control(local, 'DELETE')).body, []);
  assert.equal(await local.invoke('some', {}), 'answer');
  for (const [body, error] of [
    ['{', 'The body must be JSON'],
    [[{ ...order, function: 'none' }], 'crashes[0].function must be * or one of some'],
    [[{ ...order, crash: 'faint' }], /^crashes\[0\]\.crash must be one of exit, /],
    [[{ ...order, when: 'now' }], /have no member 'when'/],
  ] as const) {
    const refused = await control(local, 'PUT', body);
    assert.equal(refused.status, 400);
    if (typeof error === 'string') assert.equal(refused.body.error, error);
    else assert.match(refused.body.error, error);
  }
  assert.equal((await control(local, 'POST')).status, 405);
  assert.equal((await control(local, 'GET', undefined, '/_lambda/other')).status, 404);
});
