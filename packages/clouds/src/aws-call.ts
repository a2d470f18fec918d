// One call of an AWS API, with its errors mapped to core's. All AWS APIs share the SDK's error class and the error names of
// AWS_ERRORS. The name has precedence over the HTTP status: the names are part of the API's contract, the status codes have
// not been confirmed against the live services.
import { type Api, cloudCall, type Failure } from './cloud-call.ts';
import { AWS_ERRORS } from './errors.ts';

/** The longest that a call of a step waits for an answer. */
export const CALL_MS = 4_000;

/**
 * The configuration of every SDK client of a step. All retries belong to the state machine: a retry in the SDK would hide a
 * lost response. With these timeouts, the calls of a step fit into the time limit of its Lambda function
 * (test/saga/time-limits.test.ts adds them up). The socket's timeout ends a body that stops arriving.
 */
export const STEP_CLIENT = {
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: CALL_MS,
    socketTimeout: CALL_MS,
    throwOnRequestTimeout: true,
  },
} as const;

/** Sends one call. Throws RetryableError or TerminalError with the provider's message. */
export function awsCall<T>(of: Api, send: () => Promise<T>): Promise<T> {
  return cloudCall({ ...of, errors: { ...AWS_ERRORS, ...of.errors } }, send, failureOf);
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
