// What a look found in a step's place, and how it differs from what the step wants, member by member. Plain JSON both.
import { isObject } from './plain-value.ts';
import type { Change, Step } from './plan.ts';

export type Members = Record<string, unknown>;

/** What stands in a step's place, compared with what the step wants. */
export interface Sighting {
  id: string;
  image: Members;
  drift: string[];
  /** Of the drift, what no call changes in place. */
  fixed: string[];
}

/** What is to be made of each member that differs. */
export function changesOf({ desired }: Pick<Step, 'desired'>, { drift, image }: Sighting): Change[] {
  return drift.map(member => {
    const [from, to] = [at(image, member), at(desired, member)];
    return { member, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  });
}

function at(members: Members, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => membersOf(value)[name], members);
}

/** As the API tells targets apart; a function has no port. */
export function targetKey({ id, port }: Members): string {
  return `${id}:${port ?? ''}`;
}

/** A list of a member that plain JSON holds; else nothing. */
export function listOf(value: unknown): Members[] {
  return Array.isArray(value) ? value : [];
}

export function membersOf(value: unknown): Members {
  return isObject(value) ? value : {};
}
