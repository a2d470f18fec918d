// The access key of Alibaba Cloud from the local Secrets Manager, read by the SDK: kept, exchanged, absent; in no error and no log.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';
import { secretKey } from '@gatehouse/functions/alicloud-key';
import { type HttpService, serve } from '@gatehouse/local/http/http-service';
import { createSecrets } from '@gatehouse/local/secrets-manager/secrets';
import type { WireService } from '@gatehouse/twins/http/wire';
import { thrownBy } from '../clouds/meaning.ts';

const SECRET = 'gatehouse-alicloud';
const OLD = { accessKeyId: 'LTAI5tOld', accessKeySecret: 'the-old-secret' };
const NEW = { accessKeyId: 'LTAI5tNew', accessKeySecret: 'the-new-secret' };
const MINUTE = 60_000;

let server: HttpService;
let secrets: WireService;
let reads = 0;

before(async () => {
  server = await serve(
    request => {
      reads += 1;
      return secrets(request);
    },
    { port: 0, maxBodyBytes: 100_000 },
  );
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${server.port}`,
  });
});
after(() => server.close());

function store(value: string): void {
  secrets = createSecrets(
    { [SECRET]: value },
    name => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}`,
  );
  reads = 0;
}

test('the key is read once, and again after five minutes', async () => {
  store(JSON.stringify(OLD));
  let now = 0;
  const keys = secretKey(SECRET, () => now);
  assert.deepEqual([await keys.key(), await keys.key()], [OLD, OLD]);
  now = 4 * MINUTE;
  const kept = await keys.key();
  assert.equal(reads, 1);
  now = 6 * MINUTE;
  assert.equal(await keys.key(), kept, 'the same key is the same object, whose client is kept');
  assert.equal(reads, 2);
  store(JSON.stringify(NEW));
  now = 12 * MINUTE;
  assert.deepEqual(await keys.key(), NEW);
});

test('a refused key is read again, and the reader is told whether it was exchanged', async () => {
  store(JSON.stringify(OLD));
  const keys = secretKey(SECRET, () => 0);
  const key = await keys.key();
  assert.equal(await keys.isReplaced(key), false);
  store(JSON.stringify(NEW));
  assert.equal(await keys.isReplaced(key), true);
  assert.deepEqual(await keys.key(), NEW);
});

for (const [why, value, secret, says] of [
  [
    'a secret that does not exist',
    '{}',
    'another',
    /the secret another does not exist or has no value; set it to/,
  ],
  ['text', 'LTAI5tOld:the-old-secret', SECRET, /has a value of another form; set it to \{"accessKeyId"/],
  ['a value without the secret', JSON.stringify({ accessKeyId: OLD.accessKeyId }), SECRET, /another form/],
] as const)
  test(`${why} refuses every call for good, and says what to set`, async () => {
    store(value);
    const thrown = await thrownBy(() => secretKey(secret).key());
    assert.ok(thrown instanceof TerminalError && thrown.code === 'AccessDenied', String(thrown));
    assert.match(thrown.message, says);
    assert.doesNotMatch(inspect(thrown, { depth: 20, showHidden: true }), /LTAI5tOld|the-old-secret/);
  });

test('a Secrets Manager that fails is asked again', async () => {
  secrets = async () => 'dropped';
  const thrown = await thrownBy(() => secretKey(SECRET).key());
  assert.ok(thrown instanceof RetryableError && thrown.code === 'NetworkFailure', String(thrown));
});
