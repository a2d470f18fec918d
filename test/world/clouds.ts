// The simulated clouds of a world, and what a test does with them: inject faults, read their resources, read their log
// of calls.
import type { GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator';
import { globalAcceleratorClient } from '@gatehouse/clouds/global-accelerator';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import type { WireService } from '@gatehouse/twins/http/wire';
import { createTwins } from '@gatehouse/twins/twins';
import { CREDENTIALS } from './account.ts';
import type { VirtualClock } from './clock.ts';

/** One call in the clouds' log. */
export interface Call {
  /** Counted from 1, in the order in which the clouds carried them out. */
  n: number;
  region: string;
  /** ISO instant. */
  at: string;
  service: string;
  operation: string;
  request: Record<string, unknown>;
  status: number | 'dropped';
  /** The error code that was answered. */
  error?: string;
  /** Whether it changed anything. */
  changed: boolean;
  /** Carried out after its caller had stopped waiting. */
  late?: true;
}

/** A fault, and the calls that it affects. `fault` is one of the kinds in the twins' `shared/faults.ts`. */
export interface Fault {
  service: string;
  operation: string;
  fault: string;
  /** How many calls of the operation it affects. */
  times: number;
  /** How many calls of the operation succeed before it. */
  after?: number;
  error?: { code: string; status: number; message: string };
  delayMs?: number;
}

/** The clouds of one world. */
export interface Clouds {
  /** The clouds' wire, for clients that do not belong to Gatehouse. */
  wire: WireService;
  /** A Global Accelerator client of a foreign caller, with the same access as Gatehouse. */
  stranger(): GlobalAcceleratorClient;
  /** All resources of all clouds, as text. Late calls that are due have been carried out. */
  picture(): Promise<string>;
  calls(): Promise<Call[]>;
  /** Replaces all injected faults by these. */
  faults(faults: Fault[]): Promise<unknown>;
  clearFaults(): Promise<unknown>;
  /** The injected faults, each with how often it has happened. */
  reached(): Promise<(Fault & { reached: number })[]>;
  /** Sets how the clouds behave, by service. */
  switches(switches: object): Promise<unknown>;
}

/** `seed`: the source of the clouds' ids and settling times. */
export function openClouds(clock: VirtualClock, seed: string): Clouds {
  const twins = createTwins({
    seed,
    timeScale: 1,
    now: clock.now,
    wallClock: Date.now,
    sleep: async ms => clock.advance(ms),
  });

  async function control(method: string, path: string, body?: unknown): Promise<string> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const answer = await twins.control({ method, path: `/_twin/${path}`, headers: {}, body: text });
    if (answer === 'dropped' || answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  }

  return {
    wire: twins.request,
    stranger: () =>
      globalAcceleratorClient({ credentials: CREDENTIALS, requestHandler: handlerFor(twins.request) }),
    picture: () => control('GET', 'resources'),
    calls: async () => JSON.parse(await control('GET', 'calls')) as Call[],
    faults: faults => control('PUT', 'faults', faults),
    clearFaults: () => control('DELETE', 'faults'),
    reached: async () => JSON.parse(await control('GET', 'faults')) as (Fault & { reached: number })[],
    switches: switches => control('PUT', 'switches', switches),
  };
}
