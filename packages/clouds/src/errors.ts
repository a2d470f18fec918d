// Error tables: what a provider's own error names mean to a step. Each API has its table in its folder, in a file of this
// name; this one holds the names that several APIs share. The more special table wins.
import type { ErrorCode } from '@gatehouse/core/ports/errors';

/** From a provider's error name, compared whole, to our code. */
export type ErrorTable = Record<string, ErrorCode>;

/** Node's names for a connection that failed. */
export const NETWORK_ERRORS: ErrorTable = {
  ECONNRESET: 'NetworkFailure',
  ECONNREFUSED: 'NetworkFailure',
  EPIPE: 'NetworkFailure',
  ETIMEDOUT: 'NetworkFailure',
  EHOSTUNREACH: 'NetworkFailure',
  ENETUNREACH: 'NetworkFailure',
  ENOTFOUND: 'NetworkFailure',
  EAI_AGAIN: 'NetworkFailure',
};

/** Names that any AWS API can answer with, or that its SDK gives. */
export const AWS_ERRORS: ErrorTable = {
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
  // The clock is off: the SDK takes the server's time from the answer, and the next call is signed correctly.
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
