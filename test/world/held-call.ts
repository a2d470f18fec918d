// The one call of a run that is held on its way to a cloud or back.
import type { VirtualClock } from './clock.ts';
import type { Hold, LambdaFaults } from './lambda-faults.ts';

/** Where the call that `LambdaFaults.hold` names waits. */
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

  /** Lets it go on, or keeps it from being held at all. */
  release(): void {
    this.#released.resolve();
  }

  /** Whether the `n`-th call of the run is to be held at this point of its way. */
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
