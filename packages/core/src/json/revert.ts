// A three-way revert, member by member: a member that still has the value that we set gets its former value back; a member that
// others have changed since stays as it is.
import { isDeepStrictEqual } from 'node:util';
import type { Members } from './plain-members.ts';
import { isObject } from './plain-value.ts';

/**
 * `set`: the value after our change; `before`: the value before it; `now`: the present value. Each is plain JSON. Objects are
 * reverted member by member, so that a list whose items have keys, represented as an object, is reverted item by item. Unchanged
 * members keep their values; a member that was absent before is absent again.
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
