// The faults that a test plans for its Lambdas. The twins inject the faults of the clouds: see `World.faults`.
import type { AnyFunctionName } from '@gatehouse/core/machine/machine';
import type { Crash } from '@gatehouse/local/lambda/crash';

/**
 * The faults of the Lambdas of a world. The world reads each member anew at every call, write and invocation, so a test
 * can change the object during a run.
 */
export interface LambdaFaults {
  /**
   * Called once per write of the whole run, with the write's number, counted from 1, and its key. Returns whether the
   * Lambda dies right before or right after it. Sending to the event bus counts as a write, with the key `BUS`.
   */
  dieAtWrite?: (n: number, key: string) => Death | undefined;
  /**
   * Every invocation happens twice, and the answer of the second one counts. `true`: one after the other.
   * `interleaved`: both at the same time; the number seeds the order in which their calls and writes alternate.
   */
  twice?: boolean | { interleaved: number };
  /** Called once per invocation: whether the function is not deployed. No code of ours runs then. */
  gone?: (name: AnyFunctionName) => boolean;
  /** Called once per invocation of a function: whether and how it crashes. */
  crash?: (invocation: Invocation) => PlannedCrash | undefined;
  /** How long each call takes, in milliseconds. By default a call of a cloud takes 50, and one of the table none. */
  slow?: { aws: number; alicloud: number; table: number };
  /** Called at the end of each invocation with its duration in milliseconds. Not a fault. */
  onEnd?: (invocation: Omit<Invocation, 'at'>, ms: number) => void;
  /** The schedule recovers jobs every minute, also while executions run. By default it does only once all have ended. */
  schedule?: true;
  /** One call to a cloud that is held until the test or the clock releases it, while its Lambda waits. */
  hold?: Hold;
  /** Called for each call to the table or to a cloud, as it is sent. Not a fault. */
  onCall?: (call: SeenCall) => void;
}

/** One invocation of a function by the state machine. */
export interface Invocation {
  /** Its number in the run, counted from 1. */
  n: number;
  name: AnyFunctionName;
  step: string | undefined;
  act: string | undefined;
  /** Epoch milliseconds. */
  at: number;
}

/** `before`: no code of ours runs. `after`: all of it has run, and the answer is lost. */
export interface PlannedCrash {
  crash: Crash;
  when: 'before' | 'after';
}

/** A call that a Lambda, or the test itself, sends. */
export interface SeenCall {
  /** The function and its step; empty for calls of the test itself. */
  by: string;
  /** The invocation's number, counted from 1; 0 for calls of the test itself. */
  invocation: number;
  /** Whether the step has answered pending before. */
  poll: boolean;
  kind: 'read' | 'write' | 'cloud';
  /** The items, or the number of the call to a cloud among all calls of the run. */
  key: string;
}

/** Whether a Lambda dies before or after a write. */
export type Death = 'before' | 'after';

/** One held call to a cloud. */
export interface Hold {
  /** Its number among all calls of the run, counted from 1. */
  call: number;
  /** `before`: before it reaches the cloud. `after`: carried out, and its answer is held. */
  when: 'before' | 'after';
  /** Seconds of virtual time until its release. Without it, only the test releases it. */
  releaseAfter?: number;
}
