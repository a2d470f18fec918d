// The seam between the world that all twins share and one cloud. The world keeps the state, counts the
// faults and writes the log; a cloud knows its protocol and its rules, and keeps no clock, file or chance.
import type { WireRequest, WireResponse } from '../http/wire.ts';
import type { Switch, SwitchValue } from './switches.ts';

export interface Cloud {
  /** Its SigV4 service name, or what it is called where requests carry none. */
  service: string;
  /** For a protocol without SigV4: whether a request is one of its own, and for which region. */
  takes?(request: WireRequest): { region: string } | undefined;
  operations: readonly string[];
  switches: readonly Switch<SwitchValue>[];
  /** With what `state` once gave, or the seeded account; throws on a state that is not its own. */
  open(saved?: unknown): Twin;
}

export interface Twin {
  /** Says what is asked, as far as it can be read; `refusal` where it goes no further. */
  read(request: WireRequest, region: string, context: Context): ReadCall;
  /** Synchronous from the first check to the last change, so that a call is atomic. */
  carryOut(call: Call, context: Context): Outcome;
  errorAnswer(error: CloudError, context: Context, call: Call): WireResponse;
  /** All that is configured and there by now: no times, no counters, no status. Changes nothing. */
  resources(context: Context): unknown;
  /** Plain JSON, to be given to `open` again. */
  state(): unknown;
}

export interface Call {
  service: string;
  region: string;
  operation: string;
  request: unknown;
  /** Who asks and how, where the answer depends on it. */
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
  /** Something configured is different now. */
  changed: boolean;
}

export interface Context {
  now: number;
  /** By the clock of those who sign, which no test moves. */
  wallNow: number;
  requestId: string;
  /** Milliseconds on our clock for seconds of the real cloud. */
  scaled(seconds: number): number;
  /** A settling time drawn from a range of real-cloud seconds, in milliseconds on our clock. */
  settling(fromSeconds: number, toSeconds: number): number;
  /** A drawn id. */
  hex(length: number): string;
  setting<Value extends SwitchValue>(name: Switch<Value>): Value;
  /** What this call touches ends in the FAILED state that it has, if any. */
  fails: boolean;
  /** The fault that keeps what this call touches from ever settling. */
  stuckBy: number | undefined;
  /** The fault that locks the instance that this call is about. */
  lockedBy: number | undefined;
  faultStands(id: number): boolean;
  forgetsTokens: boolean;
}

/** An answer that is an error, as the wire names it. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly code: string;
  readonly status: number;
  /** What its body has besides code and message. */
  readonly members: Record<string, unknown>;

  constructor(code: string, status: number, message: string, members: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
