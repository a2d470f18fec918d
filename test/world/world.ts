// All of Gatehouse in memory and on virtual time: the real state machine in its interpreter, the real logic of the Lambda
// handlers, the real SDK clients, the simulated clouds on their wire protocol. It needs no sockets and never waits, so a
// sweep can run thousands of jobs. `createWorld` connects the parts; each part is a file of this folder:
//
//   jobs -> state-machine -> lambdas -> lambda-ports -> writes -> memory-store
//                               |            |-> cloud-wire -> clouds
//                          lambda-life       '-> event-bus
import type { SFNClient } from '@aws-sdk/client-sfn';
import { machine } from '@gatehouse/core/machine/machine';
import type { EveryPort } from '@gatehouse/core/plan/cloud-ports';
import { currentStore } from '@gatehouse/core/record/current-store';
import { splitStore } from '@gatehouse/core/record/split-store';
import { recoverAll } from '@gatehouse/core/saga/recover-all';
import type { BusEvent } from '@gatehouse/local/event-bridge/events';
import { VirtualClock } from './clock.ts';
import { CloudWire } from './cloud-wire.ts';
import { type Clouds, openClouds } from './clouds.ts';
import { openEventBus } from './event-bus.ts';
import { HeldCall } from './held-call.ts';
import { type Jobs, jobsOf } from './jobs.ts';
import type { LambdaFaults } from './lambda-faults.ts';
import { LambdaLife } from './lambda-life.ts';
import { lambdaPorts, SETTINGS } from './lambda-ports.ts';
import { Lambdas } from './lambdas.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';
import { neverWait } from './no-waiting.ts';
import { type Definition, openStateMachine, type StateMachine } from './state-machine.ts';
import { Writes } from './writes.ts';

export type { Call, Fault } from './clouds.ts';
export type { Hold, LambdaFaults, SeenCall } from './lambda-faults.ts';

neverWait();

/** The actions of a test in a world, and its view of the world's state. */
export interface World extends Jobs, Clouds {
  /** The table itself: it neither dies nor counts. */
  store: MemoryStore;
  /** The ports of one more Lambda, for logic that a test calls itself. */
  ports(): EveryPort;
  /** Of all Lambdas. A change applies to the next invocation, as a deployment does. */
  settings: EveryPort['settings'];

  now(): Date;
  /** Advances virtual time. */
  pass(seconds: number): void;
  /** Deploys another definition of the state machine. */
  deploy: StateMachine['deploy'];
  /** Resolves when no execution of the state machine runs. */
  idle(): Promise<void>;
  /** A client of Step Functions. */
  sfn: SFNClient;

  /** How many writes the Lambdas have tried, sends to the event bus included. */
  writes(): number;
  /** How many writes the table has accepted; the others lost a race. */
  written(): number;
  /** Every cloud id that the ledger has ever contained, with its step. */
  everyId(): ReadonlyMap<string, string>;
  /** Every event that Gatehouse has sent, oldest first. */
  told(): Promise<BusEvent[]>;

  /** Resolves once the call that `LambdaFaults.hold` names is held. */
  held: Promise<void>;
  /** Releases the held call. */
  release(): void;
  /** The held call's number among `calls`, if it was held before it reached the cloud and has been released. */
  releasedCall(): number | undefined;
}

/**
 * An empty world. Equal arguments make equal runs.
 * @param lambdaFaults the faults of its Lambdas; `World.faults` injects the faults of its clouds
 * @param seed the source of the clouds' ids and settling times
 * @param definition of the state machine; by default the present one
 */
export function createWorld(
  lambdaFaults: LambdaFaults = {},
  seed = 'saga',
  definition: Definition = machine,
): World {
  const clock = new VirtualClock();
  const rows = memoryStore();
  const table: MemoryStore = { ...currentStore(splitStore(rows)), items: rows.items };
  const clouds = openClouds(clock, seed);
  const eventBus = openEventBus(clock);
  const writes = new Writes(lambdaFaults, clock);
  const hold = new HeldCall(clock, lambdaFaults);
  const wire = new CloudWire({ clock, clouds, hold, faults: lambdaFaults });
  const stateMachine: StateMachine = openStateMachine(clock, definition, (name, event) =>
    lambdas.invoke(name, event),
  );
  const { executions } = stateMachine;
  const settings = { ...SETTINGS };
  const portsOf = lambdaPorts({
    clock,
    table,
    writes,
    bus: eventBus.bus,
    executions,
    wire: wire.request,
    settings,
  });
  const ports = () => portsOf(new LambdaLife());
  const recover = () => recoverAll(ports());
  const lambdas = new Lambdas({ clock, faults: lambdaFaults, writes, portsOf, recover });
  return {
    ...clouds,
    ...jobsOf({ clock, machine: stateMachine, table, ports }),
    store: table,
    ports,
    settings,
    now: () => clock.date(),
    pass: seconds => clock.advance(seconds * 1000),
    deploy: stateMachine.deploy,
    idle: () => stateMachine.idle(),
    sfn: stateMachine.client,
    writes: () => writes.tried,
    written: () => writes.taken,
    everyId: () => writes.stepOfCloudId,
    told: () => eventBus.events(),
    held: hold.held,
    release: () => hold.release(),
    releasedCall: () => wire.releasedCall,
  };
}
