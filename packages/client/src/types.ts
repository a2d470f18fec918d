// The inputs and outputs of the client's calls, named as in the OpenAPI document.
import type { components, operations } from './openapi.ts';
import type { AwsIdentity } from './sign.ts';
import type { Token } from './token.ts';

type Schemas = components['schemas'];
export type Request = Schemas['Request'];
export type Job = Schemas['Job'];
export type JobSummary = Schemas['JobSummary'];
export type JobEvent = Schemas['JobEvent'];
export type JobStatus = Schemas['JobStatus'];
export type Step = Schemas['Step'];
export type Plan = Schemas['Plan'];
export type Drift = Schemas['Drift'];
export type Health = Schemas['EntryPointHealth'];
export type EntryPoint = Schemas['EntryPoint'];
export type EntryPointSummary = Schemas['EntryPointSummary'];

export interface ClientOptions {
  /** The URL of Gatehouse: `http://127.0.0.1:4700` or a URL of API Gateway. */
  url: string;
  /** Signs requests. Not needed for URLs of API Gateway, which contain their region. */
  aws?: AwsIdentity;
  /** Sent instead of a signature (`Authorization: Bearer`). A function is called before each attempt. */
  token?: Token;
  /** Sent with every call. */
  headers?: Record<string, string>;
  /** How long a call is retried while there is no answer. */
  retryForSeconds?: number;
  /** The same for `wait` and `events`: long enough for a restart of the server. */
  waitRetryForSeconds?: number;
  /** Called before each retry. */
  onRetry?: (reason: string) => void;
  /** Called once if the server has another major version than this client. The default is `console.warn`. */
  onWarning?: (message: string) => void;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface SubmitOptions extends CallOptions {
  idempotencyKey?: string | undefined;
  /** The hash of a reviewed plan: the job fails with PlanChanged if it would do anything else. */
  planHash?: string | undefined;
}

export interface ActionOptions extends CallOptions {
  /** Kept in the history of the job. */
  reason?: string | undefined;
}

export interface WaitOptions extends CallOptions {
  /** Replaces the `onRetry` of the client. */
  onRetry?: ((reason: string) => void) | undefined;
}

export interface Page<Item> {
  items: Item[];
  /** Absent on the last page. */
  nextPageToken?: string;
}

export type JobsQuery = CallOptions & NonNullable<operations['listJobs']['parameters']['query']>;
export type EntryPointsQuery = CallOptions &
  NonNullable<operations['listEntryPoints']['parameters']['query']>;
