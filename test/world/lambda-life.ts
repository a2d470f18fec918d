// The life of one Lambda invocation: it can die, and it can let another one go first. Names of errors are those that Step
// Functions gives to what it sees of a Lambda.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SeenCall } from './lambda-faults.ts';

/** The name of the error that a Task fails with when its Lambda dies. */
const DIED = 'Lambda.Unknown';

/** Whose life it is, for tests that look at single calls. */
export type LifeOf = Pick<SeenCall, 'by' | 'invocation' | 'poll'>;

const NOBODY: LifeOf = { by: '', invocation: 0, poll: false };

/** One invocation of a Lambda. */
export class LambdaLife {
  #dead = false;
  readonly #turnsBefore: () => number;
  readonly of: LifeOf;

  /** `turnsBefore`: how many turns of the event loop others get before each call or write of this life. */
  constructor(of: LifeOf = NOBODY, turnsBefore: () => number = () => 0) {
    this.of = of;
    this.#turnsBefore = turnsBefore;
  }

  die(): void {
    this.#dead = true;
  }

  /** Comes before everything that reaches out of the Lambda. Throws if the Lambda has died: it then reaches nothing. */
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

/** The life of the Lambda whose code runs; one that never ends where a test calls for itself. */
export function currentLife(): LambdaLife {
  return lives.getStore() ?? new LambdaLife();
}

/** An error as a Task fails with it: `ErrorEquals` of a Retry or Catch matches `name`. */
export function lambdaError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Whether this is what is left of a Lambda that died. */
export function hasDied(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === DIED;
}

/** Lets everything else that is due in the event loop run first. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
