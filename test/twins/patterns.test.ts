// Patterns over texts of any length take time in proportion to the length.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputErrorOf } from '@gatehouse/twins/alicloud-global-accelerator/errors';
import { signedFor } from '@gatehouse/twins/http/wire';
import { InputError } from '@gatehouse/twins/shared/input';

/** The processor's time in milliseconds, which other processes do not lengthen. */
function timeOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test('an Authorization header of 64 KB that repeats its scope is read in milliseconds', () => {
  for (const authorization of ['Credential='.repeat(5800), 'Credential=a/20260101/'.repeat(2900)]) {
    const ms = timeOf(() => assert.equal(signedFor({ authorization }), undefined));
    assert.ok(ms < 100, `${ms} ms`);
  }
});

test('the service of a signed request is that of its scope', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
  assert.deepEqual(signedFor({ authorization }), { region: 'eu-west-1', service: 'dynamodb' });
});

test('the member of an error with a name of 64 KB is found in milliseconds', () => {
  const ms = timeOf(() => inputErrorOf(new InputError('type', `${'a'.repeat(64_000)}-`, 'be a text')));
  assert.ok(ms < 100, `${ms} ms`);
});
