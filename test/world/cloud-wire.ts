// The connection from Lambdas to the clouds. A dead Lambda cannot use it. Calls take virtual time, and one call can be
// held.
import { type Answer, signedFor, type WireRequest } from '@gatehouse/twins/http/wire';
import type { VirtualClock } from './clock.ts';
import type { Clouds } from './clouds.ts';
import type { HeldCall } from './held-call.ts';
import type { LambdaFaults } from './lambda-faults.ts';
import { currentLife } from './lambda-life.ts';

/** The time until a cloud answers. */
const CALL_MS = 50;

/** The only connection from the Lambdas of one world to its clouds. */
export class CloudWire {
  readonly #clock: VirtualClock;
  readonly #clouds: Clouds;
  readonly #hold: HeldCall;
  readonly #faults: LambdaFaults;
  #calls = 0;
  /** The number, in the clouds' log, of the call that was held on its way there. */
  releasedCall: number | undefined;

  constructor(of: { clock: VirtualClock; clouds: Clouds; hold: HeldCall; faults: LambdaFaults }) {
    this.#clock = of.clock;
    this.#clouds = of.clouds;
    this.#hold = of.hold;
    this.#faults = of.faults;
  }

  readonly request = async (sent: WireRequest): Promise<Answer> => {
    const life = currentLife();
    await life.reachOut();
    this.#clock.advance(this.#faults.slow?.[cloudOf(sent)] ?? CALL_MS);
    const n = ++this.#calls;
    this.#faults.onCall?.({ ...life.of, kind: 'cloud', key: String(n) });
    if (this.#hold.isHeldAt(n, 'before')) {
      await this.#hold.wait();
      this.releasedCall = (await this.#clouds.calls()).length + 1;
    }
    const answer = await this.#clouds.wire(sent);
    if (this.#hold.isHeldAt(n, 'after')) await this.#hold.wait();
    return answer;
  };
}

/** Alibaba Cloud has signatures of its own. */
function cloudOf({ headers }: WireRequest): 'aws' | 'alicloud' {
  return signedFor(headers) ? 'aws' : 'alicloud';
}
