// Scheduled rules: `rate(1 minute)`, from the rule's creation. A tick is skipped while the one before is still being
// processed, because one machine has no capacity for a backlog of ticks.
import { WireError } from '../http/aws-json.ts';

const UNIT_SECONDS: Record<string, number> = { minute: 60, hour: 3600, day: 86_400 };

/** However fast time is scaled, ticks alone must not occupy a core. */
const MIN_MS = 100;
/** The limit of Node's timers, 24.8 days. */
const MAX_MS = 2_147_483_647;

export function rateSeconds(expression: string): number {
  const [, count = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s)?\)$/.exec(expression) ?? [];
  const known = UNIT_SECONDS[unit];
  // EventBridge requires "1 minute" and "2 minutes", and refuses "1 minutes" and "2 minute".
  if (known && Number(count) > 0 && Number(count) > 1 === (plural === 's')) return Number(count) * known;
  if (/^cron\(.+\)$/.test(expression)) {
    throw new WireError('ValidationException', 'This host runs rate(...) schedules only, no cron(...)');
  }
  throw new WireError('ValidationException', 'Parameter ScheduleExpression is not valid.');
}

export interface Scheduler {
  /** Replaces the rules; an unchanged rule keeps its rhythm. */
  set(rules: { id: string; expression: string }[]): void;
  stop(): void;
}

export function createScheduler(timeScale: number, tick: (id: string) => void): Scheduler {
  const timers = new Map<string, NodeJS.Timeout>();
  const keyOf = ({ id, expression }: { id: string; expression: string }) => `${expression} ${id}`;
  const clear = (kept: Set<string>) => {
    for (const [key, timer] of timers) {
      if (kept.has(key)) continue;
      clearInterval(timer);
      timers.delete(key);
    }
  };
  return {
    set(rules) {
      clear(new Set(rules.map(keyOf)));
      for (const rule of rules) {
        const key = keyOf(rule);
        const ms = (rateSeconds(rule.expression) * 1000) / timeScale;
        if (!timers.has(key))
          timers.set(
            key,
            setInterval(() => tick(rule.id), Math.min(Math.max(ms, MIN_MS), MAX_MS)),
          );
      }
    },
    stop: () => clear(new Set()),
  };
}
