// Tags of a resource, in which others have theirs: what of ours differs, and ours as they were. Pure.
import { revert } from '@gatehouse/core/json/revert';
import type { SharedMember } from '@gatehouse/core/request/compared-members';

type Tags = Record<string, string>;

export interface DesiredTags {
  /** Absent in a plan that was stored before there were any. */
  tags?: Tags;
  /** Keys of tags that were ours and are not asked for any more. */
  droppedTags?: string[];
}

/** `tagsOf`: all that stand. */
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

/** Those of ours that are absent or have another value, and those that are to go. Tags of others are no drift. */
export function tagDrift({ tags = {}, droppedTags = [] }: DesiredTags, standing: Tags) {
  const set = Object.entries(tags).filter(([key, value]) => standing[key] !== value);
  const dropped = droppedTags.filter(key => key in standing && !(key in tags));
  return { set: Object.fromEntries(set), dropped };
}

/** `before`: all that stood when the update began. */
export function restoredTags(
  { tags = {}, droppedTags = [] }: DesiredTags,
  before: Record<string, unknown>,
  standing: Tags,
): Required<DesiredTags> {
  const back = revert(tags, before, standing);
  const ours = [...Object.keys(tags), ...droppedTags];
  return {
    tags: Object.fromEntries(ours.flatMap(key => (key in back ? [[key, String(back[key])]] : []))),
    droppedTags: ours.filter(key => !(key in back)),
  };
}
