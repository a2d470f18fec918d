// What an error means to a step: its class, its code, and whether the call may have been carried out all the same.
import assert from 'node:assert/strict';
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';

/** No error at all: what was asked for is not there. */
export const GONE = 'gone';

const RETRYABLE = ['Throttled', 'NetworkFailure', 'ServiceInternalError', 'Busy'];
/** The call may have been carried out all the same. */
const UNKNOWN_OUTCOME = ['NetworkFailure', 'ServiceInternalError', 'InternalFailure'];

export function assertMeans(
  thrown: unknown,
  code: string,
  why: string,
): asserts thrown is RetryableError | TerminalError {
  assert.ok(thrown instanceof RetryableError || thrown instanceof TerminalError, `${why}: ${thrown}`);
  assert.equal(thrown.code, code, why);
  assert.equal(thrown.name, RETRYABLE.includes(code) ? 'RetryableError' : 'TerminalError', why);
  assert.equal(thrown.outcome, UNKNOWN_OUTCOME.includes(code) ? 'unknown' : 'none', why);
}

/** What a call throws; undefined where it throws nothing. */
export async function thrownBy(call: () => Promise<unknown> | undefined): Promise<unknown> {
  try {
    await call();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}
