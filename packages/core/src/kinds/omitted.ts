// Members that an earlier spec had and that the present one omits. An update that omits a member may keep its old value, so the
// plan sets the default instead.

import type { Members } from '../json/plain-members.ts';
import { type MemberTable, withoutDefault } from '../request/member-table.ts';

/** The defaults of members that the spec omits. */
export function omittedDefaults(defaults: Members, desired: Members): Members {
  return Object.fromEntries(Object.entries(defaults).filter(([member]) => !(member in desired)));
}

/** The defaults of members that the earlier spec had and that the present one omits. */
export function defaultsOfOmitted(defaults: Members, desired: Members, before: Members): Members {
  const omitted = Object.entries(omittedDefaults(defaults, desired));
  return Object.fromEntries(omitted.filter(([member]) => member in before));
}

/** Members that an update would keep, because the API documents no default. */
export function retainedOf(table: MemberTable, desired: Members, before: Members): string[] {
  return withoutDefault(table, desired).filter(member => member in before && desired[member] === undefined);
}
