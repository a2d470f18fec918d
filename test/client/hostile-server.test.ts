// A server that is not Gatehouse, or wants to harm: the client and the command line end with a clear error, send nothing secret
// elsewhere, and never ask without pause or end.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { createClient, Problem } from '@gatehouse/client';
import { gatehouse } from '../cli/run.ts';

type Answers = (request: IncomingMessage, response: ServerResponse) => void;

async function server(t: TestContext, answer: Answers) {
  const seen: IncomingMessage[] = [];
  const http = createServer((request, response) => {
    seen.push(request);
    request.resume();
    answer(request, response);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  t.after(() => {
    http.closeAllConnections();
    http.close();
  });
  return { url: `http://127.0.0.1:${Object(http.address()).port}`, seen };
}

const json =
  (body: unknown, headers: Record<string, string> = {}): Answers =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

const credentials = async () => ({ accessKeyId: 'AKID', secretAccessKey: 's', sessionToken: 'the-session' });

for (const [version, warnings] of [
  ['0.9.0', 0],
  ['1.0.0', 1],
  ['10.0.0-rc.1', 1],
  ['x', 1],
] as const)
  test(`a server of version ${version} leads to ${warnings} warnings`, async t => {
    const { url } = await server(t, json({ items: [] }, { 'x-gatehouse-version': version }));
    const said: string[] = [];
    const client = createClient({ url, onWarning: message => said.push(message) });
    await client.jobs();
    await client.jobs();
    assert.equal(said.length, warnings);
    for (const message of said) assert.ok(message.includes(`the server is Gatehouse ${version}`), message);
  });

for (const status of [301, 302, 307, 308])
  test(`a redirect (${status}) is not followed, so nothing is sent to another address`, async t => {
    const elsewhere = await server(t, json({ items: [] }));
    const { url, seen } = await server(t, (_request, response) => {
      response.writeHead(status, { location: `${elsewhere.url}/v1/jobs` }).end();
    });
    const client = createClient({
      url,
      aws: { region: 'eu-west-1', credentials },
      headers: { 'x-api-key': 'the-key' },
    });
    await assert.rejects(
      client.submit({ operation: 'remove', entryPoint: 'shop' } as never),
      (thrown: Problem) => {
        assert.equal(thrown.code, 'Redirected');
        assert.match(thrown.message, /redirects to http:.* not followed; give the URL of Gatehouse itself/);
        return true;
      },
    );
    assert.deepEqual([seen.length, elsewhere.seen.length], [1, 0]);
    const { code, stderr } = await gatehouse(['list', '--url', url]);
    assert.equal(code, 2, stderr);
    assert.equal(elsewhere.seen.length, 0);
  });

for (const [how, options] of [
  ['a token', { token: 'the.token' }],
  ['a signature', { aws: { region: 'eu-west-1', credentials } }],
  ['an own header', { headers: { Authorization: 'Bearer the.token' } }],
] as const)
  test(`${how} is sent over https only, or within this machine`, () => {
    assert.throws(() => createClient({ url: 'http://gatehouse.example.com', ...options }), /over https only/);
    for (const url of [
      'https://gatehouse.example.com',
      'http://localhost:1',
      'http://127.0.0.2:1',
      'http://[::1]:1',
    ])
      createClient({ url, ...options });
    createClient({ url: 'http://gatehouse.example.com' });
  });

test('the command line sends its token over https only', async () => {
  process.env['GATEHOUSE_TOKEN'] = 'the.token';
  try {
    const { code, stderr } = await gatehouse(['list', '--url', 'http://gatehouse.example.com']);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /over https only, or within this machine, and not to http:\/\/gatehouse\.example\.com/,
    );
  } finally {
    delete process.env['GATEHOUSE_TOKEN'];
  }
});

test('a list whose pages are empty for ever is asked with pauses, and ends with an error', async t => {
  let count = 0;
  const { url, seen } = await server(t, (request, response) => {
    count += 1;
    json({ items: [], nextPageToken: `t-${count}` })(request, response);
  });
  const began = Date.now();
  const { code, stderr } = await gatehouse(['list', '--url', url]);
  assert.equal(code, 1, stderr);
  assert.match(stderr, /201 empty pages in a row; use other filters/);
  assert.equal(seen.length, 201);
  assert.ok(Date.now() - began > 200 * 45, 'it paused');
});

test('a list that repeats its page ends with an error', async t => {
  const { url, seen } = await server(t, json({ items: [], nextPageToken: 'same' }));
  const { code, stderr } = await gatehouse(['list', '--jobs', '--url', url]);
  assert.equal(code, 1);
  assert.match(stderr, /same page again and again/);
  assert.equal(seen.length, 2);
});

const ID = 'job-0f4c8a2e9b7d46f1a3c5e7092b4d6f81';
const JOB = {
  id: ID,
  operation: 'provision',
  entryPoint: 'shop',
  status: 'RUNNING',
  summary: 'running',
  allowedActions: [],
  steps: [],
  events: [],
};

for (const [what, body, says] of [
  ['an empty object', {}, /not a job of Gatehouse: `id` is missing/],
  ['null', null, /not a job of Gatehouse/],
  ['a list', [], /not a job of Gatehouse/],
  ['steps that are none', { ...JOB, steps: [null] }, /`steps` is missing or has another type/],
] as const)
  test(`watching ${what} ends with a clear error`, async t => {
    const { url } = await server(t, json(body));
    for (const args of [
      ['watch', ID],
      ['cancel', ID],
    ]) {
      const { code, stderr } = await gatehouse([...args, '--url', url]);
      assert.equal(code, 1, stderr);
      assert.match(stderr, says);
      assert.match(stderr, /Is Gatehouse running at this URL/);
    }
  });

test('lists and events of another form end with a clear error', async t => {
  const { url } = await server(t, json({ items: 'none' }));
  for (const args of [['list'], ['list', '--jobs'], ['events', ID]]) {
    const { code, stderr } = await gatehouse([...args, '--url', url]);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /is not a list.* of Gatehouse: `items` is missing/);
  }
});

test('events that are answered again and again end with an error', async t => {
  const event = { sequence: 1, at: '2026-11-30T00:00:00Z', status: 'QUEUED' };
  const { url } = await server(t, json({ items: [event], next: 0 }, { 'retry-after': '0' }));
  const all = async () => {
    for await (const _ of createClient({ url }).events(ID, { follow: true }));
  };
  await assert.rejects(all, /the same events are answered again and again/);
});

test('a server that says that it has waited, and has not, is asked with pauses', async t => {
  const headers = { etag: '"1"', 'preference-applied': 'wait=20' };
  const { url, seen } = await server(t, json(JOB, headers));
  const stopping = new AbortController();
  const began = Date.now();
  for await (const _ of createClient({ url }).wait(ID, { signal: stopping.signal }))
    if (seen.length >= 21) break;
  assert.ok(Date.now() - began > 18 * 45, `${Date.now() - began} ms`);
});

test('an answer without end is cut off', async t => {
  const { url } = await server(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    const more = () => response.write(chunk, () => void (response.destroyed || setImmediate(more)));
    more();
  });
  const thrown = await createClient({ url, retryForSeconds: 0 })
    .jobs()
    .catch((error: unknown) => error);
  assert.ok(thrown instanceof Problem && thrown.code === 'AnswerTooLarge', String(thrown));
});
