// Tags that an update has to remove: the entry point has set them, and the spec drops them. Foreign tags stay.
import { type Members, membersOf } from '../json/plain-members.ts';

/** As an instruction to the resource; empty if no tag is dropped. */
export function droppedTags(tags: Members, before: unknown): { droppedTags?: string[] } {
  const dropped = Object.keys(membersOf(before)).filter(tag => !(tag in tags));
  return dropped.length > 0 ? { droppedTags: dropped } : {};
}
