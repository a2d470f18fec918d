// One call of any cloud. The cloud's error table maps its errors to core's.

import { shortened } from '@gatehouse/core/json/validation-issues';
import {
  type ErrorCode,
  isRetryCode,
  type Provider,
  RetryableError,
  TerminalError,
} from '@gatehouse/core/ports/errors';
import { type ErrorTable, type LimitedRetry, NETWORK_ERRORS, type TransientText } from './errors.ts';

/** The parts of a call's error, as far as they are known. */
export interface Failure {
  /** The cloud's error name. */
  name: string;
  message: string;
  /** Node's error code of a failed connection. */
  code: string | undefined;
  status: number | undefined;
  requestId: string | undefined;
  /**
   * The retry delay that the cloud asks for. Only for a cloud whose steps can all return pending: any other step is retried
   * by the state machine, at its own pace.
   */
  retryAfterSeconds?: number | undefined;
}

export interface Api {
  service: string;
  operation: string;
  errors: ErrorTable;
  /** The error code of a name that is in no table. */
  familyOf?: (name: string) => ErrorCode | undefined;
  transientText?: TransientText;
}

/** How long an API may count users that it no longer lists. */
const STILL_COUNTED = { limitSeconds: 900, permanentCode: 'ResourceConflict' } as const;

/**
 * Sends one call. Throws RetryableError or TerminalError with the provider's message. `failureOf` reads an error of the
 * cloud's client.
 */
export async function cloudCall<T>(
  of: Api,
  send: () => Promise<T>,
  failureOf: (thrown: unknown) => Failure,
): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    // Already one of core's errors, whose names are in no cloud's table.
    if (thrown instanceof RetryableError || thrown instanceof TerminalError) throw thrown;
    throw translate(of, failureOf(thrown), thrown);
  }
}

/** The response, or undefined if the object does not exist. */
export async function orAbsent<T>(response: Promise<T>): Promise<T | undefined> {
  try {
    return await response;
  } catch (thrown) {
    if (thrown instanceof TerminalError && thrown.code === 'NotFound') return undefined;
    throw thrown;
  }
}

/** A read right after a change. If it fails, the outcome of the change is unknown. */
export async function readAfterChange<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
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

/**
 * The error to throw for a removal that was refused with one of `codes`: the resource is in use. The API may still count users that
 * were just deleted. If it lists none, the refusal is transient.
 */
export async function busyIfUnused(
  thrown: unknown,
  codes: readonly string[],
  users: () => Promise<unknown[] | undefined>,
): Promise<unknown> {
  const isInUse = thrown instanceof TerminalError && codes.includes(thrown.provider?.errorCode ?? '');
  if (!isInUse || (await users())?.length) return thrown;
  const details = { provider: thrown.provider, cause: thrown, limit: STILL_COUNTED };
  return new RetryableError('Busy', `${thrown.message}; the cloud lists no user any more`, details);
}

/** A member that every response has. Without it, the outcome of the call is unknown. */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined)
    throw new TerminalError('InternalFailure', `the response of the cloud has no ${what}`);
  return value;
}

/** A job and its ledger keep the message of every failure. The clouds' own messages are far shorter. */
const MAX_MESSAGE_LENGTH = 1000;

function translate(of: Api, failure: Failure, cause: unknown): Error {
  const known = isTransient(of.transientText, failure) ? of.transientText.retry : codeOf(of, failure);
  const code = typeof known === 'string' ? known : known.code;
  const provider: Provider = {
    service: of.service,
    operation: of.operation,
    errorCode: failure.name,
    ...(failure.requestId ? { requestId: failure.requestId } : {}),
  };
  const message = shortened(
    `${of.service} ${of.operation}: ${failure.message || failure.name}`,
    MAX_MESSAGE_LENGTH,
  );
  const details = { provider, cause, ...(typeof known === 'string' ? {} : { limit: known }) };
  return isRetryCode(code)
    ? new RetryableError(code, message, { ...details, retryAfterSeconds: failure.retryAfterSeconds })
    : new TerminalError(code, message, details);
}

function isTransient(of: TransientText | undefined, { name, message }: Failure): of is TransientText {
  return of !== undefined && name === of.code && of.text.test(withoutNames(message));
}

/** Names, ids and ARNs can contain any word. They are quoted, or have a character that no word of a sentence has. */
function withoutNames(message: string): string {
  return message
    .replace(/"[^"]*"|'[^']*'|`[^`]*`|\[[^\]]*\]/g, ' ')
    .split(/\s+/)
    .filter(word => !/[\d:/_-]|\w\.\w/.test(word))
    .join(' ');
}

function codeOf({ errors, familyOf }: Api, failure: Failure): ErrorCode | LimitedRetry {
  const known = { ...NETWORK_ERRORS, ...errors };
  return known[failure.name] ?? known[failure.code ?? ''] ?? familyOf?.(failure.name) ?? byStatus(failure);
}

/** For an unknown name: the status tells server errors apart. An unparsable response is a server error. */
function byStatus({ name, status }: Failure): ErrorCode {
  if (status === 429) return 'Throttled';
  if (status !== undefined && status >= 500) return 'ServiceInternalError';
  if (name === 'SyntaxError') return 'ServiceInternalError';
  return 'InternalFailure';
}
