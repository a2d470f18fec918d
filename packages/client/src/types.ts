// What the client's calls take and give, by the names of the OpenAPI document.
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
export type EntryPoint = Schemas['EntryPoint'];
export type EntryPointSummary = Schemas['EntryPointSummary'];

export interface ClientOptions {
  /** Where Gatehouse is: `http://127.0.0.1:4700`, or API Gateway's address. */
  url: string;
  /** To sign with. Not needed for API Gateway's own addresses, which say their region. */
  aws?: AwsIdentity;
  /** Sent instead of a signature (`Authorization: Bearer`). A function is asked before each try. */
  token?: Token;
  /** Sent with every call. */
  headers?: Record<string, string>;
  /** How long a call is tried again while nothing answers. */
  patienceSeconds?: number;
  /** The same for `wait`, which outlasts a restart. */
  waitPatienceSeconds?: number;
  /** Told before a call is tried again. */
  onRetry?: (because: string) => void;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface SubmitOptions extends CallOptions {
  idempotencyKey?: string | undefined;
  /** Of a plan that was looked at: the job fails with PlanChanged if it would do anything else. */
  planHash?: string | undefined;
}

export interface VerbOptions extends CallOptions {
  /** For who reads the job's history. */
  reason?: string | undefined;
}

export interface Waiting extends CallOptions {
  /** Instead of the client's own. */
  onRetry?: ((because: string) => void) | undefined;
}

export interface Page<Item> {
  items: Item[];
  /** Absent on the last page. */
  nextPageToken?: string;
}

export type JobsWanted = CallOptions & NonNullable<operations['listJobs']['parameters']['query']>;
export type EntryPointsWanted = CallOptions &
  NonNullable<operations['listEntryPoints']['parameters']['query']>;
