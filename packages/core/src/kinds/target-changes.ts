// What a change does to the targets of a VPC Lattice group, target by target. Pure.

import { listOf, type Members, membersOf } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { Sighting } from './observation.ts';
import { targetKey } from './targets.ts';

interface TargetChanges {
  /** Wanted, and not registered yet: undo then takes out just them. */
  absent: Members[];
  /** Ours so far, and not wanted any more. */
  dropped: Members[];
  because: string;
}

export function targetChanges(
  { desired }: Step,
  owned: Owned | undefined,
  seen: Sighting | undefined,
): TargetChanges {
  const registered = new Set(Object.keys(membersOf(seen?.image['targets'])));
  const wanted = listOf(desired['targets']);
  const names = new Set(wanted.map(targetKey));
  const absent = wanted.filter(target => !registered.has(targetKey(target)));
  return {
    absent,
    dropped: listOf(owned?.desired['targets']).filter(target => !names.has(targetKey(target))),
    because: `${wanted.length - absent.length} of ${wanted.length} are registered already`,
  };
}

/** A function or a load balancer: the only one of its group. */
export function isAlone({ id }: Members): boolean {
  return String(id).startsWith('arn:');
}
