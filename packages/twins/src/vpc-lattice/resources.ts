// The configured resources, for a snapshot of the account: the existing groups, also those in deletion, with their
// targets, also those that still drain.
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
