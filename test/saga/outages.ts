// Outages: functions crash at every call for a while, as after a bad deployment, and then work again.
import type { AnyFunctionName } from '@gatehouse/core/machine/machine';
import type { Crash } from '@gatehouse/local/lambda/crash';
import type { Invocation, LambdaFaults } from '../world/lambda-faults.ts';

export const MINUTES = 60_000;
export const HOURS = 60 * MINUTES;

export interface Outage {
  /** The first crash. */
  from: (invocation: Invocation) => boolean;
  lastsMs: number;
  crash?: Crash;
  /** By default all functions. */
  only?: (name: AnyFunctionName) => boolean;
}

/** From the first crash on, every call of the functions crashes until the outage is over. */
export function outage({
  from,
  lastsMs,
  crash = 'importError',
  only = () => true,
}: Outage): Pick<LambdaFaults, 'crash'> & { crashes(): number } {
  let since: number | undefined;
  let crashes = 0;
  return {
    crash(invocation) {
      if (!only(invocation.name)) return undefined;
      if (since === undefined && from(invocation)) since = invocation.at;
      if (since === undefined || invocation.at >= since + lastsMs) return undefined;
      crashes++;
      return { crash, when: 'before' };
    },
    crashes: () => crashes,
  };
}
