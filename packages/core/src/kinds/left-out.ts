// Members that a spec said so far and leaves out now. The API has a usual value for each, and a call that leaves it out may
// well keep the old one: so the usual value is said. Pure.

import { listOf, type Members, membersOf } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import { healthCheckDefaults } from '../request/aws/target-group-members.ts';
import { sayAlicloudLeftOut } from './alicloud-left-out.ts';

/** What is to be said besides; `steps`: all that are wanted, as a group's usual port is its listener's first. */
export function sayLeftOut(step: Step, owned: Owned, steps: readonly Step[]): Members {
  const { kind, desired, needs } = step;
  if (kind.startsWith('alicloud')) return sayAlicloudLeftOut(step, owned.desired, steps);
  // One of another type is another one, with defaults of its own.
  if (kind === 'targetGroup' && desired['type'] !== owned.desired['type']) return {};
  if (kind === 'targetGroup')
    return healthCheck(membersOf(desired['config']), membersOf(owned.desired['config']));
  if (kind !== 'endpointGroup' || 'healthCheckPort' in desired || !('healthCheckPort' in owned.desired))
    return {};
  const listener = steps.find(({ id }) => id === needs['listenerArn']);
  const [first] = listOf(listener?.desired['portRanges']);
  return first === undefined ? {} : { healthCheckPort: first['fromPort'] };
}

function healthCheck(config: Members, before: Members): Members {
  const [said, was] = [membersOf(config['healthCheck']), membersOf(before['healthCheck'])];
  const usual = Object.entries(healthCheckDefaults(config)).filter(
    ([member]) => member in was && !(member in said),
  );
  return usual.length === 0
    ? {}
    : { config: { ...config, healthCheck: { ...said, ...Object.fromEntries(usual) } } };
}
