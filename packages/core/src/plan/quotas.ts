// Warnings about quotas that a request comes close to. Only their defaults are known here: a cloud raises most of them on
// demand, so the result is a warning and never an error.
import type { Collection } from '../kinds/collections.ts';
import { SEPARATE_UPDATE } from '../kinds/decision.ts';

/** The share of a quota that triggers a warning. */
const NEAR = 0.8;

/** A current number above the default: the quota was raised to an unknown value. */
export function isRaised({ quota, now }: Collection): boolean {
  return quota !== undefined && now > quota;
}

/**
 * `peak`: the most items at once while the request is served; `freeable`: how many of them it drops. A quota that was raised
 * causes no warning.
 */
export function warningsOf(
  collection: Collection,
  { peak, freeable }: { peak: number; freeable: number },
): string[] {
  const { of, now, quota, most, isKnown, cloud } = collection;
  const bound = quota ?? (isKnown ? undefined : most);
  if (bound === undefined || peak === 0 || peak < bound * NEAR || now > bound) return [];
  const what = quota === undefined ? 'fixed' : `default ${cloud}`;
  if (peak <= bound || freeable === 0) return [`${peak} ${of}, close to the ${what} quota of ${bound}`];
  const ways = `set options.allowInterruption: true to delete old ones first, or ${SEPARATE_UPDATE}`;
  return [
    `${peak} ${of} while the request is served, above the ${what} quota of ${bound}; unless it was raised, ${ways}`,
  ];
}
