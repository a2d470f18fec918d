// The interface between the world that all twins share and one cloud. The world keeps the state, counts the faults and
// writes the log; a cloud implements its protocol and its rules, and has no clock, file or randomness of its own.
import type { WireRequest, WireResponse } from '../http/wire.ts';
import type { Switch, SwitchValue } from './switches.ts';

export interface Cloud {
  /** Its SigV4 service name, or a name of its own if requests carry none. */
  service: string;
  /** For a protocol without SigV4: whether a request belongs to this cloud, and its region. */
  takes?(request: WireRequest): { region: string } | undefined;
  operations: readonly string[];
  switches: readonly Switch<SwitchValue>[];
  /** Opens a state that `state` returned, or the seeded account; throws on a state of another form. */
  open(saved?: unknown): Twin;
}

export interface Twin {
  /** Returns the requested operation, as far as it is readable; `refusal` if the request ends here. */
  read(request: WireRequest, region: string, context: Context): ReadCall;
  /** Synchronous from the first check to the last change, so that a call is atomic. */
  carryOut(call: Call, context: Context): Outcome;
  errorAnswer(error: CloudError, context: Context, call: Call): WireResponse;
  /** All configured resources that exist by now, without times, counters and status. Changes nothing. */
  resources(context: Context): unknown;
  /** Plain JSON, which `open` accepts. */
  state(): unknown;
}

export interface Call {
  service: string;
  region: string;
  operation: string;
  request: unknown;
  /** The caller, if the answer depends on it. */
  caller?: Caller;
}

export interface Caller {
  accessKeyId: string;
  host: string;
  format: 'JSON' | 'XML';
}

export type ReadCall = Pick<Call, 'operation' | 'request' | 'caller'> & { refusal?: CloudError };

export interface Outcome {
  answer: WireResponse;
  error?: string;
  /** Whether a configured resource has changed. */
  changed: boolean;
}

export interface Context {
  now: number;
  /** The clock with which callers sign, which no test moves. */
  wallNow: number;
  requestId: string;
  /** Milliseconds on our clock for seconds of the real cloud. */
  scaled(seconds: number): number;
  /** A settling time drawn from a range of real-cloud seconds, in milliseconds on our clock. */
  settling(fromSeconds: number, toSeconds: number): number;
  /** A drawn id. */
  hex(length: number): string;
  setting<Value extends SwitchValue>(name: Switch<Value>): Value;
  /** Whether the resource of this call ends in its FAILED state, if it has one. */
  fails: boolean;
  /** The fault that keeps the resource of this call from settling. */
  stuckBy: number | undefined;
  /** The fault that locks the instance of this call. */
  lockedBy: number | undefined;
  faultStands(id: number): boolean;
  forgetsTokens: boolean;
}

/** An answer that is an error, as the wire names it. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly code: string;
  readonly status: number;
  /** The members of its body besides code and message. */
  readonly members: Record<string, unknown>;

  constructor(code: string, status: number, message: string, members: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
