// A local host of the AWS Step Functions API: StartExecution's rules, execution of the same definitions in an
// interpreter, history, and status events. It gives callers the guarantees of AWS, and does not depend on the purpose
// of the machines. Crash-only: the executions of a host that ends are later found as lost.
import { join } from 'node:path';
import type { WireService } from '@gatehouse/twins/http/wire';
import { type AwsJson, answerAwsJson } from '../http/aws-json.ts';
import type { AslObject } from './definition.ts';
import type { ExecutionStatusEvent } from './execution.ts';
import { Executions, type ExecutionsOptions } from './executions.ts';
import { diskJournal, memoryJournal } from './journal.ts';
import { createMachine } from './machine.ts';
import { operationsOf } from './operations.ts';
import { type Quotas, withQuotas } from './quotas.ts';

export type { AslObject, ExecutionStatusEvent };

export interface StepFunctionsOptions {
  /** Executions in it survive a restart; without it they are kept in memory. */
  dataDir?: string;
  region: string;
  account: string;
  /** Divides retry intervals; task timeouts never scale. */
  timeScale: number;
  /** Epoch milliseconds. */
  now(): number;
  /** Calls a Task's function; a rejection's `name` is what ErrorEquals matches. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Called in a microtask, in order; for executions found lost, right after the construction. */
  onStatusChange?(event: ExecutionStatusEvent): void;
  machines: { name: string; definition: AslObject }[];
  /** Unlimited by default. */
  quotas?: Quotas;
}

export interface StepFunctions {
  request: WireService;
  /** As UpdateStateMachine does: running executions keep the definition with which they began. */
  update(name: string, definition: AslObject): void;
  /** Resolves when no execution is running. */
  idle(): Promise<void>;
  /** Nothing starts any more and every request is dropped; running executions stay RUNNING on disk. */
  stop(): Promise<void>;
}

const PROTOCOL: AwsJson = { service: 'states', target: 'AWSStepFunctions', version: '1.0' };

export function createStepFunctions(options: StepFunctionsOptions): StepFunctions {
  assertOptions(options);
  const machines = options.machines.map(machine => createMachine(machine, options));
  const executions = new Executions(executionsOptions(options));
  const performed = withQuotas(operationsOf({ machines, executions }), options.quotas ?? {}, options.now);
  return {
    request: async request => (executions.stopped ? 'dropped' : answerAwsJson(PROTOCOL, request, performed)),
    update(name, definition) {
      const at = machines.findIndex(machine => machine.name === name);
      machines[at] = createMachine({ name, definition }, options);
    },
    idle: () => executions.idle(),
    stop: async () => executions.stop(),
  };
}

function executionsOptions(options: StepFunctionsOptions): ExecutionsOptions {
  const { dataDir, invoke, now, onStatusChange } = options;
  return {
    journal: dataDir === undefined ? memoryJournal() : diskJournal(join(dataDir, 'executions')),
    invoke,
    now,
    ...(onStatusChange ? { onStatusChange } : {}),
  };
}

function assertOptions({ account, timeScale, machines }: StepFunctionsOptions): void {
  if (!/^\d{12}$/.test(account)) throw new Error(`account must be 12 digits, got "${account}"`);
  if (!(timeScale > 0)) throw new Error(`timeScale must be above 0, got ${timeScale}`);
  if (new Set(machines.map(machine => machine.name)).size < machines.length)
    throw new Error('Two state machines have the same name');
}
