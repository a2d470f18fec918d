// An endpoint group of AWS Global Accelerator. Others can put endpoints of their own into it.
import { listOf, type Members } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { KindTraits } from './traits.ts';

export const endpointGroup: KindTraits = {
  cloud: 'aws',
  part: 'endpointGroups',
  functionName: 'endpoint-group',
  parents: { listenerArn: 'listener' },
  resetOmitted,
  foreignDependents: true,
  instructions: ['leaving', 'dropped'],
  usualSeconds: 5,
};

/** The default of a health check's port is the first port of the listener. */
function resetOmitted({ desired, needs }: Step, owned: Owned, wanted: readonly Step[]): Members {
  if ('healthCheckPort' in desired || !('healthCheckPort' in owned.desired)) return {};
  const listener = wanted.find(({ id }) => id === needs['listenerArn']);
  const [first] = listOf(listener?.desired['portRanges']);
  return first === undefined ? {} : { healthCheckPort: first['fromPort'] };
}
