// The life of one Lambda invocation: it can die, and it can let another invocation proceed first. Its errors have the
// names that Step Functions gives to failures of Lambda.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SeenCall } from './lambda-faults.ts';

/** The name of the error that a Task fails with when its Lambda dies. */
const DIED = 'Lambda.Unknown';

/** The invocation, for tests that check single calls. */
export type LifeOf = Pick<SeenCall, 'by' | 'invocation' | 'poll'>;

const NOBODY: LifeOf = { by: '', invocation: 0, poll: false };

/** One invocation of a Lambda. */
export class LambdaLife {
  #dead = false;
  readonly #turnsBefore: () => number;
  readonly of: LifeOf;

  /** `turnsBefore`: how many turns of the event loop pass before each call or write of this invocation. */
  constructor(of: LifeOf = NOBODY, turnsBefore: () => number = () => 0) {
    this.of = of;
    this.#turnsBefore = turnsBefore;
  }

  die(): void {
    this.#dead = true;
  }

  /** Precedes everything that leaves the Lambda. Throws if the Lambda has died, so that nothing is sent. */
  async reachOut(): Promise<void> {
    for (let left = this.#turnsBefore(); left > 0; left--) await nextTurn();
    this.assertAlive();
  }

  assertAlive(): void {
    if (this.#dead) throw lambdaError(DIED, 'the Lambda died');
  }
}

const lives = new AsyncLocalStorage<LambdaLife>();

/** Runs a Lambda's code so that `currentLife` finds its life, in SDK clients too. */
export function runIn<T>(life: LambdaLife, code: () => Promise<T>): Promise<T> {
  return lives.run(life, code);
}

/** The life of the Lambda whose code runs; for calls of the test itself, one that never ends. */
export function currentLife(): LambdaLife {
  return lives.getStore() ?? new LambdaLife();
}

/** An error in the form in which a Task fails with it: `ErrorEquals` of a Retry or Catch matches `name`. */
export function lambdaError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Whether the error comes from a Lambda that died. */
export function hasDied(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === DIED;
}

/** Waits until everything else that is due in the event loop has run. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
