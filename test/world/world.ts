// The whole of Gatehouse in memory and on virtual time: the real state machine in its interpreter, the real
// handlers' logic, the real SDK clients, the twins on their wire protocol, without sockets and without waiting.
// What a Lambda can suffer, a plan of faults makes it suffer.
import { AsyncLocalStorage } from 'node:async_hooks';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { globalAcceleratorClient } from '@gatehouse/clouds/global-accelerator';
import { accept } from '@gatehouse/core/api/accept';
import { type AnyFunctionName, machine } from '@gatehouse/core/machine/machine';
import type { EveryPort } from '@gatehouse/core/plan/cloud-ports';
import type { Executions, IndexEntry, Key, Log, Store } from '@gatehouse/core/ports/ports';
import { currentStore } from '@gatehouse/core/record/current-store';
import type { Job } from '@gatehouse/core/record/job';
import { type Dossier, readDossier } from '@gatehouse/core/record/records';
import { rememberingStore } from '@gatehouse/core/record/remembering-store';
import { evaluate } from '@gatehouse/core/saga/evaluate';
import { finish } from '@gatehouse/core/saga/finish';
import { beginFor, complete, conclude, judge } from '@gatehouse/core/saga/older-machines';
import { type Failed, recordFailure } from '@gatehouse/core/saga/record-failure';
import { recover, recoverAll } from '@gatehouse/core/saga/recover';
import type { End } from '@gatehouse/core/saga/walk-phase';
import { resourcePort } from '@gatehouse/functions/cloud-ports';
import { eventBridgeBus } from '@gatehouse/functions/event-bridge';
import { everyCloud } from '@gatehouse/functions/every-cloud';
import { stepFunctionsExecutions } from '@gatehouse/functions/step-functions';
import { walkStep } from '@gatehouse/functions/steps/walk-step';
import type { BusEvent } from '@gatehouse/local/event-bridge/events';
import { createEventBus } from '@gatehouse/local/event-bridge/host';
import type { EventRow } from '@gatehouse/local/event-bridge/rows';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import { type AslObject, createStepFunctions } from '@gatehouse/local/step-functions/host';
import type { Answer, WireRequest } from '@gatehouse/twins/http/wire';
import { createTwins } from '@gatehouse/twins/twins';
import { inProcess } from './in-process-http.ts';
import { memoryStore } from './memory-store.ts';
import { neverWait } from './no-waiting.ts';

neverWait();

/** As the twin's, until it is set otherwise. */
const LIMITS = 'current';
const START = Date.UTC(2026, 2, 1, 12);
const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
/** What a cloud takes to answer. */
const CALL_MS = 50;
const MAX_RECOVERIES = 40;
const MAX_TURNS = 100_000;

/** One Lambda invocation. */
interface Life {
  dead: boolean;
  /** The function, and its step; absent for what a test does itself. */
  by?: string;
  invocation?: number;
  poll?: boolean;
  /** How many turns of the event loop others get before its next call or write. */
  turnsBefore?: (() => number) | undefined;
}

const lives = new AsyncLocalStorage<Life>();

type Event = Failed & { step: string; act: 'apply' | 'undo'; end: End };

/** What befalls the Lambdas. Each answer is asked for once per call, write or invocation. */
export interface Misfortune {
  /**
   * The n-th write of the whole run, counted from 1: the Lambda dies right before or right after it. Telling the event
   * bus is one, too, under the key BUS.
   */
  dieAtWrite?: (n: number, key: string) => 'before' | 'after' | undefined;
  /**
   * Every invocation happens twice and the second answer counts: one after the other, or both at once, their calls
   * and writes interleaved as the number says.
   */
  twice?: boolean | { interleaved: number };
  /** A function that is not deployed, or not any more: nothing of ours runs. */
  gone?: (name: AnyFunctionName) => boolean;
  /** Sees each call of the table or of a cloud, as it is sent. */
  onCall?: (call: SeenCall) => void;
  /** A call on the wire that its Lambda waits for, until the test or the clock releases it. */
  hold?: Hold;
}

export interface SeenCall {
  /** Which invocation sent it: its function and step, and its number; 0 for what a test does itself. */
  by: string;
  invocation: number;
  /** Of a step that has answered pending before. */
  poll: boolean;
  kind: 'read' | 'write' | 'cloud';
  /** The items, or the number of the call on the wire. */
  key: string;
}

export interface Hold {
  /** The n-th call of the whole run, counted from 1. */
  call: number;
  /** Held on its way to the cloud, or on the way back: carried out, with the answer still to come. */
  when: 'before' | 'after';
  /** Seconds of virtual time after which it goes on by itself. */
  releaseAfter?: number;
}

export interface Call {
  n: number;
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

/** `definition`: of the state machine, by the ARNs that are given to it. */
export function createWorld(
  misfortune: Misfortune = {},
  seed = 'saga',
  definition: (arnOf: (name: AnyFunctionName) => string) => unknown = machine,
) {
  let now = START;
  let writes = 0;
  let writtenCount = 0;
  let invocations = 0;
  let wireCalls = 0;
  let releasedCall: number | undefined;
  const askAgainAt = new Map<string, number>();
  /** In a row, by step. */
  const failures = new Map<string, number>();
  const everyId = new Map<string, string>();
  const gate = gateOf();
  const table = memoryStore();
  const store = { ...currentStore(table), items: table.items };
  const twins = createTwins({
    seed,
    timeScale: 1,
    now: () => now,
    wallClock: Date.now,
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
    invoke: (name, event) => invoke(name as AnyFunctionName, event as Event),
    machines: [{ name: 'gatehouse', definition: definition(arnOf) as AslObject }],
  });
  const sfn = new SFNClient({
    region: REGION,
    credentials: CREDENTIALS,
    maxAttempts: 1,
    requestHandler: handlerFor(states.request),
  });
  const machines = stepFunctionsExecutions(sfn, `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:gatehouse`);
  const eventBus = createEventBus({
    region: REGION,
    account: ACCOUNT,
    timeScale: 1,
    now: () => now,
    invoke: async () => {},
    complain: message => console.error(message),
    functions: {},
    rules: [],
  });
  const told = eventBridgeBus(
    new EventBridgeClient({
      region: REGION,
      credentials: CREDENTIALS,
      maxAttempts: 1,
      requestHandler: handlerFor(eventBus.request),
    }),
    'default',
  );
  const log: Log = { info() {}, warn() {}, error: (message, fields) => tell(message, fields) };

  const wire = { credentials: CREDENTIALS, requestHandler: handlerFor(request) };
  const alicloud = {
    endpoint: `http://${inProcess(request)}`,
    credentials: { accessKeyId: 'twin', accessKeySecret: 'twin-secret' },
  };
  const { resources, ...looks } = everyCloud(REGION, { config: alicloud, profile: LIMITS }, wire);

  async function request(sent: WireRequest): Promise<Answer> {
    const life = lives.getStore();
    await turns(life);
    if (life?.dead) throw died();
    pass(now + CALL_MS);
    const n = ++wireCalls;
    see(life, 'cloud', String(n));
    const held = n === misfortune.hold?.call ? misfortune.hold : undefined;
    if (held?.when === 'before') await gate.pass(now, held);
    if (held?.when === 'before') releasedCall = (await callLog()).length + 1;
    const answer = await twins.request(sent);
    if (held?.when === 'after') await gate.pass(now, held);
    return answer;
  }

  /** A Lambda's world of its own: once it has died, nothing that it still tries reaches anything. */
  function portsOf(life: Life, executions: Executions = machines): EveryPort {
    return {
      clock: { now: () => new Date(now), after: seconds => new Date(now + seconds * 1000) },
      store: rememberingStore(mortal(store, life)),
      bus: { put: events => dangerously(life, 'BUS', () => told.put(events)) },
      executions,
      log,
      settings: {
        eventSources: ['com.example.*'],
        region: REGION,
        stepTimeoutSeconds: 30,
        latenessSeconds: 60,
        attemptGapSeconds: 60,
        alicloudLimits: LIMITS,
      },
      ...resourcePort(resources),
      ...looks,
    };
  }

  function mortal(to: Store, life: Life): Store {
    const seen = (kind: 'read' | 'write', key: unknown) => see(life, kind, nameOf(key));
    const alive = <A extends unknown[], R>(act: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        seen('read', args[0]);
        await turns(life);
        if (life.dead) throw died();
        return act(...args);
      };
    };
    return {
      get: alive(to.get),
      many: alive(to.many),
      all: alive(to.all),
      list: alive(to.list),
      remove: alive(to.remove),
      put: <T>(key: Key<T>, value: T, version: number, index?: IndexEntry) =>
        dangerously(life, `${key.pk} ${key.sk}`, async () => {
          seen('write', key);
          const written = await to.put(key, value, version, index);
          if (written.written) writtenCount++;
          if (written.written && isEntry(value)) everyId.set(value.id, value.step);
          return written;
        }),
    } as Store;
  }

  function see(life: Life | undefined, kind: SeenCall['kind'], key: string): void {
    const { by = '', invocation = 0, poll = false } = life ?? {};
    misfortune.onCall?.({ by, invocation, poll, kind, key });
  }

  /** What a Lambda can die right before or right after: a write, or telling the bus. */
  async function dangerously<R>(life: Life, key: string, act: () => Promise<R>): Promise<R> {
    await turns(life);
    if (life.dead) throw died();
    writes++;
    const end = misfortune.dieAtWrite?.(writes, key);
    if (end === 'before') life.dead = true;
    if (life.dead) throw died();
    const done = await act();
    if (end === 'after') life.dead = true;
    if (life.dead) throw died();
    return done;
  }

  async function invoke(name: AnyFunctionName, event: Event): Promise<unknown> {
    const step = `${event.jobId} ${event.step} ${event.act}`;
    pass(Math.max(now + 100, askAgainAt.get(step) ?? 0));
    if (misfortune.gone?.(name))
      throw lambdaError('ResourceNotFoundException', `there is no function ${name}`);
    try {
      const answer = await (misfortune.twice ? twice(name, event, misfortune.twice) : once(name, event));
      if (isPending(answer)) askAgainAt.set(step, Date.parse(answer.askAgainAt));
      failures.delete(step);
      return answer;
    } catch (thrown) {
      const before = failures.get(step) ?? 0;
      failures.set(step, before + 1);
      pass(now + backOffMs(before));
      throw thrown;
    }
  }

  async function twice(name: AnyFunctionName, event: Event, how: true | { interleaved: number }) {
    if (how === true) {
      await once(name, event).catch(() => {});
      return once(name, event);
    }
    const [first, second] = await Promise.allSettled([
      once(name, event, randomTurns(how.interleaved + writes)),
      once(name, event, randomTurns(how.interleaved + writes + 1)),
    ]);
    if (first.status === 'rejected') throw first.reason;
    if (second.status === 'rejected') throw second.reason;
    return second.value;
  }

  async function once(name: AnyFunctionName, event: Event, turnsBefore?: () => number): Promise<unknown> {
    const step = event.step ? ` ${event.step}` : '';
    const poll = askAgainAt.has(`${event.jobId} ${event.step} ${event.act}`);
    const life: Life = { dead: false, turnsBefore, by: `${name}${step}`, invocation: ++invocations, poll };
    try {
      const answer = await lives.run(life, () => LOGIC[name](portsOf(life), event));
      if (life.dead) throw died();
      return answer;
    } catch (thrown) {
      throw life.dead ? died() : thrown;
    }
  }

  function pass(until: number): void {
    now = until;
    gate.clockIs(now);
  }

  async function control(method: string, path: string, body?: unknown): Promise<string> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const answer = await twins.control({ method, path: `/_twin/${path}`, headers: {}, body: text });
    if (answer === 'dropped' || answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer.body;
  }

  async function callLog(): Promise<Call[]> {
    return JSON.parse(await control('GET', 'calls')) as Call[];
  }

  const world = {
    store,
    /** The ports of one more Lambda. */
    ports: () => portsOf({ dead: false }),
    writes: () => writes,
    /** Of them, those that were not too late. */
    written: () => writtenCount,
    /** What Gatehouse told the event bus, in the order in which it took it. */
    async told(): Promise<BusEvent[]> {
      const answer = await eventBus.control({ method: 'GET', path: '/_bus/events', headers: {}, body: '' });
      if (answer === 'dropped') throw new Error('the event bus is down');
      return (JSON.parse(answer.body) as EventRow[]).map(row => row.event);
    },
    /** Every cloud id that stood in the ledger at any time, with its step. */
    everyId: () => everyId,
    now: () => new Date(now),
    pass: (seconds: number) => pass(now + seconds * 1000),
    idle: () => states.idle(),
    sfn,
    /** Resolves once the call that is to be held is held. */
    held: gate.held,
    release: gate.release,
    /** The number in the log of what was carried out only when it was released. */
    releasedCall: () => releasedCall,

    /** The next attempt begins while the current one's Lambdas still run: AWS says of it that it has ended. */
    async takeOver(jobId: string): Promise<void> {
      const dead = { state: 'ended' as const, endedAt: new Date(now) };
      pass(now + 61_000);
      await recover(portsOf({ dead: false }, { ...machines, describe: async () => dead }), jobId);
    },

    /** A person stops the job's execution. What its Lambdas have begun goes on. */
    async stopJob(jobId: string): Promise<void> {
      const executionArn = `arn:aws:states:${REGION}:${ACCOUNT}:execution:gatehouse:${jobId}-1`;
      await sfn.send(new StopExecutionCommand({ executionArn }));
    },

    /** As `finish`, where an execution is held and so never idle: without the schedule. */
    async finishBesideHeld(jobId: string): Promise<Dossier> {
      for (let turn = 0; turn < MAX_TURNS; turn++) {
        const dossier = await readDossier(store, jobId);
        if (dossier && !dossier.job.open) return dossier;
        await nextTurn();
      }
      throw new Error(`${jobId} did not end beside the held call`);
    },

    async submit(value: unknown, idempotencyKey = 'key', planHash?: string): Promise<Job> {
      for (;;) {
        try {
          const accepted = await accept(world.ports(), {
            caller: '123456789012/user/alice',
            idempotencyKey,
            value,
            planHash,
          });
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
        pass(now + 61_000);
        await recoverAll(world.ports()).catch(() => {});
      }
      throw new Error(`${jobId} did not end: ${JSON.stringify((await readDossier(store, jobId))?.job)}`);
    },

    /** A picture of all clouds. Late calls that are due by now have been carried out. */
    picture: () => control('GET', 'resources'),
    calls: callLog,
    faults: (faults: Fault[]) => control('PUT', 'faults', faults),
    reached: async () => JSON.parse(await control('GET', 'faults')) as (Fault & { reached: number })[],
    clearFaults: () => control('DELETE', 'faults'),
    switches: (switches: object) => control('PUT', 'switches', switches),
    /** The clouds' wire, for strangers with clients of their own. */
    wire: twins.request,
    /** A client of a stranger, who is as real to the cloud as we are. */
    stranger: () =>
      globalAcceleratorClient({ credentials: CREDENTIALS, requestHandler: handlerFor(twins.request) }),
  };
  return world;
}

const LOGIC: Record<AnyFunctionName, (ports: EveryPort, event: Event) => Promise<unknown>> = {
  begin: beginFor,
  listener: walkStep,
  'endpoint-group': walkStep,
  accelerator: walkStep,
  'target-group': walkStep,
  targets: walkStep,
  'stickiness-policy': walkStep,
  'policy-attachment': walkStep,
  'alicloud-listener': walkStep,
  'additional-certificate': walkStep,
  'alicloud-endpoint-group': walkStep,
  'forwarding-rule': walkStep,
  evaluate,
  finish,
  'record-failure': recordFailure,
  stop: recordFailure,
  judge,
  complete,
  conclude,
};

function nameOf(key: unknown): string {
  if (Array.isArray(key)) return key.map(nameOf).join(', ');
  return typeof key === 'object' && key !== null && 'sk' in key && 'pk' in key
    ? `${key.pk} ${key.sk}`
    : String(key);
}

function isPending(answer: unknown): answer is { askAgainAt: string } {
  return typeof answer === 'object' && answer !== null && 'askAgainAt' in answer;
}

/** What Step Functions sees of a Lambda that died. */
function died(): Error {
  return lambdaError('Unknown', 'the Lambda died');
}

function lambdaError(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: `Lambda.${code}` });
}

function arnOf(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}

/** The machine waits longer from failure to failure: no jitter, so that equal runs are equal. */
function backOffMs(before: number): number {
  return 1000 * Math.min(30, 5 * 2 ** Math.max(0, before - 2));
}

/** That a Lambda died is what the test is about. */
function tell(message: string, fields: Record<string, unknown> = {}): void {
  const { cause } = fields;
  if (!(cause instanceof Error) || cause.name !== 'Lambda.Unknown') console.error(message, fields);
}

async function turns(life: Life | undefined): Promise<void> {
  for (let left = life?.turnsBefore?.() ?? 0; left > 0; left--) await nextTurn();
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** Numbers from 0 to 3, the same for the same seed. */
function randomTurns(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 30;
  };
}

function isEntry(value: unknown): value is { id: string; step: string } {
  return typeof value === 'object' && value !== null && 'token' in value && 'id' in value;
}

/** Where one call waits. */
function gateOf() {
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let until = Number.POSITIVE_INFINITY;
  return {
    held: held.promise,
    release: () => released.resolve(),
    clockIs: (now: number) => {
      if (now >= until) released.resolve();
    },
    pass: (now: number, { releaseAfter }: Hold) => {
      if (releaseAfter !== undefined) until = now + releaseAfter * 1000;
      held.resolve();
      return released.promise;
    },
  };
}
