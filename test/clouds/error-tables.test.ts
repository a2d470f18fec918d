// A code in an error table decides the class of the error that a step gets, and with it whether the machine retries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cloudCall } from '@gatehouse/clouds/cloud-call';
import { type ErrorCode, RETRY_CODES, TERMINAL_CODES } from '@gatehouse/core/ports/errors';
import { thrownBy } from './meaning.ts';

/** The error of one call that fails under a name which its table maps to `code`. */
function thrownFor(code: ErrorCode): Promise<unknown> {
  return thrownBy(() =>
    cloudCall(
      { service: 'service', operation: 'Operation', errors: { SomeException: code } },
      () => Promise.reject(new Error('refused')),
      () => ({
        name: 'SomeException',
        message: 'refused',
        code: undefined,
        status: undefined,
        requestId: undefined,
      }),
    ),
  );
}

const CODES: [name: string, codes: readonly ErrorCode[]][] = [
  ['RetryableError', RETRY_CODES],
  ['TerminalError', TERMINAL_CODES],
];

for (const [name, codes] of CODES) {
  for (const code of codes) {
    test(`${code} in an error table makes a ${name}`, async () => {
      const thrown = Object(await thrownFor(code));
      assert.deepEqual([thrown.name, thrown.code], [name, code]);
    });
  }
}
