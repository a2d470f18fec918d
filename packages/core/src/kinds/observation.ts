// What a look found in a step's place, and how it differs from what the step wants, member by member. Plain JSON both.
import { type Members, membersOf } from '../json/plain-members.ts';
import type { Change, Step } from '../record/plan.ts';

/** What stands in a step's place, compared with what the step wants. */
export interface Observation {
  id: string;
  snapshot: Members;
  drift: string[];
  /** Of the drift, what no call changes in place. */
  createOnly: string[];
}

/** What is to be made of each member that differs. */
export function changesOf({ desired }: Pick<Step, 'desired'>, { drift, snapshot }: Observation): Change[] {
  return drift.map(member => {
    const [from, to] = [at(snapshot, member), at(desired, member)];
    return { member, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  });
}

function at(members: Members, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => membersOf(value)[name], members);
}
