// One call of an AWS API: its answer, or one of core's errors. Every AWS API shares the SDK's error class and the error
// names of AWS_ERRORS. A name decides before the HTTP status does: the status numbers are not confirmed against the live
// services, the names are the contract.
import { type Api, cloudCall, type Failure } from './cloud-call.ts';
import { AWS_ERRORS } from './errors.ts';

/**
 * What every SDK client of a step is made with. All retries belong to the state machine: a retry in here would hide a
 * lost answer from the look-up for it. The timeouts let a step's reads and its one change fit into its Lambda's life.
 */
export const STEP_CLIENT = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 8_000, throwOnRequestTimeout: true },
} as const;

/** Sends one call. Throws RetryableError or TerminalError with the provider's own words. */
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
