// Names that every JavaScript object has. A lookup by a caller's text must not find them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLambdas } from '@gatehouse/local/lambda/lambdas';
import { startLocalStack } from '@gatehouse/local/local-stack';

const NAMES = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'];

test('the local stack answers whatever name a request has, and lives on', async t => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  const stack = await startLocalStack({ port: 0, dataDir, timeScale: 200, seed: 'names' });
  t.after(async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const send = (path: string, headers: Record<string, string>, body?: string) =>
    fetch(`${stack.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(5000),
    });
  const scope = (service: string) => `Credential=x/20260101/eu-west-1/${service}/aws4_request`;

  for (const name of NAMES) {
    await t.test(name, async () => {
      const service = await send('/v1/health', { authorization: scope(name) });
      assert.equal(service.status, 200, 'signed for a service that nobody serves');
      for (const [signed, target] of [
        ['states', `AWSStepFunctions.${name}`],
        ['events', `AWSEvents.${name}`],
        ['globalaccelerator', `GlobalAccelerator_V20180706.${name}`],
        ['elasticloadbalancing', ''],
        ['vpc-lattice', ''],
      ] as const) {
        const headers = { authorization: scope(signed), ...(target ? { 'x-amz-target': target } : {}) };
        const form = `Action=${name}&Version=2012-06-01&Tags.member.1.${name}=x&Tags.member.1.a=y`;
        const answered = await send('/', headers, target ? '{}' : form);
        assert.ok(answered.status >= 400 && answered.status < 500, `${signed}: ${answered.status}`);
      }
      const credential = `ACS3-HMAC-SHA256 Credential=twin,SignedHeaders=${name},Signature=0`;
      const rpc = await send(`/?Version=2019-11-20`, {
        authorization: credential,
        'x-acs-version': '2019-11-20',
        'x-acs-action': 'ListListeners',
        'x-acs-date': '2026-01-01T00:00:00Z',
        'x-acs-signature-nonce': `nonce-${name}`,
        'x-acs-content-sha256': '0',
      });
      assert.ok(rpc.status >= 400 && rpc.status < 500, `ga: ${rpc.status}`);
      assert.equal((await send(`/_twin/${name}`, {})).status, 404);
      assert.equal((await send('/v1/health', {})).status, 200, 'it still answers');
    });
  }
});

test('a function is one that is deployed, not a member of every object', async () => {
  const lambdas = createLambdas({}, 'eu-west-1', '123456789012');
  for (const name of NAMES)
    await assert.rejects(lambdas.invoke(name, {}), { name: 'Lambda.ResourceNotFoundException' });
});
