// Tags of target groups, of services and of their listeners. Those of a group show which system created it.
import type { Context } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import type { Done } from '../shared/operation.ts';
import type { TagResource, UntagResource } from './requests.ts';
import { servicesIn } from './seed.ts';
import { findGroup, type Region } from './state.ts';
import { tagsPerResource } from './switches.ts';

type Tags = Record<string, string>;

/** The tags of one resource. */
interface Tagged {
  tags: Tags;
  set(tags: Tags): void;
}

export function tagResource(region: Region, request: TagResource, context: Context): Done {
  const resource = findTagged(region, request.resourceArn);
  const tags = { ...resource.tags, ...request.tags };
  refuseTooManyTags(tags, context);
  const changed = Object.entries(tags).some(([key, value]) => resource.tags[key] !== value);
  resource.set(tags);
  return { answer: undefined, changed };
}

export function untagResource(region: Region, request: UntagResource): Done {
  const resource = findTagged(region, request.resourceArn);
  const before = Object.entries(resource.tags);
  const after = before.filter(([key]) => !request.tagKeys.includes(key));
  resource.set(Object.fromEntries(after));
  return { answer: undefined, changed: after.length < before.length };
}

export function listTagsForResource(region: Region, request: { resourceArn: string }): Done {
  return { answer: { tags: findTagged(region, request.resourceArn).tags }, changed: false };
}

export function refuseTooManyTags(tags: Tags, context: Context): void {
  const most = context.setting(tagsPerResource);
  if (Object.keys(tags).length > most)
    throw new InputError('tooMany', 'tags', `have at most ${most} members`);
}

function findTagged(region: Region, wanted: string): Tagged {
  const { name, account } = region;
  if (servicesIn(name).some(({ arn }) => arn === wanted)) {
    const set = (tags: Tags) => {
      account.serviceTags = { ...account.serviceTags, [wanted]: tags };
    };
    return { tags: account.serviceTags?.[wanted] ?? {}, set };
  }
  const listener = account.listeners?.find(({ arn }) => arn === wanted);
  const resource = listener ?? findGroup(region, wanted);
  return {
    tags: resource.tags ?? {},
    set(tags) {
      resource.tags = tags;
    },
  };
}
