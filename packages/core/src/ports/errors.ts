// The errors that cross a step's boundary. The state machine matches on their literal names, so names
// survive bundling and never change. What else is thrown passes one door, `toStepError`, and becomes
// an InternalFailure: no retry, rollback.
import type { ValidationIssue } from '../json/validation-issues.ts';

/** Which call of which cloud answered, as the provider named it. */
export interface Provider {
  service: string;
  operation: string;
  errorCode: string;
  requestId?: string;
}

/** An error as a caller may see it: no stack, no secret. Stored in ledger and job, shown by the API. */
export interface Problem {
  code: string;
  message: string;
  retryable: boolean;
  /** What in the request is wrong, where the request is to blame. */
  errors?: ValidationIssue[];
  provider?: Provider;
}

/** Codes of errors that a later attempt can heal. The type derives from the list, so no code is in only one of them. */
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
  /** `unknown`: a mutating call that threw this may have been carried out all the same. */
  outcome?: 'none' | 'unknown';
  /** When the cloud itself says to come again. */
  retryAfterSeconds?: number | undefined;
}

/** The platform shall ask again: throttled, network, server, busy. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
  readonly code: RetryCode;
  readonly provider: Provider | undefined;
  readonly outcome: 'none' | 'unknown';
  readonly retryAfterSeconds: number | undefined;

  constructor(code: RetryCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.provider = details.provider;
    // A throttle or a busy answer is given before anything is done; a fault or a lost line proves nothing.
    this.outcome = details.outcome ?? (code === 'Throttled' || code === 'Busy' ? 'none' : 'unknown');
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/** No retry heals it: the step has failed for good. */
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

/** The job no longer runs in this direction: a failure elsewhere, a cancel, its deadline. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** A newer attempt of the job is the current one; this one writes nothing more. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

export type StepError = RetryableError | TerminalError | Cancelled | Superseded;

/** The one door for what is thrown: known errors pass, the rest becomes an InternalFailure with its cause. */
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
    return {
      code: error.code,
      message: error.message,
      retryable: error instanceof RetryableError,
      ...(error instanceof TerminalError && error.errors ? { errors: error.errors } : {}),
      ...(error.provider ? { provider: error.provider } : {}),
    };
  }
  return { code: error.name, message: error.message, retryable: false };
}
