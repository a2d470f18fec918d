// The faults that a test plans for its Lambdas. Faults of the clouds are the twins' own: see `World.faults`.
import type { AnyFunctionName } from '@gatehouse/core/machine/machine';

/**
 * What goes wrong with the Lambdas of a world. The world reads each member anew at every call, write and invocation, so a
 * test can change the object while a run goes on.
 */
export interface LambdaFaults {
  /**
   * Called once per write of the whole run, with the write's number, counted from 1, and its key: whether the Lambda dies
   * right before or right after it. Sending to the event bus counts as a write, with the key `BUS`.
   */
  dieAtWrite?: (n: number, key: string) => Death | undefined;
  /**
   * Every invocation happens twice, and the answer of the second one counts. `true`: one after the other. `interleaved`: both
   * at once; the number seeds the order in which their calls and writes alternate.
   */
  twice?: boolean | { interleaved: number };
  /** Called once per invocation: whether the function is not deployed (any more). None of our code runs then. */
  gone?: (name: AnyFunctionName) => boolean;
  /** One call to a cloud that takes until the test or the clock releases it, while its Lambda waits. */
  hold?: Hold;
  /** Sees each call of the table or of a cloud, as it is sent. No fault. */
  onCall?: (call: SeenCall) => void;
}

/** A call that a Lambda, or a test for itself, sends. */
export interface SeenCall {
  /** The function and its step; empty for what a test does itself. */
  by: string;
  /** The invocation's number, counted from 1; 0 for what a test does itself. */
  invocation: number;
  /** Of a step that has answered pending before. */
  poll: boolean;
  kind: 'read' | 'write' | 'cloud';
  /** The items, or the number of the call to a cloud among all of the run. */
  key: string;
}

/** On which side of a write a Lambda dies. */
export type Death = 'before' | 'after';

/** One call to a cloud that is held on its way. */
export interface Hold {
  /** Its number among all calls of the run, counted from 1. */
  call: number;
  /** `before`: on its way to the cloud. `after`: on its way back, carried out but not yet answered. */
  when: 'before' | 'after';
  /** Seconds of virtual time after which it goes on by itself. Without it, only the test releases it. */
  releaseAfter?: number;
}
