// The items of ours in a list that others share, each known by a key: which are otherwise than wanted, and each as it was
// before an update of ours. Pure. Items of others are no drift, and no update is taken back on them.
import { type Members, membersOf } from '../json/plain-members.ts';
import { revert } from '../json/revert.ts';
import { differing } from './compared-members.ts';
import type { MemberTable } from './member-table.ts';

/** By key; `dropped`: keys of items that were ours and are not asked for any more. */
export interface WantedItems {
  wanted: Members;
  dropped: readonly string[] | undefined;
}

/** Keys of items that do not stand, that stand otherwise, and that are to go and still stand. */
export function itemDrift(table: MemberTable, { wanted, dropped = [] }: WantedItems, standing: Members) {
  const keys = Object.keys(wanted);
  return {
    absent: keys.filter(key => !(key in standing)),
    changed: keys.filter(
      key => key in standing && differing(table, membersOf(wanted[key]), membersOf(standing[key])).length > 0,
    ),
    dropped: dropped.filter(key => key in standing && !(key in wanted)),
  };
}

/**
 * What the update added goes; what it changed is as it was, and what it left unsaid too. One that is absent now was
 * on its way to be added again with other members: no removal by others is told from that, so it comes back.
 */
export function revertedItems(
  { wanted, dropped = [] }: WantedItems,
  before: Members,
  standing: Members,
): { items: [key: string, item: Members][]; dropped: string[] } {
  const ours = [...new Set([...Object.keys(wanted), ...dropped])].filter(key => key in before);
  return {
    items: ours.map(key => {
      const was = membersOf(before[key]);
      const now = membersOf(standing[key] ?? was);
      return [key, revert({ ...now, ...membersOf(wanted[key]) }, was, now)];
    }),
    dropped: Object.keys(wanted).filter(key => !(key in before)),
  };
}
