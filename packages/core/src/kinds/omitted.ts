// Members that an earlier spec had and that the present one omits. An update that omits a member may keep its old value, so the
// plan sets the default instead.

import type { Members } from '../json/plain-members.ts';
import { type MemberTable, withoutDefault } from '../request/member-table.ts';

/** The defaults of members that the earlier spec had and that the present one omits. */
export function defaultsOfOmitted(defaults: Members, desired: Members, before: Members): Members {
  return Object.fromEntries(
    Object.entries(defaults).filter(([member]) => member in before && !(member in desired)),
  );
}

/** Members that an update would keep, because the API documents no default. */
export function retainedOf(table: MemberTable, desired: Members, before: Members): string[] {
  return withoutDefault(table, desired).filter(member => member in before && desired[member] === undefined);
}
