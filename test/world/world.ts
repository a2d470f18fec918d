// The whole of Gatehouse in memory and on virtual time: the real state machine in its interpreter, the real
// handlers' logic, the real SDK clients, the twins on their wire protocol, without sockets and without waiting.
// What a Lambda can suffer, a plan of faults makes it suffer.
import { SFNClient } from '@aws-sdk/client-sfn';
import { globalAcceleratorClient } from '@gatehouse/clouds/global-accelerator';
import { accept } from '@gatehouse/core/accept';
import { begin } from '@gatehouse/core/begin';
import type { Job } from '@gatehouse/core/job';
import { complete, conclude, judge, type Stopped, stop } from '@gatehouse/core/judge';
import { type FunctionName, machine } from '@gatehouse/core/machine';
import type { CloudPorts, Log, Store } from '@gatehouse/core/ports';
import { type Dossier, readDossier } from '@gatehouse/core/records';
import { recoverAll } from '@gatehouse/core/recover';
import { resourcePort } from '@gatehouse/functions/cloud-ports';
import { everyCloud } from '@gatehouse/functions/every-cloud';
import { stepFunctionsExecutions } from '@gatehouse/functions/step-functions';
import { walkStep } from '@gatehouse/functions/steps/walk-step';
import { handlerFor } from '@gatehouse/local/request-handler';
import { type AslObject, createStepFunctions } from '@gatehouse/local/step-functions/host';
import { createTwins } from '@gatehouse/local/twins/twins';
import { memoryStore } from './memory-store.ts';

const START = Date.UTC(2026, 2, 1, 12);
const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const MAX_RECOVERIES = 40;

type Event = Stopped & { step: string; act: 'apply' | 'undo' };

/** What befalls the Lambdas. Each answer is asked for once per call, write or invocation. */
export interface Misfortune {
  /** The n-th write of the whole run, counted from 1: the Lambda dies right before or right after it. */
  dieAtWrite?: (n: number, key: string) => 'before' | 'after' | undefined;
  /** Every invocation happens twice, one after the other, and the second answer counts. */
  twice?: boolean;
}

export interface Call {
  region: string;
  at: string;
  service: string;
  operation: string;
  request: Record<string, unknown>;
  status: number | 'dropped';
  error?: string;
  changed: boolean;
  late?: true;
}

export interface Fault {
  service: string;
  operation: string;
  fault: string;
  times: number;
  after?: number;
  error?: { code: string; status: number; message: string };
  delayMs?: number;
}

export type World = ReturnType<typeof createWorld>;

export function createWorld(misfortune: Misfortune = {}, seed = 'saga') {
  let now = START;
  let writes = 0;
  const transitions = 0;
  const askAgainAt = new Map<string, number>();
  const store = memoryStore();
  const twins = createTwins({
    seed,
    timeScale: 1,
    now: () => now,
    sleep: async ms => {
      now += ms;
    },
  });
  const states = createStepFunctions({
    region: REGION,
    account: ACCOUNT,
    // Retries happen at once: what passes between them is virtual time.
    timeScale: 1e9,
    now: () => now,
    invoke: (name, event) => invoke(name as FunctionName, event as Event),
    machines: [{ name: 'gatehouse', definition: machine(arnOf) as unknown as AslObject }],
  });
  const sfn = new SFNClient({
    region: REGION,
    credentials: CREDENTIALS,
    maxAttempts: 1,
    requestHandler: handlerFor(states.request),
  });
  const log: Log = { info() {}, warn() {}, error: (message, fields) => console.error(message, fields) };

  /** A Lambda's world of its own: once it has died, nothing that it still tries reaches anything. */
  function portsOf(life: { dead: boolean }): CloudPorts {
    const alive = <A extends unknown[], R>(act: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        if (life.dead) throw died();
        return act(...args);
      };
    };
    const wire = { credentials: CREDENTIALS, requestHandler: handlerFor(alive(twins.request)) };
    const { resources, preflight } = everyCloud(REGION, wire);
    return {
      clock: { now: () => new Date(now), after: seconds => new Date(now + seconds * 1000) },
      store: mortal(store, life, alive),
      executions: stepFunctionsExecutions(sfn, `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:gatehouse`),
      log,
      settings: { region: REGION, stepTimeoutSeconds: 30, latenessSeconds: 60, attemptGapSeconds: 60 },
      ...resourcePort(resources),
      preflight,
    };
  }

  function mortal(
    to: Store,
    life: { dead: boolean },
    alive: <A extends unknown[], R>(act: (...args: A) => Promise<R>) => (...args: A) => Promise<R>,
  ): Store {
    return {
      get: alive(to.get),
      all: alive(to.all),
      list: alive(to.list),
      remove: alive(to.remove),
      put: alive(async (key, value, version, index) => {
        writes++;
        const end = misfortune.dieAtWrite?.(writes, `${key.pk} ${key.sk}`);
        if (end === 'before') life.dead = true;
        if (life.dead) throw died();
        const written = await to.put(key, value, version, index);
        if (end === 'after') life.dead = true;
        if (life.dead) throw died();
        return written;
      }),
    } as Store;
  }

  async function invoke(name: FunctionName, event: Event): Promise<unknown> {
    const step = `${event.jobId} ${event.step} ${event.act}`;
    now = Math.max(now + 100, askAgainAt.get(step) ?? 0);
    if (misfortune.twice) await once(name, event).catch(() => {});
    try {
      const answer = await once(name, event);
      if (isPending(answer)) askAgainAt.set(step, Date.parse(answer.askAgainAt));
      return answer;
    } catch (thrown) {
      // The machine waits before it tries again.
      now += 5_000;
      throw thrown;
    }
  }

  async function once(name: FunctionName, event: Event): Promise<unknown> {
    const life = { dead: false };
    try {
      const answer = await LOGIC[name](portsOf(life), event);
      if (life.dead) throw died();
      return answer;
    } catch (thrown) {
      throw life.dead ? died() : thrown;
    }
  }

  async function control(method: string, path: string, body?: unknown): Promise<string> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const answer = await twins.control({ method, path: `/_twin/${path}`, headers: {}, body: text });
    if (answer === 'dropped' || answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  }

  const world = {
    store,
    /** The ports of one more Lambda. */
    ports: () => portsOf({ dead: false }),
    writes: () => writes,
    now: () => new Date(now),
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    idle: () => states.idle(),
    sfn,
    transitions: () => transitions,

    async submit(value: unknown, idempotencyKey = 'key'): Promise<Job> {
      for (;;) {
        try {
          const accepted = await accept(world.ports(), { caller: 'test', idempotencyKey, value });
          if (!('job' in accepted)) throw new Error(`not accepted: ${JSON.stringify(accepted)}`);
          return accepted.job;
        } catch (thrown) {
          // The API's own Lambda died: its caller sends the same request again, under the same key.
          if (!(thrown instanceof Error) || thrown.name !== 'Lambda.Unknown') throw thrown;
        }
      }
    },

    /** Runs until the job has ended, with the schedule looking after it as it would. */
    async finish(jobId: string): Promise<Dossier> {
      for (let round = 0; round < MAX_RECOVERIES; round++) {
        await states.idle();
        const dossier = await readDossier(store, jobId);
        if (dossier && !dossier.job.open) return dossier;
        now += 61_000;
        await recoverAll(world.ports()).catch(() => {});
      }
      throw new Error(`${jobId} did not end: ${JSON.stringify((await readDossier(store, jobId))?.job)}`);
    },

    /** A picture of all clouds. Late calls that are due by now have been carried out. */
    picture: () => control('GET', 'resources'),
    calls: async () => JSON.parse(await control('GET', 'calls')) as Call[],
    faults: (faults: Fault[]) => control('PUT', 'faults', faults),
    reached: async () => JSON.parse(await control('GET', 'faults')) as (Fault & { reached: number })[],
    clearFaults: () => control('DELETE', 'faults'),
    switches: (switches: object) => control('PUT', 'switches', switches),
    /** A client of a stranger, who is as real to the cloud as we are. */
    stranger: () =>
      globalAcceleratorClient({ credentials: CREDENTIALS, requestHandler: handlerFor(twins.request) }),
  };
  return world;
}

const LOGIC: Record<FunctionName, (ports: CloudPorts, event: Event) => Promise<unknown>> = {
  begin,
  listener: walkStep,
  'endpoint-group': walkStep,
  accelerator: walkStep,
  'target-group': walkStep,
  targets: walkStep,
  'stickiness-policy': walkStep,
  'policy-attachment': walkStep,
  stop,
  judge,
  complete,
  conclude,
};

function isPending(answer: unknown): answer is { askAgainAt: string } {
  return typeof answer === 'object' && answer !== null && 'askAgainAt' in answer;
}

/** What Step Functions sees of a Lambda that died. */
function died(): Error {
  return Object.assign(new Error('the Lambda died'), { name: 'Lambda.Unknown' });
}

function arnOf(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}
