// The requests of a browser for an open page, and those of them that the local stack accepts.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { startLocalStack } from '@gatehouse/local/local-stack';

const EVIL = 'https://evil.example';
const CONSOLE = 'https://console.example.com';
const RPC = '/?Action=DeleteListener&AccessKeyId=twin&Version=2019-11-20';
const LINK = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
/** Safari 15, which sends no Sec-Fetch headers. */
const OLD =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/15.6 Safari/605.1.15';
const SIGNED = 'AWS4-HMAC-SHA256 Credential=local/20300101/eu-west-1/dynamodb/aws4_request, Signature=0';

interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

test('the local stack', async t => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  const stack = await startLocalStack({
    port: 0,
    dataDir,
    timeScale: 200,
    seed: 'pages',
    corsOrigin: [CONSOLE],
  });
  t.after(async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const { port, host } = new URL(stack.url);

  function send(line: string, headers: Record<string, string> = {}): Promise<Answered> {
    const [method, path] = line.split(' ');
    const { promise, resolve, reject } = Promise.withResolvers<Answered>();
    const to = { host: '127.0.0.1', port, method, path, headers, agent: false };
    const outgoing = httpRequest(to, async incoming => {
      const body = await text(incoming);
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
    });
    outgoing.on('error', reject).end();
    return promise;
  }

  const page = { origin: EVIL, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
  for (const [what, line, headers, says] of [
    ['an action', 'POST /v1/jobs/job-1/cancel', page, /pages of https:\/\/evil\.example are not allowed/],
    ['a form', 'POST /v1/jobs', { ...page, 'sec-fetch-mode': 'navigate' }, /evil\.example/],
    ['a reset of the clouds', 'POST /_twin/reset', page, /evil\.example/],
    ['a look at the buses', 'GET /_bus/events', page, /evil\.example/],
    ['what looks signed', 'POST /', { ...page, authorization: SIGNED }, /evil\.example/],
    ['an old browser, which says the origin only', 'POST /_twin/reset', { origin: EVIL }, /evil\.example/],
    ['a page without an origin', 'POST /_twin/reset', { origin: 'null' }, /pages of null/],
    ['another port of this machine', 'GET /v1/jobs', { origin: 'http://localhost:3000' }, /localhost:3000/],
    ['https in front of our own name', 'GET /v1/jobs', { origin: `https://${host}` }, /not allowed/],
    [
      'what a page embeds',
      'GET /v1/jobs',
      { 'sec-fetch-site': 'cross-site' },
      /pages of other origins are not allowed/,
    ],
    [
      'what a neighbour embeds',
      'GET /docs',
      { 'sec-fetch-site': 'same-site' },
      /pages of other origins are not allowed/,
    ],
    ['a name that was bound to us', 'GET /v1/jobs', { host: `evil.example:${port}` }, /"evil\.example:\d+"/],
    [
      'a page under such a name, which is its own origin',
      'POST /_twin/reset',
      {
        host: `evil.example:${port}`,
        origin: `http://evil.example:${port}`,
        'sec-fetch-site': 'same-origin',
      },
      /only accepts 127\.0\.0\.1 and localhost/,
    ],
    ['an address that browsers take for us', 'GET /v1/jobs', { host: `0.0.0.0:${port}` }, /0\.0\.0\.0/],
    ['a name that begins like ours', 'GET /v1/jobs', { host: 'localhost.evil.example' }, /localhost\.evil/],
    ['the table under such a name', 'POST /', { host: 'evil.example', authorization: SIGNED }, /evil\.ex/],
    ['a link to a call of a cloud', `GET ${RPC}`, LINK, /pages of other origins/],
    [
      'a frame with a call of a cloud',
      `GET ${RPC}`,
      { ...LINK, 'sec-fetch-dest': 'iframe' },
      /other origins/,
    ],
    ['a frame with the reference', 'GET /docs', { ...LINK, 'sec-fetch-dest': 'iframe' }, /other origins/],
    ['a link to a control', 'GET /_twin/calls', LINK, /pages of other origins/],
    ['an image of an old browser', `GET ${RPC}`, { 'user-agent': OLD }, /only read the API/],
    ['a form of an old browser', 'POST /_twin/reset', { 'user-agent': OLD }, /only read the API/],
    [
      'an allowed page at the controls',
      'POST /_twin/reset',
      { origin: CONSOLE },
      /under \/v1, and nothing else/,
    ],
    ['an allowed page at the buses', 'GET /_bus/events', { origin: CONSOLE }, /nothing else/],
    ['an allowed page at a cloud', `POST ${RPC}`, { origin: CONSOLE }, /nothing else/],
    [
      'an allowed page that signs for the table',
      'POST /v1/jobs',
      { origin: CONSOLE, authorization: SIGNED },
      /nothing else/,
    ],
  ] as const) {
    await t.test(`refuses ${what}`, async () => {
      const { status, headers: told, body } = await send(line, headers);
      assert.equal(status, 403, body);
      assert.equal(told['content-type'], 'application/problem+json');
      assert.equal(told['access-control-allow-origin'], undefined);
      const { code, detail, instance } = JSON.parse(body);
      assert.equal(code, 'NotAllowed');
      assert.match(detail, says);
      assert.equal(instance, `urn:gatehouse:request:${told['x-request-id']}`);
    });
  }

  await t.test('does nothing of what it refuses', async () => {
    const faults = JSON.stringify([
      { service: 'ga', operation: 'CreateListener', fault: 'dropRequest', times: 1 },
    ]);
    const ordered = await fetch(`${stack.url}/_twin/faults`, { method: 'PUT', body: faults });
    assert.equal(ordered.status, 200, await ordered.text());
    assert.equal((await send('DELETE /_twin/faults', page)).status, 403);
    assert.equal(JSON.parse((await send('GET /_twin/faults')).body).length, 1);
    const body = readFileSync('examples/voice-udp.yaml', 'utf8');
    const asked = { 'idempotency-key': 'a-page', 'content-type': 'application/yaml', origin: EVIL };
    const refused = await fetch(`${stack.url}/v1/jobs`, { method: 'POST', headers: asked, body });
    assert.equal(refused.status, 403);
    assert.equal(JSON.parse((await send('GET /v1/jobs')).body).items.length, 0);
  });

  const preflight = { 'access-control-request-method': 'POST', 'sec-fetch-site': 'cross-site' };
  for (const [what, line, headers, expected] of [
    ['programs', 'POST /_twin/reset', {}, 200],
    ['Node, which says how it fetches', 'GET /v1/jobs', { 'sec-fetch-mode': 'cors' }, 200],
    ['localhost', 'GET /v1/jobs', { host: `localhost:${port}` }, 200],
    ['a tunnel, which has another port', 'GET /v1/jobs', { host: 'LOCALHOST:9999' }, 200],
    [
      'an address that was typed',
      'GET /docs',
      { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
      200,
    ],
    ['a link', 'GET /docs', LINK, 200],
    ['a link to a list', 'GET /v1/jobs', LINK, 200],
    [
      'a link of a browser that does not say where it opens',
      'GET /docs',
      { ...LINK, 'sec-fetch-dest': '' },
      200,
    ],
    ['the reference in an old browser', 'GET /docs', { 'user-agent': OLD }, 200],
    [
      'PowerShell, which has a name like a browser',
      'POST /_twin/reset',
      { 'user-agent': 'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041' },
      200,
    ],
    ['the control API in the address bar', 'GET /_twin/calls', { ...LINK, 'sec-fetch-site': 'none' }, 200],
    ['its own page', 'GET /v1/openapi.json', { 'sec-fetch-site': 'same-origin' }, 200],
    [
      'what its own page sends',
      'POST /v1/jobs/job-1/cancel',
      { host: `localhost:${port}`, origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin' },
      404,
    ],
    ['a page that was let in', 'GET /v1/jobs', { origin: CONSOLE, 'sec-fetch-site': 'cross-site' }, 200],
    ['its preflight', 'OPTIONS /v1/jobs', { ...preflight, origin: CONSOLE }, 204],
  ] as const) {
    await t.test(`takes ${what}`, async () => {
      const { status, headers: told, body } = await send(line, headers);
      assert.equal(status, expected, body);
      const letIn = 'origin' in headers && headers.origin === CONSOLE ? CONSOLE : undefined;
      assert.equal(told['access-control-allow-origin'], letIn);
    });
  }
});
