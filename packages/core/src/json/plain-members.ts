// Reading plain JSON whose type is not known: the members of an object, the objects of a list.
import { isObject } from './plain-value.ts';

export type Members = Record<string, unknown>;

/** The members of an object; none of anything else. */
export function membersOf(value: unknown): Members {
  return isObject(value) ? value : {};
}

/** The items of a list of objects; none of anything else. */
export function listOf(value: unknown): Members[] {
  return Array.isArray(value) ? value : [];
}
