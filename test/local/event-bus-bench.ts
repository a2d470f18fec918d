// An EventBridge host for tests: the real SDK client directly in front of it, functions given by name, a clock that
// does not move, time that is a million times as fast.
import { after } from 'node:test';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import type { Rule, Target } from '@gatehouse/local/event-bridge/buses';
import { createEventBus, type EventBus } from '@gatehouse/local/event-bridge/host';
import type { EventRow } from '@gatehouse/local/event-bridge/rows';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import type { AsyncSettings } from '@gatehouse/local/lambda/async-invokes';
import type { Message } from '@gatehouse/local/sqs/queues';
import type { WireService } from '@gatehouse/twins/http/wire';

export const region = 'eu-west-1';
export const account = '123456789012';
export const startOfTest = Date.parse('2026-01-01T00:00:00.250Z');

const hosts: EventBus[] = [];
after(() => {
  for (const host of hosts) host.stop();
});

export interface BenchOptions {
  functions?: Record<string, (event: never) => unknown>;
  settings?: Record<string, AsyncSettings>;
  rules?: Rule[];
  dataDir?: string;
  timeScale?: number;
}

export function bench({
  functions = {},
  settings = {},
  rules = [],
  dataDir,
  timeScale = 1e6,
}: BenchOptions = {}) {
  const clock = { now: startOfTest };
  const calls: { name: string; event: unknown }[] = [];
  const complaints: string[] = [];
  const bus = createEventBus({
    region,
    account,
    timeScale,
    now: () => clock.now,
    rules,
    complain: message => void complaints.push(message),
    functions: { ...Object.fromEntries(Object.keys(functions).map(name => [name, {}])), ...settings },
    async invoke(name, event) {
      calls.push({ name, event });
      const called: ((event: never) => unknown) | undefined = functions[name];
      if (!called) throw new Error(`no function ${name}`);
      return Reflect.apply(called, undefined, [event]);
    },
    ...(dataDir === undefined ? {} : { dataDir }),
  });
  hosts.push(bus);
  const client = clientOf(bus.request);
  const shown = async <T>(path: string): Promise<T> => {
    const answer = await bus.control({ method: 'GET', path: `/_bus/${path}`, headers: {}, body: '' });
    if (answer === 'dropped' || answer.status !== 200) throw new Error(JSON.stringify(answer));
    return JSON.parse(answer.body) as T;
  };
  return {
    bus,
    clock,
    calls,
    complaints,
    client,
    put: (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries })),
    async rule(Name: string, pattern: object, ...Targets: Target[]) {
      await client.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
      await client.send(new PutTargetsCommand({ Rule: Name, Targets }));
    },
    messages: (queue: string) => shown<Message[]>(`queues/${queue}`),
    events: (query = '') => shown<EventRow[]>(`events${query}`),
  };
}

export function clientOf(service: WireService): EventBridgeClient {
  return new EventBridgeClient({
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: handlerFor(service),
  });
}

export function entry(
  detail: object = {},
  changes: Partial<PutEventsRequestEntry> = {},
): PutEventsRequestEntry {
  return {
    Source: 'com.example.shop',
    DetailType: 'Order Placed',
    Detail: JSON.stringify(detail),
    ...changes,
  };
}

export const toFunction = (name: string): Target => ({
  Id: name,
  Arn: `arn:aws:lambda:${region}:${account}:function:${name}`,
});

export const toQueue = (name: string): Target => ({ Id: name, Arn: queueArn(name) });

export const toBus = (name: string): Target => ({
  Id: name.replaceAll('/', '-'),
  Arn: `arn:aws:events:${region}:${account}:event-bus/${name}`,
});

export function queueArn(name: string): string {
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

/** A member somewhere in what came back as JSON. */
export function member(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
}

export const EVERYTHING = { source: [{ prefix: '' }] };
