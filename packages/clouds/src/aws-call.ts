// One call of an AWS API: its answer, or one of core's errors. Here is what every AWS API shares, its SDK's errors and
// its names for them. They are told apart by name, never by HTTP status alone: the status numbers are not confirmed
// against the live services, the names are the contract.
import { type Api, cloudCall, type ErrorTable, type Failure } from './cloud-call.ts';

/**
 * What every SDK client of a step is made with. All retries belong to the state machine: a retry in here would hide a
 * lost answer from the look-up for it. The timeouts let a step's reads and its one change fit into its Lambda's life.
 */
export const STEP_CLIENT = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
} as const;

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

/** Sends one call. Throws RetryableError or TerminalError with the provider's own words. */
export function awsCall<T>(of: Api, send: () => Promise<T>): Promise<T> {
  return cloudCall({ ...of, errors: { ...COMMON, ...of.errors } }, send, failureOf);
}

function failureOf(thrown: unknown): Failure {
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
