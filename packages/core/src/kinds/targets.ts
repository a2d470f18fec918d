// The targets that an entry point registers in a target group of VPC Lattice: one step for all of them.
import { listOf, type Members } from '../json/plain-members.ts';
import type { KindTraits } from './traits.ts';

/** Of one Register or Deregister call. */
const TARGETS_PER_CALL = 100;

export const targets: KindTraits = {
  cloud: 'aws',
  part: 'targetGroups',
  functionName: 'targets',
  parents: { targetGroupArn: 'targetGroup' },
  namesInParent: ({ desired }) =>
    listOf(desired['targets']).map(target => `target ${targetKey(target).replace(/:$/, '')}`),
  // A plan names the absent ones only.
  instructions: ['targets'],
  // They are checked before they are used, and drained before they are removed.
  usualSeconds: 60,
  calls: ({ desired }) => Math.max(1, Math.ceil(listOf(desired['targets']).length / TARGETS_PER_CALL)),
};

/** As the API tells targets apart; a function has no port. */
export function targetKey({ id, port }: Members): string {
  return `${id}:${port ?? ''}`;
}
