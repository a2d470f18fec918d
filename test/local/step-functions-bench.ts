// A Step Functions host for tests: the real SDK client directly in front of it, a clock that does not move, functions
// given by name, and a record of every status event.
import { after } from 'node:test';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import type { WireService } from '@gatehouse/twins/http/wire';
import {
  type AslObject,
  createStepFunctions,
  type ExecutionStatusEvent,
  type StepFunctions,
} from '../../packages/local/src/step-functions/host.ts';

export const region = 'us-east-1';
export const account = '000000000000';
export const startOfTest = Date.parse('2026-01-01T00:00:00.250Z');

export function functionArn(name: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

export function machineArn(name: string): string {
  return `arn:aws:states:${region}:${account}:stateMachine:${name}`;
}

export function executionArn(machine: string, name: string): string {
  return `arn:aws:states:${region}:${account}:execution:${machine}:${name}`;
}

// A Task that waits for its function keeps a timer.
const hosts: StepFunctions[] = [];
after(() => Promise.all(hosts.map(host => host.stop())));

export interface BenchOptions {
  definitions: Record<string, AslObject>;
  functions?: Record<string, (event: never) => unknown>;
  timeScale?: number;
  dataDir?: string;
}

export function bench({ definitions, functions = {}, timeScale = 1e6, dataDir }: BenchOptions) {
  const clock = { now: startOfTest };
  const events: ExecutionStatusEvent[] = [];
  const calls: { name: string; event: unknown }[] = [];
  const host = createStepFunctions({
    region,
    account,
    timeScale,
    now: () => clock.now,
    async invoke(name, event) {
      calls.push({ name, event });
      const called: ((event: never) => unknown) | undefined = functions[name];
      if (!called) throw new Error(`no function ${name}`);
      return Reflect.apply(called, undefined, [event]);
    },
    onStatusChange: event => void events.push(event),
    machines: Object.entries(definitions).map(([name, definition]) => ({ name, definition })),
    ...(dataDir === undefined ? {} : { dataDir }),
  });
  hosts.push(host);
  return { host, clock, events, calls, client: clientOf(host.request) };
}

export function clientOf(service: WireService): SFNClient {
  return new SFNClient({
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: handlerFor(service),
  });
}

/** A promise that the test settles. */
export function gate<T>() {
  return Promise.withResolvers<T>();
}

export function named(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

export function types(events: HistoryEvent[] | undefined): string[] {
  return (events ?? []).map(event => String(event.type));
}

/** What AWS bills: every state entered, and every retry. */
export function transitions(events: HistoryEvent[] | undefined): number {
  const count = (pattern: RegExp) => types(events).filter(type => pattern.test(type)).length;
  const begun = count(/^(LambdaFunctionScheduled|(Map|Parallel)StateStarted)$/);
  return count(/StateEntered$/) + begun - count(/^(Task|Map|Parallel)StateEntered$/);
}

/** Starts one execution and gives back, once the host is idle, what became of it. */
export async function runOnce(
  machine: AslObject,
  functions: BenchOptions['functions'] = {},
  input: unknown = {},
) {
  const made = bench({ definitions: { m: machine }, functions });
  const arn = { executionArn: executionArn('m', 'run') };
  const stateMachineArn = machineArn('m');
  await made.client.send(
    new StartExecutionCommand({ stateMachineArn, name: 'run', input: JSON.stringify(input) }),
  );
  await made.host.idle();
  const described = await made.client.send(new DescribeExecutionCommand(arn));
  const history = await made.client.send(new GetExecutionHistoryCommand({ ...arn, maxResults: 1000 }));
  const output: unknown = described.output === undefined ? undefined : JSON.parse(described.output);
  return { ...made, described, output, history: history.events ?? [] };
}
