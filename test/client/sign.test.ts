// Signed requests as they arrive, checked as API Gateway checks them: the signature is made anew, from what came over the
// wire.
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createClient } from '@gatehouse/client';
import { regionOfApiGateway } from '@gatehouse/client/sign';
import { badLine } from './bad-line.ts';
import { expectedSignature } from './signature.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const credentials = async () => ({
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: SECRET,
  sessionToken: 'token/of+session=',
});

async function signedLine(t: TestContext) {
  const line = await badLine(t, 'http://127.0.0.1:1');
  const client = createClient({ url: line.url, aws: { region: 'eu-west-1', credentials } });
  return { line, client };
}

const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"items":[]}' };

test('a look with a query is signed so that API Gateway takes it', async t => {
  const { line, client } = await signedLine(t);
  line.mishaps.push(answer);
  await client.jobs({ entryPoint: 'my-edge', pageSize: 5, pageToken: 'a+b/c=' });
  const [seen] = line.seen;
  assert.ok(seen);
  assert.match(seen.headers['authorization'] ?? '', /\/eu-west-1\/execute-api\/aws4_request/);
  assert.equal(seen.headers['x-amz-security-token'], 'token/of+session=');
  assert.match(
    seen.headers['authorization'] ?? '',
    new RegExp(`Signature=${expectedSignature(seen, SECRET)}$`),
  );
});

test('each try is signed anew, with its body and its idempotency key under the signature', async t => {
  const { line, client } = await signedLine(t);
  line.mishaps.push('drop', { ...answer, status: 202, body: '{"id":"job-1"}' });
  await client.submit({ operation: 'provision', entryPoint: 'ümlaut' }, { idempotencyKey: 'key' });
  assert.equal(line.seen.length, 2);
  for (const seen of line.seen) {
    assert.match(seen.headers['authorization'] ?? '', /SignedHeaders=[^,]*idempotency-key/);
    assert.match(
      seen.headers['authorization'] ?? '',
      new RegExp(`Signature=${expectedSignature(seen, SECRET)}$`),
    );
  }
});

test('without other word the credentials are those that the AWS CLI would take', async t => {
  const line = await badLine(t, 'http://127.0.0.1:1');
  line.mishaps.push(answer);
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIDENVIRONMENT', AWS_SECRET_ACCESS_KEY: SECRET });
  await createClient({ url: line.url, aws: { region: 'eu-west-1' } }).jobs();
  const [seen] = line.seen;
  assert.ok(seen);
  assert.match(seen.headers['authorization'] ?? '', /Credential=AKIDENVIRONMENT\//);
  assert.match(
    seen.headers['authorization'] ?? '',
    new RegExp(`Signature=${expectedSignature(seen, SECRET)}$`),
  );
});

test('credentials that cannot be had are an error at once, not a lost connection', async t => {
  const line = await badLine(t, 'http://127.0.0.1:1');
  const none = async () => {
    throw new Error('the session has expired');
  };
  const client = createClient({ url: line.url, aws: { region: 'eu-west-1', credentials: none } });
  await assert.rejects(client.jobs(), /the session has expired/);
  assert.equal(line.seen.length, 0);
});

test('without a region nothing is signed, and an address of API Gateway says its own', async t => {
  const line = await badLine(t, 'http://127.0.0.1:1');
  line.mishaps.push(answer);
  await createClient({ url: line.url }).jobs();
  assert.equal(line.seen[0]?.headers['authorization'], undefined);
  const region = regionOfApiGateway('https://abc123.execute-api.eu-central-1.amazonaws.com/');
  assert.equal(region, 'eu-central-1');
  assert.equal(regionOfApiGateway('https://gatehouse.example.com'), undefined);
});

test('a client with a token of its own signs nothing, also at an address of API Gateway', async t => {
  const sent: Request[] = [];
  t.mock.method(globalThis, 'fetch', async (request: Request) => {
    sent.push(request);
    return Response.json({ items: [] });
  });
  const headers = { authorization: 'Bearer a.b.c' };
  await createClient({ url: 'https://abc.execute-api.eu-west-1.amazonaws.com', headers }).jobs();
  assert.equal(sent[0]?.headers.get('authorization'), 'Bearer a.b.c');
});
