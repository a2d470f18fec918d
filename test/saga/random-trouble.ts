// The faults of one operation's calls, and the open questions of the clouds, drawn by a seed.
import type { Fault } from '../world/world.ts';
import { FACTS } from './facts-of-clouds.ts';
import { errorsOf, oneOf } from './sweep.ts';

export type Random = () => number;

/** From 0 to one less than `below`. */
export function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** `denials`: how often a refusal comes, if it is one. */
export function randomFault(
  random: Random,
  of: Pick<Fault, 'service' | 'operation' | 'after'>,
  { times, denials }: { times: number; denials: number },
): Fault {
  const { denied, throttled, broken } = errorsOf(of.service);
  return oneOf<Fault>(random, [
    { ...of, fault: 'error', times: denials, error: denied },
    { ...of, fault: 'error', times, error: oneOf(random, throttled) },
    { ...of, fault: 'error', times, error: broken },
    { ...of, fault: 'lostAnswer', times },
    { ...of, fault: 'dropRequest', times },
    { ...of, fault: 'lateCreate', times: 1, delayMs: 1000 * (1 + whole(random, 55)) },
    { ...of, fault: 'delay', times, delayMs: 1000 * whole(random, 8) },
    { ...of, fault: 'failed', times },
    { ...of, fault: 'stuck', times: 1 },
    { ...of, fault: 'forgetTokens', times },
  ]);
}

/** Each of them with a chance of its own. */
export function randomSwitches(
  random: Random,
  except: readonly string[] = [],
): Record<string, Record<string, string | number>> {
  const of = (facts: Record<string, (string | number)[]>) =>
    Object.entries(facts).flatMap(([name, values]) =>
      random() < 0.15 && !except.includes(name) ? [[name, oneOf(random, values)] as const] : [],
    );
  return Object.fromEntries(
    Object.entries(FACTS).map(([service, facts]) => [service, Object.fromEntries(of(facts))]),
  );
}
