// Signed requests, checked as API Gateway checks them: the test computes the signature again from the received request.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createClient } from '@gatehouse/client';
import { regionOfApiGateway } from '@gatehouse/client/sign';
import { expectedSignature } from './signature.ts';
import { unreliableProxy } from './unreliable-proxy.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const credentials = async () => ({
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: SECRET,
  sessionToken: 'token/of+session=',
});

async function signingClient(t: TestContext) {
  const proxy = await unreliableProxy(t, 'http://127.0.0.1:1');
  const client = createClient({ url: proxy.url, aws: { region: 'eu-west-1', credentials } });
  return { proxy, client };
}

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

test('a GET with a query is signed as API Gateway expects', async t => {
  const { proxy, client } = await signingClient(t);
  proxy.mishaps.push(answer);
  await client.jobs({ entryPoint: 'my-edge', pageSize: 5, pageToken: 'a+b/c=' });
  const [seen] = proxy.seen;
  assert.ok(seen);
  assert.match(seen.headers['authorization'] ?? '', /\/eu-west-1\/execute-api\/aws4_request/);
  assert.equal(seen.headers['x-amz-security-token'], 'token/of+session=');
  assert.match(
    seen.headers['authorization'] ?? '',
    new RegExp(`Signature=${expectedSignature(seen, SECRET)}$`),
  );
});

test('each attempt is signed again, and the signature covers the body and the idempotency key', async t => {
  const { proxy, client } = await signingClient(t);
  proxy.mishaps.push('drop', { ...answer, status: 202, body: JOB });
  await client.submit({ operation: 'provision', entryPoint: 'ümlaut' }, { idempotencyKey: 'key' });
  assert.equal(proxy.seen.length, 2);
  for (const seen of proxy.seen) {
    assert.match(seen.headers['authorization'] ?? '', /SignedHeaders=[^,]*idempotency-key/);
    assert.match(
      seen.headers['authorization'] ?? '',
      new RegExp(`Signature=${expectedSignature(seen, SECRET)}$`),
    );
  }
});

test('by default, the credentials are those of the AWS CLI', async t => {
  const proxy = await unreliableProxy(t, 'http://127.0.0.1:1');
  proxy.mishaps.push(answer);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDENVIRONMENT', AWS_SECRET_ACCESS_KEY: SECRET });
  await createClient({ url: proxy.url, aws: { region: 'eu-west-1' } }).jobs();
  const [seen] = proxy.seen;
  assert.ok(seen);
  assert.match(seen.headers['authorization'] ?? '', /Credential=AKIDENVIRONMENT\//);
  assert.match(
    seen.headers['authorization'] ?? '',
    new RegExp(`Signature=${expectedSignature(seen, SECRET)}$`),
  );
});

test('failed credentials are an error at once, not a lost connection', async t => {
  const proxy = await unreliableProxy(t, 'http://127.0.0.1:1');
  const none = async () => {
    throw new Error('the session has expired');
  };
  const client = createClient({ url: proxy.url, aws: { region: 'eu-west-1', credentials: none } });
  await assert.rejects(client.jobs(), /the session has expired/);
  assert.equal(proxy.seen.length, 0);
});

test('without a region nothing is signed, and a URL of API Gateway contains its region', async t => {
  const proxy = await unreliableProxy(t, 'http://127.0.0.1:1');
  proxy.mishaps.push(answer);
  await createClient({ url: proxy.url }).jobs();
  assert.equal(proxy.seen[0]?.headers['authorization'], undefined);
  const region = regionOfApiGateway('https://abc123.execute-api.eu-central-1.amazonaws.com/');
  assert.equal(region, 'eu-central-1');
  assert.equal(regionOfApiGateway('https://gatehouse.example.com'), undefined);
});

test('a client with an authorization header signs nothing, even for a URL of API Gateway', async t => {
  const sent: Request[] = [];
  t.mock.method(globalThis, 'fetch', async (request: Request) => {
    sent.push(request);
    return Response.json({ items: [] });
  });
  const headers = { authorization: 'Bearer a.b.c' };
  await createClient({ url: 'https://abc.execute-api.eu-west-1.amazonaws.com', headers }).jobs();
  assert.equal(sent[0]?.headers.get('authorization'), 'Bearer a.b.c');
});
