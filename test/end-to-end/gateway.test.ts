// The surroundings of the real process's answers: allowed readers, identifiers in the log, requests that no function
// gets, and the headers of the reference page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { start, temporaryFolder } from './gatehouse.ts';

const PAGE = 'https://console.example.com';

test('the real process', async t => {
  const folder = temporaryFolder(t);
  const { url } = await start(t, folder, '--no-demo', '--cors-origin', PAGE);
  const call = (path: string, init?: RequestInit) => fetch(`${url}${path}`, init);

  await t.test('every answer has an id, which the log and the problem carry too', async () => {
    for (const [path, status] of [
      ['/v1/health', 200],
      ['/v1/jobs/job-none', 404],
      ['/nowhere', 404],
    ] as const) {
      const answer = await call(path);
      assert.equal(answer.status, status);
      const id = answer.headers.get('x-request-id') ?? '';
      assert.match(id, /^[0-9a-f-]{36}$/);
      // The log is written a moment after the answer.
      const log = () => readFileSync(join(folder, 'gatehouse.log'), 'utf8');
      for (let asked = 0; asked < 100 && !log().includes(id); asked++) await call('/v1/health');
      assert.equal(log().split(id).length, 2, `${path} is logged once`);
      if (status === 404) assert.equal(Object(await answer.json()).instance, `urn:gatehouse:request:${id}`);
    }
  });

  await t.test('no answer may be kept, framed, guessed at or run', async () => {
    for (const path of ['/v1/jobs', '/v1/jobs/job-none', '/nowhere']) {
      const { headers } = await call(path);
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'none'");
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.match(headers.get('strict-transport-security') ?? '', /max-age=\d{8}/);
    }
  });

  await t.test('a page of an origin that was let in may call and read, another one may not', async () => {
    const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'prefer' };
    const preflight = (origin: string) =>
      call('/v1/jobs', { method: 'OPTIONS', headers: { ...asked, origin } });
    const allowed = await preflight(PAGE);
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers.get('access-control-allow-origin'), PAGE);
    assert.match(allowed.headers.get('access-control-allow-methods') ?? '', /POST/);
    assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /idempotency-key/);
    const evil = await preflight('https://evil.example');
    assert.equal(evil.status, 403);
    assert.equal(evil.headers.get('access-control-allow-origin'), null);
    const answer = await call('/v1/jobs', { headers: { origin: PAGE } });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('access-control-allow-origin'), PAGE);
  });

  await t.test(
    'a body that is no UTF-8 is a 400, one over 10 MB a 413 in the words of API Gateway',
    async () => {
      const headers = { 'idempotency-key': 'bytes', 'content-type': 'application/json' };
      const post = (body: Uint8Array<ArrayBuffer>) => call('/v1/jobs', { method: 'POST', headers, body });
      const broken = await post(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]));
      assert.equal(broken.status, 400);
      assert.match(JSON.stringify(await broken.json()), /is not UTF-8 text/);
      const huge = await post(Buffer.alloc(10 * 1024 * 1024 + 1, 0x20));
      assert.equal(huge.status, 413);
      assert.deepEqual(await huge.json(), { message: 'Request Entity Too Large' });
    },
  );

  await t.test('invalid request lines get an answer, and the process goes on', async () => {
    for (const line of [
      'OPTIONS * HTTP/1.1',
      'GET //[ HTTP/1.1',
      'GET /%ff%fe?%00=%zz HTTP/1.1',
      'GET http://[::1/ HTTP/1.1',
    ]) {
      const status = await statusOf(Number(new URL(url).port), line);
      assert.ok(status >= 400 && status < 500, `${line}: ${status}`);
    }
    assert.equal((await call('/v1/health')).status, 200);
  });

  await t.test(
    'the reference page and all it loads come from here, and it may load nothing else',
    async () => {
      const page = await call('/docs');
      assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
      const policy = page.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'.*script-src 'self'.*connect-src 'self'/);
      const html = await page.text();
      const loaded = [...html.matchAll(/(?:src|href)="(?!data:)([^"]+)"/g)].map(([, path = '']) => path);
      assert.deepEqual(loaded, ['/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/docs/start.js']);
      const texts = new Map<string, string>();
      for (const path of loaded) {
        const answer = await call(path);
        assert.equal(answer.status, 200, path);
        const type = path.endsWith('.css') ? 'text/css' : 'text/javascript';
        assert.equal(answer.headers.get('content-type'), `${type}; charset=utf-8`);
        texts.set(path, await answer.text());
      }
      assert.doesNotMatch(texts.get('/docs/swagger-ui.css') ?? '', /url\((?!['"]?data:)|@import/);
      let options: { url?: string; validatorUrl?: unknown } = {};
      runInNewContext(texts.get('/docs/start.js') ?? '', {
        SwaggerUIBundle: (given: typeof options) => {
          options = given;
        },
      });
      assert.equal(options.validatorUrl, null);
      assert.equal(Object(await (await call(options.url ?? '')).json()).openapi, '3.1.0');
      assert.equal((await call('/docs/package.json')).status, 404);
      assert.equal((await call('/docs/constructor')).status, 404);
    },
  );
});

/** The status of what a raw request line is answered with. */
function statusOf(port: number, line: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${line}\r\nHost: 127.0.0.1\r\n\r\n`));
    socket.once('error', reject);
    socket.once('data', data => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1]));
      socket.destroy();
    });
  });
}
