// Tokens, for a deployment that accepts them instead of signatures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { createClient, NoAnswer } from '@gatehouse/client';
import { unreliableProxy } from './unreliable-proxy.ts';

const NOBODY = 'http://127.0.0.1:1';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmVk';
const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"items":[]}' };

/** A job as the client checks it, without anything that a caller reads. */
const JOB = JSON.stringify({
  id: 'job-1',
  operation: 'provision',
  entryPoint: 'my-edge',
  status: 'QUEUED',
  summary: 'Waiting.',
  allowedActions: [],
  steps: [],
  events: [],
});

const bearer = ({ headers }: { headers: Record<string, string> }) => headers['authorization'];

test('a token is sent with every call, and nothing is signed', async t => {
  const proxy = await unreliableProxy(t, NOBODY);
  proxy.mishaps.push(answer, answer, { ...answer, status: 202, body: JOB });
  const client = createClient({ url: proxy.url, token: JWT, headers: { 'x-team': 'checkout' } });
  await client.jobs();
  await client.entryPoints();
  await client.submit({ operation: 'remove', entryPoint: 'my-edge' }, { idempotencyKey: 'key' });
  assert.deepEqual(proxy.seen.map(bearer), Array(3).fill(`Bearer ${JWT}`));
  for (const { headers } of proxy.seen) {
    assert.equal(headers['x-team'], 'checkout');
    assert.equal(headers['x-amz-date'], undefined);
  }
  assert.equal(proxy.seen[2]?.headers['idempotency-key'], 'key');
  assert.deepEqual(JSON.parse(proxy.seen[2]?.body ?? ''), { operation: 'remove', entryPoint: 'my-edge' });
});

test('each attempt gets a new token, because the last one can have expired', async t => {
  const proxy = await unreliableProxy(t, NOBODY);
  proxy.mishaps.push('drop', { status: 503, headers: { 'retry-after': '0' } }, answer);
  let asked = 0;
  await createClient({ url: proxy.url, token: async () => `token-${++asked}` }).jobs();
  assert.deepEqual(proxy.seen.map(bearer), ['Bearer token-1', 'Bearer token-2', 'Bearer token-3']);
});

test('a call to API Gateway is not signed if there is a token', async t => {
  const sent: Request[] = [];
  t.mock.method(globalThis, 'fetch', async (request: Request) => {
    sent.push(request);
    return Response.json({ items: [] });
  });
  await createClient({ url: 'https://abc.execute-api.eu-west-1.amazonaws.com', token: JWT }).jobs();
  assert.equal(sent[0]?.headers.get('authorization'), `Bearer ${JWT}`);
});

for (const [what, token, says] of [
  ['of two lines', `${JWT}\nHost: evil`, /contains characters that are not allowed/],
  ['with its scheme', `Bearer ${JWT}`, /without "Bearer"/],
  ['that is empty', '', /is empty/],
] as const) {
  test(`a token ${what} is an error without the token, and nothing is sent`, async t => {
    const proxy = await unreliableProxy(t, NOBODY);
    const thrown: unknown = await createClient({ url: proxy.url, token: () => token })
      .jobs()
      .catch((error: unknown) => error);
    assert.ok(thrown instanceof Error);
    assert.match(thrown.message, says);
    assert.ok(!inspect(thrown, { depth: 9 }).includes('eyJhbGciOiJIUzI1NiJ9'));
    assert.equal(proxy.seen.length, 0);
  });
}

test('a failed token function is an error at once, not a lost connection', async t => {
  const proxy = await unreliableProxy(t, NOBODY);
  const none = async () => {
    throw new Error('the session is over');
  };
  await assert.rejects(createClient({ url: proxy.url, token: none }).jobs(), /the session is over/);
  assert.equal(proxy.seen.length, 0);
});

test('no error contains the token at any depth', async () => {
  const thrown: unknown = await createClient({ url: NOBODY, token: JWT, retryForSeconds: 0 })
    .jobs()
    .catch((error: unknown) => error);
  assert.ok(thrown instanceof NoAnswer);
  assert.ok(!inspect(thrown, { depth: 9, showHidden: true }).includes(JWT));
});

test('two identities are refused before anything is sent', () => {
  const [url, aws] = [NOBODY, { region: 'eu-west-1' }];
  const headers = { Authorization: `Bearer ${JWT}` };
  assert.throws(() => createClient({ url, aws, token: JWT }), /^TypeError: aws and token conflict/);
  assert.throws(
    () => createClient({ url, headers, token: JWT }),
    /token and headers\.authorization conflict/,
  );
  assert.throws(() => createClient({ url, aws, headers }), /aws and headers\.authorization conflict/);
});
