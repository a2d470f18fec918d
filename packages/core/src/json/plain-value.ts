// The check of a request before any schema: it must be a bounded tree of JSON values. This protects against malicious input: depth,
// number of values, cycles, objects that are not plain, malformed text.
import { pointerTo, type ValidationIssue } from './validation-issues.ts';

/** Our own limit: the deepest known request has 6 levels. */
export const MAX_DEPTH = 32;
/** Our own limit: ten times the values of 42 full endpoint groups, and few enough to check in milliseconds. */
export const MAX_VALUES = 50_000;

export interface PlainValue {
  /** A deep copy of the input; values that are not JSON are null in it. */
  value: unknown;
  issues: ValidationIssue[];
}

/** Never throws on data. `complete` is false if the value was too large to be checked completely. */
export function plainValue(given: unknown): PlainValue & { complete: boolean } {
  const walk: Walk = { left: MAX_VALUES, issues: [] };
  const value = copy(given, [], walk);
  if (walk.left >= 0) return { value, issues: walk.issues, complete: true };
  const detail = `contains more than ${MAX_VALUES} values; split it into smaller requests`;
  return { value: null, issues: [{ pointer: '', detail }], complete: false };
}

/** A JSON object: not a list, and not null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Walk {
  left: number;
  issues: ValidationIssue[];
}

function copy(value: unknown, path: readonly PropertyKey[], walk: Walk): unknown {
  walk.left -= 1;
  if (walk.left < 0) return null;
  // Minus zero becomes zero, because it would not survive a round trip through JSON text.
  if (value === 0) return 0;
  if (typeof value === 'string') return copyText(value, path, walk);
  if (typeof value !== 'object' || value === null) return value;
  if (path.length >= MAX_DEPTH) return refused(`is nested deeper than ${MAX_DEPTH} levels`, path, walk);
  if (Array.isArray(value)) return copyList(value, path, walk);
  if (!isPlain(value)) return refused('is not a plain JSON object', path, walk);
  return copyObject(value, path, walk);
}

function copyList(list: readonly unknown[], path: readonly PropertyKey[], walk: Walk): unknown[] {
  const copies: unknown[] = [];
  for (const [index, item] of list.entries()) {
    if (walk.left < 0) break;
    copies.push(copy(item, [...path, index], walk));
  }
  return copies;
}

function copyObject(object: object, path: readonly PropertyKey[], walk: Walk): unknown {
  const copies: [string, unknown][] = [];
  for (const [name, member] of Object.entries(object)) {
    if (walk.left < 0) break;
    // An undefined member is absent, as in JSON.
    if (member !== undefined) copies.push([name, copy(member, [...path, name], walk)]);
  }
  // With fromEntries, a member named __proto__ stays a member, which is then refused as unknown.
  return Object.fromEntries(copies);
}

function copyText(text: string, path: readonly PropertyKey[], walk: Walk): string {
  if (!text.isWellFormed())
    refused('contains half of a surrogate pair, which is not a character', path, walk);
  else if (text.includes('\0')) refused('contains the character NUL; remove it', path, walk);
  return text;
}

function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

function refused(detail: string, path: readonly PropertyKey[], walk: Walk): null {
  walk.issues.push({ pointer: pointerTo(path), detail });
  return null;
}
