// The one call of a run that is held before it reaches a cloud or before its answer returns.
import type { VirtualClock } from './clock.ts';
import type { Hold, LambdaFaults } from './lambda-faults.ts';

/** Holds the call that `LambdaFaults.hold` names. */
export class HeldCall {
  readonly #clock: VirtualClock;
  readonly #faults: LambdaFaults;
  readonly #held = Promise.withResolvers<void>();
  readonly #released = Promise.withResolvers<void>();

  constructor(clock: VirtualClock, faults: LambdaFaults) {
    this.#clock = clock;
    this.#faults = faults;
  }

  /** Resolves once the call is held. */
  get held(): Promise<void> {
    return this.#held.promise;
  }

  /** Releases the call, or prevents it from being held at all. */
  release(): void {
    this.#released.resolve();
  }

  /** Whether the `n`-th call of the run is held at this point. */
  isHeldAt(n: number, when: Hold['when']): boolean {
    const { hold } = this.#faults;
    return hold?.call === n && hold.when === when;
  }

  /** Resolves when the call is released, by the test or by the clock. */
  wait(): Promise<void> {
    const seconds = this.#faults.hold?.releaseAfter;
    if (seconds !== undefined) this.#clock.alarm(this.#clock.now() + seconds * 1000, () => this.release());
    this.#held.resolve();
    return this.#released.promise;
  }
}
