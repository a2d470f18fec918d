// A local host of the EventBridge API: buses, rules with patterns and schedules, targets. It promises what EventBridge
// promises: an event that was accepted reaches every matching target at least once, over a restart too. It must not know
// what the events are about.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openRowLog } from '@gatehouse/twins/files/row-log';
import type { WireService } from '@gatehouse/twins/http/wire';
import { type AwsJson, answerAwsJson } from '../http/aws-json.ts';
import { type AsyncSettings, createAsyncInvokes } from '../lambda/async-invokes.ts';
import { type Buses, DEFAULT_BUS, openBuses, type Rule, type Target } from './buses.ts';
import { controlOf } from './control.ts';
import { ruleArn } from './desk.ts';
import { type BusEvent, eventOf, type Place, putEvents, type SentEvent } from './events.ts';
import { operationsOf } from './operations.ts';
import { type Matcher, readPattern } from './pattern.ts';
import { openQueues } from './queues.ts';
import type { EventRow } from './rows.ts';
import { createScheduler } from './schedule.ts';
import { targetOf } from './targets.ts';

export interface EventBusOptions extends Place {
  /** Rules, events, messages and what is still to be delivered survive a restart in it; in memory without it. */
  dataDir?: string;
  timeScale: number;
  /** Epoch milliseconds. */
  now(): number;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** SentEvent of what failed or was dropped. */
  complain(message: string, details: object): void;
  /** The functions that can be targets, and what happens when one fails. */
  functions: Record<string, AsyncSettings>;
  /** Put there at every start. A bus that a rule is on is made where it is missing. */
  rules: Rule[];
}

export interface EventBus {
  request: WireService;
  services: ['events'];
  /** `/_bus`: what came and where it went, for people and tests. */
  control: WireService;
  /** What a service of AWS tells; it goes to the default bus. */
  emit(event: SentEvent): void;
  /** Begins to deliver, and the schedules. */
  start(): void;
  /** Resolves when every delivery has ended. */
  idle(): Promise<void>;
  /** Every request is dropped; what is undelivered is left to the next start. */
  stop(): void;
}

const PROTOCOL: AwsJson = { service: 'events', target: 'AWSEvents', version: '1.1' };

/** From bus to bus; more is a circle. */
const MOST_HOPS = 5;

export function createEventBus(options: EventBusOptions): EventBus {
  const { region, account, now, timeScale } = options;
  const place = { region, account };
  const folder = options.dataDir && join(options.dataDir, 'event-bus');
  const inFolder = (name: string) => folder && join(folder, name);
  const buses = openBuses(inFolder('rules.json'), now);
  const queues = openQueues(inFolder('queues'), now);
  const log = openRowLog<EventRow>(inFolder('events.jsonl'));
  const matchers = new Map<string, Matcher>();
  let stopped = false;

  const invokes = createAsyncInvokes({
    ...(folder ? { dataDir: folder } : {}),
    timeScale,
    now,
    functionArn: name => `arn:aws:lambda:${region}:${account}:function:${name}`,
    invoke: options.invoke,
    functions: options.functions,
    complain: options.complain,
    send: (queue, body) => queues.send(queue, { body }),
  });
  const scheduler = createScheduler(timeScale, tick);
  const changed = () => scheduler.set(scheduledRules(buses));

  function take(busName: string, event: BusEvent, hops = 0): void {
    // An event to a bus that is not there is accepted and goes nowhere, as on AWS.
    if (!buses.bus(busName)) return;
    const rules = buses.rules(busName).filter(rule => rule.State === 'ENABLED' && matches(rule, event));
    log.append({ n: log.next(), bus: busName, rules: rules.map(rule => rule.Name), event });
    for (const rule of rules) for (const target of rule.Targets) deliver(rule, target, event, hops);
  }

  function matches({ EventPattern: pattern }: Rule, event: BusEvent): boolean {
    if (pattern === undefined) return false;
    const matcher = matchers.get(pattern) ?? readPattern(pattern);
    matchers.set(pattern, matcher);
    return matcher(event);
  }

  function deliver(rule: Rule, target: Target, event: BusEvent, hops = 0): void {
    const payload: unknown = target.Input === undefined ? event : JSON.parse(target.Input);
    const to = targetOf(target.Arn);
    if (to?.kind === 'queue') queues.send(to.name, { body: payload });
    else if (to?.kind === 'bus' && hops < MOST_HOPS) take(to.name, { ...event, id: randomUUID() }, hops + 1);
    else if (to?.kind !== 'function' || !invokes.accept(to.name, payload)) undeliverable(rule, target, event);
  }

  /** What a target that is not there makes of an event; no retry brings it about. */
  function undeliverable(rule: Rule, target: Target, event: BusEvent): void {
    const attributes = {
      RULE_ARN: ruleArn(place, rule.EventBusName, rule.Name),
      TARGET_ARN: target.Arn,
      ERROR_CODE: 'NO_RESOURCE',
      ERROR_MESSAGE: `there is no ${target.Arn} here, or events go round in a circle`,
    };
    const queue = targetOf(target.DeadLetterConfig?.Arn ?? '');
    if (queue) queues.send(queue.name, { body: event, attributes });
    else
      options.complain('an event was dropped, as its target has no dead-letter queue', { attributes, event });
  }

  function tick(ruleName: string): void {
    const rule = buses.rule(DEFAULT_BUS, ruleName);
    if (!rule || stopped) return;
    const resources = [ruleArn(place, DEFAULT_BUS, ruleName)];
    const told = { source: 'aws.events', detailType: 'Scheduled Event', resources, detail: {} };
    const event = eventOf(told, place, now());
    for (const target of rule.Targets) {
      const to = targetOf(target.Arn);
      if (to?.kind !== 'function' || !invokes.isBusy(to.name)) deliver(rule, target, event);
    }
  }

  for (const rule of options.rules) {
    const { EventBusName: Name } = rule;
    if (!buses.bus(Name)) buses.putBus({ Name, CreationTime: now() / 1000 });
    buses.putRule(rule);
  }
  const operations = operationsOf({ buses, place, now, changed });
  operations.set('PutEvents', body => putEvents({ place, now, take }, body));

  return {
    request: async request => (stopped ? 'dropped' : answerAwsJson(PROTOCOL, request, operations)),
    services: ['events'],
    control: controlOf({ rows: log.rows, queues }),
    emit(event) {
      if (!stopped) take(DEFAULT_BUS, eventOf(event, place, now()));
    },
    start() {
      invokes.start();
      changed();
    },
    idle: invokes.idle,
    stop() {
      stopped = true;
      scheduler.stop();
      invokes.stop();
    },
  };
}

function scheduledRules(buses: Buses): { id: string; expression: string }[] {
  return buses
    .rules(DEFAULT_BUS)
    .flatMap(({ State, Name, ScheduleExpression: expression }) =>
      State === 'ENABLED' && expression !== undefined ? [{ id: Name, expression }] : [],
    );
}
