// The errors that cross a step's boundary. The state machine matches their literal names, so the names survive bundling and never
// change. `toStepError` turns any other error into an InternalFailure: no retry, rollback.
import { limitIssues, shortened, type ValidationIssue } from '../json/validation-issues.ts';

/** The failed call of a cloud API, with the provider's own error code. */
export interface Provider {
  service: string;
  operation: string;
  errorCode: string;
  requestId?: string;
}

/** An error that callers may see: no stack, no secret. Stored in the ledger and the job, returned by the API. */
export interface Problem {
  code: string;
  message: string;
  retryable: boolean;
  /** The errors in the request, if the request is the cause. */
  errors?: ValidationIssue[];
  provider?: Provider;
}

/** Codes of errors that a retry can overcome. The type derives from the list, so every code is in both. */
export const RETRY_CODES = ['Throttled', 'NetworkFailure', 'ServiceInternalError', 'Busy'] as const;

export type RetryCode = (typeof RETRY_CODES)[number];

/** CloudFormation's handler error codes, as far as we use them, and DeadlineExceeded, which is ours. */
export const TERMINAL_CODES = [
  'InvalidRequest',
  'AccessDenied',
  'AlreadyExists',
  'NotFound',
  'ServiceLimitExceeded',
  'NotStabilized',
  'ResourceConflict',
  'DeadlineExceeded',
  'InternalFailure',
] as const;

export type TerminalCode = (typeof TERMINAL_CODES)[number];

export type ErrorCode = RetryCode | TerminalCode;

export function isRetryCode(code: ErrorCode): code is RetryCode {
  return RETRY_CODES.some(each => each === code);
}

interface Details {
  provider?: Provider | undefined;
  errors?: ValidationIssue[];
  cause?: unknown;
  /** `unknown`: a mutating call that threw this may still have taken effect. */
  outcome?: 'none' | 'unknown';
  /** The delay that the cloud demands before a retry. */
  retryAfterSeconds?: number | undefined;
  limit?: RetryLimit;
}

/** An error that is only probably transient: after `limitSeconds` of retries, it is permanent, with `permanentCode`. */
export interface RetryLimit {
  limitSeconds: number;
  permanentCode: TerminalCode;
}

/** The platform must retry: throttled, network, server, busy. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  readonly code: RetryCode;
  readonly provider: Provider | undefined;
  readonly outcome: 'none' | 'unknown';
  readonly retryAfterSeconds: number | undefined;
  readonly limit: RetryLimit | undefined;

  constructor(code: RetryCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.provider = details.provider;
    // A throttled or busy call had no effect. After a server fault or a lost connection, the outcome is unknown.
    this.outcome = details.outcome ?? (code === 'Throttled' || code === 'Busy' ? 'none' : 'unknown');
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.limit = details.limit;
  }
}

/** A retry cannot succeed: the step has failed permanently. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
  readonly code: TerminalCode;
  readonly provider: Provider | undefined;
  readonly errors: ValidationIssue[] | undefined;
  readonly outcome: 'none' | 'unknown';

  constructor(code: TerminalCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.provider = details.provider;
    this.errors = details.errors;
    this.outcome = details.outcome ?? (code === 'InternalFailure' ? 'unknown' : 'none');
  }
}

/** The job no longer runs in this direction, because of a failure elsewhere, a cancellation or its deadline. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** A newer attempt of the job is the current one. This attempt must not write. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

export type StepError = RetryableError | TerminalError | Cancelled | Superseded;

/** Known errors stay as they are; any other error becomes the cause of an InternalFailure. */
export function toStepError(thrown: unknown): StepError {
  if (
    thrown instanceof RetryableError ||
    thrown instanceof TerminalError ||
    thrown instanceof Cancelled ||
    thrown instanceof Superseded
  ) {
    return thrown;
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new TerminalError('InternalFailure', `Unexpected failure: ${message}`, { cause: thrown });
}

export function problemOf(error: StepError): Problem {
  if (error instanceof RetryableError || error instanceof TerminalError) {
    return limitProblem({
      code: error.code,
      message: error.message,
      retryable: error instanceof RetryableError,
      ...(error instanceof TerminalError && error.errors ? { errors: error.errors } : {}),
      ...(error.provider ? { provider: error.provider } : {}),
    });
  }
  return limitProblem({ code: error.name, message: error.message, retryable: false });
}

/** Ours: jobs, their events and every answer about them repeat the message. */
const MAX_MESSAGE_LENGTH = 2000;

/** The problem in a size that an item, an event and an answer can contain. */
export function limitProblem({ errors, ...problem }: Problem): Problem {
  return {
    ...problem,
    message: shortened(problem.message, MAX_MESSAGE_LENGTH),
    ...(errors ? { errors: limitIssues(errors) } : {}),
  };
}
