// Routes an event from a bus to the targets of every rule that matches it. An event without a usable target goes to the
// target's dead-letter queue, or is reported: none is lost silently.
import { randomUUID } from 'node:crypto';
import type { RowLog } from '@gatehouse/twins/files/row-log';
import type { AsyncInvokes } from '../lambda/async-invokes.ts';
import type { Queues } from '../sqs/queues.ts';
import type { Buses, Rule, Target } from './buses.ts';
import { ruleArn } from './context.ts';
import type { BusEvent, Place } from './events.ts';
import { type Matcher, readPattern } from './pattern.ts';
import type { EventRow } from './rows.ts';
import { targetOf } from './targets.ts';

/** The limit of forwards from bus to bus. More mean a cycle. */
const MAX_HOPS = 5;

export interface RouterOptions {
  place: Place;
  buses: Buses;
  queues: Queues;
  /** Gets a row for every accepted event. */
  log: RowLog<EventRow>;
  invokes: AsyncInvokes;
  /** Reports an event that was dropped. */
  complain(message: string, details: object): void;
}

export class Router {
  readonly #options: RouterOptions;
  readonly #matchers = new Map<string, Matcher>();

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  /** Accepts an event. An event for a bus that does not exist is dropped, as on AWS. */
  accept(busName: string, event: BusEvent, hops = 0): void {
    const { buses, log } = this.#options;
    if (!buses.bus(busName)) return;
    const rules = buses.rules(busName).filter(rule => rule.State === 'ENABLED' && this.#matches(rule, event));
    log.append({ n: log.next(), bus: busName, rules: rules.map(rule => rule.Name), event });
    for (const rule of rules) for (const target of rule.Targets) this.deliver(rule, target, event, hops);
  }

  deliver(rule: Rule, target: Target, event: BusEvent, hops = 0): void {
    const { queues, invokes } = this.#options;
    const payload: unknown = target.Input === undefined ? event : JSON.parse(target.Input);
    const to = targetOf(target.Arn);
    if (to?.kind === 'queue') queues.send(to.name, { body: payload });
    else if (to?.kind === 'bus' && hops < MAX_HOPS)
      this.accept(to.name, { ...event, id: randomUUID() }, hops + 1);
    else if (to?.kind !== 'function' || !invokes.accept(to.name, payload))
      this.#deadLetter(rule, target, event);
  }

  #matches({ EventPattern: pattern }: Rule, event: BusEvent): boolean {
    if (pattern === undefined) return false;
    const matcher = this.#matchers.get(pattern) ?? readPattern(pattern);
    this.#matchers.set(pattern, matcher);
    return matcher(event);
  }

  /** The target does not exist, and no retry changes that. */
  #deadLetter(rule: Rule, target: Target, event: BusEvent): void {
    const { place, queues, complain } = this.#options;
    const attributes = {
      RULE_ARN: ruleArn(place, rule.EventBusName, rule.Name),
      TARGET_ARN: target.Arn,
      ERROR_CODE: 'NO_RESOURCE',
      ERROR_MESSAGE: `there is no ${target.Arn} here, or the rules form a cycle`,
    };
    const queue = targetOf(target.DeadLetterConfig?.Arn ?? '');
    if (queue) queues.send(queue.name, { body: event, attributes });
    else complain('an event was dropped because its target has no dead-letter queue', { attributes, event });
  }
}
