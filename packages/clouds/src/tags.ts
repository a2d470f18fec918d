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
