// Tags that an update has to remove: the entry point has set them, and the spec drops them. Foreign tags stay.
import { type Members, membersOf } from '../json/plain-members.ts';
import type { Step } from '../record/plan.ts';

/** As an instruction to the resource; empty if no tag is dropped. */
export function droppedTags(tags: Members, before: unknown): { droppedTags?: string[] } {
  const dropped = Object.keys(membersOf(before)).filter(tag => !(tag in tags));
  return dropped.length > 0 ? { droppedTags: dropped } : {};
}

/** The calls of a step on a resource whose tags have calls of their own: one to set some, one to remove some. */
export function callsWithTags({ act, changes = [], instructions }: Step): number {
  const tags = changes.find(({ member }) => member === 'tags');
  if (act !== 'update' || !tags) return 1;
  const [before, after] = [membersOf(tags.from), membersOf(tags.to)];
  const sets = Object.entries(after).some(([tag, value]) => before[tag] !== value);
  const dropped = [instructions?.['droppedTags'] ?? []].flat().map(String);
  const removes = dropped.some(tag => tag in before && !(tag in after));
  return [changes.length > 1, sets, removes].filter(Boolean).length;
}
