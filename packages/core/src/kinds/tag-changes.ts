// Tags that an update has to take off: those that an entry point has set so far and wants no more. Tags of others stay.
import { type Members, membersOf } from '../json/plain-members.ts';

/** As an instruction to the resource; none where no tag is dropped. */
export function droppedTags(tags: Members, before: unknown): { droppedTags?: string[] } {
  const dropped = Object.keys(membersOf(before)).filter(tag => !(tag in tags));
  return dropped.length > 0 ? { droppedTags: dropped } : {};
}
