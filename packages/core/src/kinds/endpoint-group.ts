// An endpoint group of AWS Global Accelerator. Others can put endpoints of their own into it.
import type { KindTraits } from './traits.ts';

export const endpointGroup: KindTraits = {
  cloud: 'aws',
  part: 'endpointGroups',
  functionName: 'endpoint-group',
  parents: { listenerArn: 'listener' },
  foreignDependents: true,
  instructions: ['leaving', 'dropped'],
  usualSeconds: 5,
};
