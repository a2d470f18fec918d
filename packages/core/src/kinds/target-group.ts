// A target group of VPC Lattice. Others can register targets of their own in it, and services can use it.
import { keyOf } from './natural-key.ts';
import type { KindTraits } from './traits.ts';

export const targetGroup: KindTraits = {
  cloud: 'aws',
  part: 'targetGroups',
  functionName: 'target-group',
  naturalKey: desired => keyOf(desired, 'region', 'name'),
  lane: desired => `target-group/${keyOf(desired, 'region', 'name')}`,
  foreignDependents: true,
  instructions: ['droppedTags'],
  usualSeconds: 20,
};
