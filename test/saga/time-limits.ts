// The time that a function can take at the most: each of its calls takes as long as its client waits for it. A machine with one
// lane and one step at a time makes the duration of an invocation the sum of its own calls.
import assert from 'node:assert/strict';
import { TIMEOUT_MS } from '@gatehouse/clouds/alicloud-global-accelerator/transport';
import { STEP_CLIENT } from '@gatehouse/clouds/aws-call';
import { type AnyFunctionName, FUNCTIONS, machine } from '@gatehouse/core/machine/machine';
import { TABLE_CLIENT } from '@gatehouse/functions/table-ports';
import { createWorld, type Fault, type World } from '../world/world.ts';
import { exampleNamed } from './sweep.ts';

/** The longest pause of the SDK between two attempts of one call. */
const PAUSE_MS = 500;

const { maxAttempts, requestHandler } = TABLE_CLIENT;
const SLOW = {
  aws: STEP_CLIENT.maxAttempts * STEP_CLIENT.requestHandler.requestTimeout,
  alicloud: TIMEOUT_MS,
  table: maxAttempts * requestHandler.requestTimeout + (maxAttempts - 1) * PAUSE_MS,
};

/** The longest invocation of each function, with what it was for. */
export class Longest {
  readonly #of = new Map<AnyFunctionName, { seconds: number; what: string }>();

  /** Runs requests one after the other, each to its end. The last one meets the faults. */
  async run(title: string, requests: unknown[], faults: Fault[] = []): Promise<void> {
    const world = this.#world(title);
    for (const [n, value] of requests.entries()) {
      if (n === requests.length - 1) await world.faults(faults);
      const { id } = await world.submit({ options: LONG, ...Object(value) }, String(n));
      const { job } = await world.finish(id);
      assert.ok(ENDS.includes(job.status), `${title}: ${job.status} ${JSON.stringify(job.problem)}`);
      world.pass(3600);
    }
  }

  #world(title: string): World {
    return createWorld(
      {
        slow: SLOW,
        onEnd: ({ name, step, act }, ms) => {
          const before = this.#of.get(name)?.seconds ?? 0;
          const what = `${title}: ${step ?? ''} ${act ?? ''}`;
          if (ms / 1000 > before) this.#of.set(name, { seconds: ms / 1000, what });
        },
      },
      title,
      oneAtATime,
    );
  }

  /** Of all functions of the machine. */
  assertWithinLimits(): string[] {
    return Object.entries(FUNCTIONS).map(([name, { timeoutSeconds }]) => {
      const longest = this.#of.get(name as AnyFunctionName);
      assert.ok(longest, `${name} was called`);
      const { seconds, what } = longest;
      assert.ok(seconds < timeoutSeconds, `${name} takes ${seconds} of ${timeoutSeconds} seconds: ${what}`);
      return `${name}: ${seconds.toFixed(0)} of ${timeoutSeconds} seconds (${what})`;
    });
  }
}

const ENDS = ['SUCCEEDED', 'ROLLED_BACK'];
/** So slow a job takes longer than an hour. */
const LONG = { deadlineSeconds: 21_600 };

function oneAtATime(arnOf: (name: AnyFunctionName) => string): unknown {
  const text = JSON.stringify(machine(arnOf), (key, value) => (key === 'MaxConcurrency' ? 1 : value));
  return JSON.parse(text);
}

/** As many targets as a group takes: no other step has more pages to read. */
export function withTargets(count: number): object {
  const spec = structuredClone(exampleNamed('checkout-edge')) as { targetGroups: { targets: object[] }[] };
  const targets = Array.from({ length: count }, (_, at) => {
    return { id: `10.0.${1 + Math.floor(at / 250)}.${(at % 250) + 1}`, port: 8080 };
  });
  for (const group of spec.targetGroups) group.targets = targets;
  return spec;
}
