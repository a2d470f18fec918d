// The scheduled rules of the default bus: each sends an event to its targets at every tick, except to a function that
// is still busy with the tick before.
import type { AsyncInvokes } from '../lambda/async-invokes.ts';
import { type Buses, DEFAULT_BUS } from './buses.ts';
import { ruleArn } from './context.ts';
import { eventOf, type Place } from './events.ts';
import type { Router } from './router.ts';
import { createScheduler, type Scheduler } from './schedule.ts';
import { targetOf } from './targets.ts';

export interface ScheduledRulesOptions {
  place: Place;
  timeScale: number;
  now(): number;
  buses: Buses;
  invokes: AsyncInvokes;
  router: Router;
}

export class ScheduledRules {
  readonly #options: ScheduledRulesOptions;
  readonly #scheduler: Scheduler;

  constructor(options: ScheduledRulesOptions) {
    this.#options = options;
    this.#scheduler = createScheduler(options.timeScale, ruleName => this.#tick(ruleName));
  }

  /** Reads the rules again and follows them from now on. */
  update(): void {
    const rules = this.#options.buses.rules(DEFAULT_BUS).filter(({ State }) => State === 'ENABLED');
    this.#scheduler.set(
      rules.flatMap(({ Name: id, ScheduleExpression: expression }) =>
        expression === undefined ? [] : [{ id, expression }],
      ),
    );
  }

  stop(): void {
    this.#scheduler.stop();
  }

  #tick(ruleName: string): void {
    const { place, now, buses, invokes, router } = this.#options;
    const rule = buses.rule(DEFAULT_BUS, ruleName);
    if (!rule) return;
    const resources = [ruleArn(place, DEFAULT_BUS, ruleName)];
    const sent = { source: 'aws.events', detailType: 'Scheduled Event', resources, detail: {} };
    const event = eventOf(sent, place, now());
    for (const target of rule.Targets) {
      const to = targetOf(target.Arn);
      if (to?.kind !== 'function' || !invokes.isBusy(to.name)) router.deliver(rule, target, event);
    }
  }
}
