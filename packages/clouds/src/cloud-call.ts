// One call of any cloud: its answer, or one of core's errors. The cloud's error table decides which one.
import {
  type ErrorCode,
  isRetryCode,
  type Provider,
  RetryableError,
  TerminalError,
} from '@gatehouse/core/ports/errors';
import { type ErrorTable, NETWORK_ERRORS } from './errors.ts';

/** What a call's error carries, as far as it is there. */
export interface Failure {
  /** The cloud's name for it. */
  name: string;
  message: string;
  /** Node's, of a connection that failed. */
  code: string | undefined;
  status: number | undefined;
  requestId: string | undefined;
  /**
   * When it says to come again. Only of a cloud whose every step may answer pending: the machine asks no other step again
   * but by its own retries.
   */
  retryAfterSeconds?: number | undefined;
}

export interface Api {
  service: string;
  operation: string;
  errors: ErrorTable;
  /** The meaning of a name that is in no table. */
  familyOf?: (name: string) => ErrorCode | undefined;
  /** Matches the message of an error that heals although its name says otherwise. */
  heals?: RegExp;
}

/**
 * Sends one call. Throws RetryableError or TerminalError with the provider's own words. `failureOf` reads what the
 * cloud's client threw.
 */
export async function cloudCall<T>(
  of: Api,
  send: () => Promise<T>,
  failureOf: (thrown: unknown) => Failure,
): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    // Ours already: the names of our errors are no names of a cloud's.
    if (thrown instanceof RetryableError || thrown instanceof TerminalError) throw thrown;
    throw translate(of, failureOf(thrown), thrown);
  }
}

/** The answer, or undefined where what was asked for is not there (any more). */
export async function orAbsent<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    if (thrown instanceof TerminalError && thrown.code === 'NotFound') return undefined;
    throw thrown;
  }
}

/** A look right after a change: whatever it throws proves nothing about the change, which may stand. */
export async function lookAfterChange<T>(look: Promise<T>): Promise<T> {
  try {
    return await look;
  } catch (thrown) {
    if (thrown instanceof RetryableError)
      throw new RetryableError(thrown.code, thrown.message, inDoubt(thrown));
    if (thrown instanceof TerminalError)
      throw new TerminalError(thrown.code, thrown.message, inDoubt(thrown));
    throw thrown;
  }
}

function inDoubt({ provider, cause }: RetryableError | TerminalError) {
  return { provider, cause, outcome: 'unknown' as const };
}

/** A member that the API always answers; an answer without it proves nothing about what was done. */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TerminalError('InternalFailure', `the cloud answered without ${what}`);
  return value;
}

function translate(of: Api, failure: Failure, cause: unknown): Error {
  const code = of.heals?.test(failure.message) ? 'Busy' : codeOf(of, failure);
  const provider: Provider = {
    service: of.service,
    operation: of.operation,
    errorCode: failure.name,
    ...(failure.requestId ? { requestId: failure.requestId } : {}),
  };
  const message = `${of.service} ${of.operation}: ${failure.message || failure.name}`;
  const details = { provider, cause };
  return isRetryCode(code)
    ? new RetryableError(code, message, { ...details, retryAfterSeconds: failure.retryAfterSeconds })
    : new TerminalError(code, message, details);
}

function codeOf({ errors, familyOf }: Api, failure: Failure): ErrorCode {
  const known = { ...NETWORK_ERRORS, ...errors };
  return known[failure.name] ?? known[failure.code ?? ''] ?? familyOf?.(failure.name) ?? byStatus(failure);
}

/** A name nobody knows: a server's fault or none by its status; an answer that could not be read proves nothing. */
function byStatus({ name, status }: Failure): ErrorCode {
  if (status === 429) return 'Throttled';
  if (status !== undefined && status >= 500) return 'ServiceInternalError';
  if (name === 'SyntaxError') return 'ServiceInternalError';
  return 'InternalFailure';
}
