// Tags of target groups; they show which system created a group.
import type { Context } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import type { Done } from '../shared/operation.ts';
import type { TagResource, UntagResource } from './requests.ts';
import { findGroup, type Region } from './state.ts';
import { tagsPerResource } from './switches.ts';

export function tagResource(region: Region, request: TagResource, context: Context): Done {
  const group = findGroup(region, request.resourceArn);
  const tags = { ...group.tags, ...request.tags };
  refuseTooManyTags(tags, context);
  const changed = Object.entries(tags).some(([key, value]) => group.tags[key] !== value);
  group.tags = tags;
  return { answer: undefined, changed };
}

export function untagResource(region: Region, request: UntagResource): Done {
  const group = findGroup(region, request.resourceArn);
  const before = Object.entries(group.tags);
  const after = before.filter(([key]) => !request.tagKeys.includes(key));
  group.tags = Object.fromEntries(after);
  return { answer: undefined, changed: after.length < before.length };
}

export function listTagsForResource(region: Region, request: { resourceArn: string }): Done {
  return { answer: { tags: findGroup(region, request.resourceArn).tags }, changed: false };
}

export function refuseTooManyTags(tags: Record<string, string>, context: Context): void {
  const most = context.setting(tagsPerResource);
  if (Object.keys(tags).length > most)
    throw new InputError('tooMany', 'tags', `have at most ${most} members`);
}
