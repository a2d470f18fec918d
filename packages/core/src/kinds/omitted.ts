// Members that a spec named before and omits now. An update that omits a member may keep its old value: so the plan names the
// default instead.

import type { Members } from '../json/plain-members.ts';
import { type MemberTable, withoutDefault } from '../request/member-table.ts';

/** Of the defaults, those of members that were named before and are omitted now. */
export function defaultsOfOmitted(defaults: Members, desired: Members, before: Members): Members {
  return Object.fromEntries(
    Object.entries(defaults).filter(([member]) => member in before && !(member in desired)),
  );
}

/** Members that an update would keep, as the API documents no default to set. */
export function retainedOf(table: MemberTable, desired: Members, before: Members): string[] {
  return withoutDefault(table, desired).filter(member => member in before && desired[member] === undefined);
}
