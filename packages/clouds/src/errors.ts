// Error tables: from a provider's error names to our error codes. Each API has its own table, in a file of this name in its
// folder; this one has the names that several APIs share. The more specific table has precedence.
import type { ErrorCode, RetryCode, TerminalCode } from '@gatehouse/core/ports/errors';

/** An error that is only probably transient: retried for a limited time, then permanent. */
export interface LimitedRetry {
  code: RetryCode;
  limitSeconds: number;
  permanentCode: TerminalCode;
}

/** From a provider's error name, compared as a whole, to our code. */
export type ErrorTable = Record<string, ErrorCode | LimitedRetry>;

/** A transient error that only its message tells apart from a permanent one of the same name. */
export interface TransientText {
  /** The provider's error name. */
  code: string;
  /** Searched in the message without the names, ids and ARNs that it quotes. */
  text: RegExp;
  retry: LimitedRetry;
}

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

/** Names that any AWS API or the SDK can return. */
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
  // Clock skew: the SDK adopts the server's time from the response, and signs the next call correctly.
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
