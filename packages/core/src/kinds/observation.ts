// The observation of a step's resource: its state and its drift, member by member. Both are plain JSON.
import { type Members, membersOf } from '../json/plain-members.ts';
import type { Outputs } from '../ports/outputs.ts';
import type { Change, Step } from '../record/plan.ts';

/** An existing resource, compared with the desired state of its step. */
export interface Observation {
  id: string;
  snapshot: Members;
  drift: string[];
  /** The members of `drift` that no call changes in place. */
  createOnly: string[];
  outputs?: Outputs;
}

/** The change of each member that differs. */
export function changesOf({ desired }: Pick<Step, 'desired'>, { drift, snapshot }: Observation): Change[] {
  return drift.map(member => {
    const [from, to] = [at(snapshot, member), at(desired, member)];
    return { member, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  });
}

function at(members: Members, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => membersOf(value)[name], members);
}
