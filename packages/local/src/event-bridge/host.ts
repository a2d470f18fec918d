// A local host of the EventBridge API: buses, rules with patterns and schedules, targets. Like EventBridge, it delivers
// every accepted event to every matching target at least once, also after a restart. It does not depend on the content
// of events.
import { join } from 'node:path';
import { openRowLog } from '@gatehouse/twins/files/row-log';
import type { WireService } from '@gatehouse/twins/http/wire';
import { type AwsJson, answerAwsJson } from '../http/aws-json.ts';
import { AsyncInvokes, type AsyncSettings } from '../lambda/async-invokes.ts';
import { createInvokeApi } from '../lambda/invoke-api.ts';
import { createSqs } from '../sqs/host.ts';
import { openQueues } from '../sqs/queues.ts';
import { type Buses, DEFAULT_BUS, openBuses, type Rule } from './buses.ts';
import { controlOf } from './control.ts';
import { eventOf, type Place, putEvents, type SentEvent } from './events.ts';
import { operationsOf } from './operations.ts';
import { Router } from './router.ts';
import type { EventRow } from './rows.ts';
import { ScheduledRules } from './scheduled-rules.ts';

export interface EventBusOptions extends Place {
  /** Rules, events, messages and undelivered events in it survive a restart; without it they are kept in memory. */
  dataDir?: string;
  timeScale: number;
  /** Epoch milliseconds. */
  now(): number;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Reports a function that failed or an event that was dropped. */
  complain(message: string, details: object): void;
  /** The functions that can be targets, with their settings for failures. */
  functions: Record<string, AsyncSettings>;
  /** Created at every start. A missing bus of one of them is created too. */
  rules: Rule[];
}

export interface EventBus {
  request: WireService;
  /** `/_bus`: the events and their deliveries, for people and tests. */
  control: WireService;
  /** The SQS API on the queues of its targets. */
  sqs: WireService;
  /** Lambda's asynchronous Invoke on the functions that are its targets. */
  invoke: WireService;
  /** Sends an event of an AWS service to the default bus. */
  emit(event: SentEvent): void;
  /** Starts the delivery and the schedules. */
  start(): void;
  /** Resolves when all deliveries have ended. */
  idle(): Promise<void>;
  /** Drops every request. The next start delivers the remaining events. */
  stop(): void;
}

const PROTOCOL: AwsJson = { service: 'events', target: 'AWSEvents', version: '1.1' };

export function createEventBus(options: EventBusOptions): EventBus {
  const { region, account, now, timeScale, complain } = options;
  const place = { region, account };
  const folder = options.dataDir && join(options.dataDir, 'event-bus');
  const inFolder = (name: string) => folder && join(folder, name);
  const buses = openBuses(inFolder('rules.json'), now);
  const queues = openQueues(inFolder('queues'), now);
  const log = openRowLog<EventRow>(inFolder('events.jsonl'));
  const invokes = new AsyncInvokes({
    ...(folder ? { dataDir: folder } : {}),
    timeScale,
    now,
    functionArn: name => `arn:aws:lambda:${region}:${account}:function:${name}`,
    invoke: options.invoke,
    functions: options.functions,
    complain,
    send: (queue, body) => queues.send(queue, { body }),
  });
  const router = new Router({ place, buses, queues, log, invokes, complain });
  const schedules = new ScheduledRules({ place, timeScale, now, buses, invokes, router });
  const operations = operationsOf({ buses, place, now, changed: () => schedules.update() });
  operations.set('PutEvents', body =>
    putEvents({ place, now, accept: (bus, event) => router.accept(bus, event) }, body),
  );
  putRules(buses, options);
  let stopped = false;

  const sqs = createSqs({ queues, account, now });
  const invoke = createInvokeApi((name, event) => invokes.accept(name, event));
  return {
    sqs: async request => (stopped ? 'dropped' : sqs(request)),
    invoke: async request => (stopped ? 'dropped' : invoke(request)),
    request: async request => (stopped ? 'dropped' : answerAwsJson(PROTOCOL, request, operations)),
    control: controlOf({ rows: log.rows, queues }),
    emit(event) {
      if (!stopped) router.accept(DEFAULT_BUS, eventOf(event, place, now()));
    },
    start() {
      invokes.start();
      schedules.update();
    },
    idle: () => invokes.idle(),
    stop() {
      stopped = true;
      schedules.stop();
      invokes.stop();
    },
  };
}

function putRules(buses: Buses, { rules, now }: EventBusOptions): void {
  for (const rule of rules) {
    const { EventBusName: Name } = rule;
    if (!buses.bus(Name)) buses.putBus({ Name, CreationTime: now() / 1000 });
    buses.putRule(rule);
  }
}
