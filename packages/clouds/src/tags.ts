// Our tags on a resource that may also have foreign ones: their drift and their earlier values. Pure.
import { revert } from '@gatehouse/core/json/revert';
import type { SharedMember } from '@gatehouse/core/request/compared-members';

type Tags = Record<string, string>;

export interface DesiredTags {
  /** Absent in plans that were stored before tags existed. */
  tags?: Tags;
  /** Keys of our tags that are no longer in the spec. */
  droppedTags?: string[];
}

/** `tagsOf`: all tags of the resource. */
export function sharedTags<Observed>(
  tagsOf: (observed: Observed) => Tags,
): SharedMember<DesiredTags, Observed> {
  return {
    differs(desired, observed) {
      const { set, dropped } = tagDrift(desired, tagsOf(observed));
      return Object.keys(set).length + dropped.length > 0;
    },
    snapshot: tagsOf,
    reverted: (desired, before, observed) => restoredTags(desired, before, tagsOf(observed)),
  };
}

/** Our tags that are missing or have another value, and those to remove. Foreign tags are never drift. */
export function tagDrift({ tags = {}, droppedTags = [] }: DesiredTags, existing: Tags) {
  const set = Object.entries(tags).filter(([key, value]) => existing[key] !== value);
  const dropped = droppedTags.filter(key => key in existing && !(key in tags));
  return { set: Object.fromEntries(set), dropped };
}

/**
 * The next call towards our tags. Tags are set before others are removed, unless the resource has no room for both: nothing is
 * lost if they are removed first. `most`: tags that a resource can have, foreign ones included.
 */
export function nextTagCall(
  desired: DesiredTags,
  existing: Tags,
  most: number,
): { tag: Tags } | { untag: string[] } | undefined {
  const { set, dropped } = tagDrift(desired, existing);
  const all = Object.keys({ ...existing, ...set });
  const isFull = all.length > most && dropped.length > 0;
  if (Object.keys(set).length > 0 && !isFull) return { tag: set };
  return dropped.length > 0 ? { untag: dropped } : undefined;
}

/** `before`: all tags at the start of the update. */
export function restoredTags(
  { tags = {}, droppedTags = [] }: DesiredTags,
  before: Record<string, unknown>,
  existing: Tags,
): Required<DesiredTags> {
  const back = revert(tags, before, existing);
  const ours = [...Object.keys(tags), ...droppedTags];
  return {
    tags: Object.fromEntries(ours.flatMap(key => (key in back ? [[key, String(back[key])]] : []))),
    droppedTags: ours.filter(key => !(key in back)),
  };
}
