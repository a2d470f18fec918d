// What is configured, for a picture of the account: the groups that are there by now, those on their way
// out included, with their targets, those that still drain included.
import type { Context } from '../shared/cloud.ts';
import type { State } from './state.ts';
import { groupsThere, targetsThere } from './status.ts';

export function resourcesOf(state: State, context: Context): unknown {
  return groupsThere(state, context).map(group => {
    const { region, arn, name, type, config, tags } = group;
    const targets = targetsThere(group, context).map(({ id, port }) => ({ id, port }));
    return { region, arn, name, type, config, tags, targets };
  });
}
