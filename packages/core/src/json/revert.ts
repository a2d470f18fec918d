// Taking a change of ours back, member by member: a member that still holds what we set gets back what it held before; one
// that somebody has changed since stays as it is now.
import { isDeepStrictEqual } from 'node:util';
import type { Members } from './plain-members.ts';
import { isObject } from './plain-value.ts';

/**
 * `set`: what our change made of it; `before`: what it held; `now`: what it holds. Each is plain JSON. Objects are taken
 * apart, so that a list whose items have keys, said as an object, is put back item by item. Members that neither of them
 * changed keep what they hold; one that was absent before is absent again.
 */
export function revert(set: Members, before: Members, now: Members): Members {
  const members = new Set([...Object.keys(now), ...Object.keys(before)]);
  return Object.fromEntries(
    [...members].flatMap(member => {
      const value = oneBack(set[member], before[member], now[member]);
      return value === undefined ? [] : [[member, value]];
    }),
  );
}

function oneBack(set: unknown, before: unknown, now: unknown): unknown {
  if (isObject(set) && isObject(before) && isObject(now)) return revert(set, before, now);
  return isDeepStrictEqual(now, set) ? before : now;
}
