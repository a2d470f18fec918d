// Our items in a list that also holds foreign ones, identified by key: their drift, and their state before an update of ours.
// Pure. Foreign items are never drift and are never reverted.
import { type Members, membersOf } from '../json/plain-members.ts';
import { revert } from '../json/revert.ts';
import { differing } from './compared-members.ts';
import type { MemberTable } from './member-table.ts';

/** By key; `dropped`: keys of our items that are no longer in the spec. */
export interface WantedItems {
  wanted: Members;
  dropped: readonly string[] | undefined;
}

/** Keys of items that are missing, that differ, and that still exist although they were dropped. */
export function itemDrift(table: MemberTable, { wanted, dropped = [] }: WantedItems, existing: Members) {
  const keys = Object.keys(wanted);
  return {
    absent: keys.filter(key => !(key in existing)),
    changed: keys.filter(
      key => key in existing && differing(table, membersOf(wanted[key]), membersOf(existing[key])).length > 0,
    ),
    dropped: dropped.filter(key => key in existing && !(key in wanted)),
  };
}

/**
 * Reverts an update: added items are removed, changed items get their old values, also for members that the update omitted.
 * An absent item is added again: it may have been removed to be added with other members, which cannot be distinguished
 * from a removal by others.
 */
export function revertedItems(
  { wanted, dropped = [] }: WantedItems,
  before: Members,
  existing: Members,
): { items: [key: string, item: Members][]; dropped: string[] } {
  const ours = [...new Set([...Object.keys(wanted), ...dropped])].filter(key => key in before);
  return {
    items: ours.map(key => {
      const was = membersOf(before[key]);
      const now = membersOf(existing[key] ?? was);
      return [key, revert({ ...now, ...membersOf(wanted[key]) }, was, now)];
    }),
    dropped: Object.keys(wanted).filter(key => !(key in before)),
  };
}
