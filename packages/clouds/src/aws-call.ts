// One call of an AWS API: its answer, or one of core's errors. Errors are told apart by name, never by HTTP
// status alone: the status numbers are not confirmed against the live services, the names are the contract.
import {
  type Provider,
  RetryableError,
  type RetryCode,
  type TerminalCode,
  TerminalError,
} from '@gatehouse/core/errors';

/**
 * What every SDK client of a step is made with. All retries belong to the state machine: a retry in here would hide a
 * lost answer from the look-up for it. The timeouts let a step's reads and its one change fit into its Lambda's life.
 */
export const STEP_CLIENT = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
} as const;

/** What an API's own error names mean; what every AWS API shares is known here. */
export type ErrorTable = Record<string, RetryCode | TerminalCode>;

const COMMON: ErrorTable = {
  ThrottlingException: 'Throttled',
  Throttling: 'Throttled',
  ThrottledException: 'Throttled',
  RequestThrottled: 'Throttled',
  RequestThrottledException: 'Throttled',
  RequestLimitExceeded: 'Throttled',
  TooManyRequestsException: 'Throttled',
  BandwidthLimitExceeded: 'Throttled',
  EC2ThrottledException: 'Throttled',
  ProvisionedThroughputExceededException: 'Throttled',
  PriorRequestNotComplete: 'Busy',
  SlowDown: 'Throttled',
  InternalFailure: 'ServiceInternalError',
  ServiceUnavailable: 'ServiceInternalError',
  ServiceUnavailableException: 'ServiceInternalError',
  RequestTimeout: 'NetworkFailure',
  RequestTimeoutException: 'NetworkFailure',
  TimeoutError: 'NetworkFailure',
  ECONNRESET: 'NetworkFailure',
  ECONNREFUSED: 'NetworkFailure',
  EPIPE: 'NetworkFailure',
  ETIMEDOUT: 'NetworkFailure',
  EHOSTUNREACH: 'NetworkFailure',
  ENETUNREACH: 'NetworkFailure',
  ENOTFOUND: 'NetworkFailure',
  EAI_AGAIN: 'NetworkFailure',
  AccessDenied: 'AccessDenied',
  AccessDeniedException: 'AccessDenied',
  UnauthorizedOperation: 'AccessDenied',
  // A clock that is off: the SDK takes the server's time from the answer, and the next call is right.
  RequestExpired: 'Busy',
  RequestTimeTooSkewed: 'Busy',
  RequestInTheFuture: 'Busy',
  ExpiredTokenException: 'AccessDenied',
  UnrecognizedClientException: 'AccessDenied',
  InvalidSignatureException: 'AccessDenied',
  MissingAuthenticationTokenException: 'AccessDenied',
  ValidationException: 'InvalidRequest',
  SerializationException: 'InvalidRequest',
  UnknownOperationException: 'InvalidRequest',
};

const RETRYABLE: readonly string[] = ['Throttled', 'NetworkFailure', 'ServiceInternalError', 'Busy'];

/** What an SDK error carries, as far as it is there. */
interface SdkError {
  name: string;
  message: string;
  code: string | undefined;
  status: number | undefined;
  requestId: string | undefined;
}

interface Api {
  service: string;
  operation: string;
  errors: ErrorTable;
  /** What an error says that heals, under a name that else never does. */
  heals?: RegExp;
}

/** Sends one call. Throws RetryableError or TerminalError with the provider's own words. */
export async function awsCall<T>(of: Api, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    // Ours already: the names of our errors are no names of AWS's.
    if (thrown instanceof RetryableError || thrown instanceof TerminalError) throw thrown;
    throw translate(of, thrown);
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

function translate(of: Api, thrown: unknown): Error {
  const error = sdkError(thrown);
  const code = of.heals?.test(error.message) ? 'Busy' : codeOf(of, error);
  const provider: Provider = {
    service: of.service,
    operation: of.operation,
    errorCode: error.name,
    ...(error.requestId ? { requestId: error.requestId } : {}),
  };
  const message = `${of.service} ${of.operation}: ${error.message || error.name}`;
  const details = { provider, cause: thrown };
  return isRetryable(code)
    ? new RetryableError(code, message, details)
    : new TerminalError(code, message, details);
}

function codeOf({ errors }: Api, error: SdkError): RetryCode | TerminalCode {
  return errors[error.name] ?? COMMON[error.name] ?? COMMON[error.code ?? ''] ?? byStatus(error);
}

/** A name nobody knows: a server's fault or none by its status; an answer that could not be read proves nothing. */
function byStatus({ name, status }: SdkError): RetryCode | TerminalCode {
  if (status === 429) return 'Throttled';
  if (status !== undefined && status >= 500) return 'ServiceInternalError';
  if (name === 'SyntaxError') return 'ServiceInternalError';
  return 'InternalFailure';
}

function isRetryable(code: RetryCode | TerminalCode): code is RetryCode {
  return RETRYABLE.includes(code);
}

function sdkError(thrown: unknown): SdkError {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const metadata = member(error, '$metadata');
  const status = member(metadata, 'httpStatusCode');
  const requestId = member(metadata, 'requestId');
  const code = member(error, 'code');
  return {
    name: error.name,
    message: error.message,
    code: typeof code === 'string' ? code : undefined,
    status: typeof status === 'number' ? status : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
  };
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
