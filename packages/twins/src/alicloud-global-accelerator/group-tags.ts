// Tags of endpoint groups: set and removed immediately, by calls of their own. A key has one value.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy } from './changes.ts';
import { gaError, illegal } from './errors.ts';
import type { TagResources, UntagResources } from './group-requests.ts';
import { mostTags } from './limits.ts';
import type { EndpointGroup } from './model.ts';
import { findAccelerator, findGroup, type State } from './state.ts';
import { busyTags } from './switches.ts';

type Tags = EndpointGroup['Tags'];

export function tagResources(state: State, request: TagResources, context: Context): Done {
  const requested = request.Tag.map(({ Key, Value = '' }) => ({ Key, Value }));
  if (new Set(requested.map(({ Key }) => Key)).size < requested.length)
    throw illegal('Tag', 'have each key once');
  return change(state, request, context, tags => {
    const kept = tags.filter(({ Key }) => !requested.some(each => each.Key === Key));
    if (kept.length + requested.length > mostTags) {
      throw gaError('QuotaExceeded.Tag', `A resource has at most ${mostTags} tags`);
    }
    return [...kept, ...requested];
  });
}

export function untagResources(state: State, request: UntagResources, context: Context): Done {
  const { TagKey = [], All = false } = request;
  return change(state, request, context, tags =>
    All ? [] : tags.filter(({ Key }) => !TagKey.includes(Key)),
  );
}

/** Changes all of the groups, or none. */
function change(
  state: State,
  { ResourceId }: { ResourceId: string[] },
  context: Context,
  next: (tags: Tags) => Tags,
): Done {
  const changes = ResourceId.map(id => {
    const group = findGroup(state, id);
    const accelerator = findAccelerator(state, group.AcceleratorId);
    if (context.setting(busyTags) === 'refuse') refuseWhileBusy({ accelerator }, context);
    return { group, tags: next(group.Tags).toSorted((a, b) => (a.Key < b.Key ? -1 : 1)) };
  });
  const changed = changes.some(({ group, tags }) => JSON.stringify(tags) !== JSON.stringify(group.Tags));
  for (const { group, tags } of changes) group.Tags = tags;
  return { answer: {}, changed };
}
