// Shows a member as lines; a changed one with only its differences, because a whole list of tags or targets would hide them.
import { isDeepStrictEqual } from 'node:util';

/** A changed value is `from -> to`; removed and added items of a list have - and +. */
export function differenceLines(member: string, from: unknown, to: unknown): string[] {
  if (isObject(from) && isObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return names
      .filter(name => !isDeepStrictEqual(from[name], to[name]))
      .flatMap(name => differenceLines(`${member}.${name}`, from[name], to[name]));
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const removed = without(from, to).map(item => `${member}: - ${shown(item)}`);
    const added = without(to, from).map(item => `${member}: + ${shown(item)}`);
    if (removed.length + added.length > 0) return [...removed, ...added];
  }
  return [`${member}: ${shown(from)} -> ${shown(to)}`];
}

/** A value that is new: a list has a line for each item. */
export function memberLines(member: string, value: unknown): string[] {
  if (!Array.isArray(value) || value.length === 0) return [`${member}: ${shown(value)}`];
  return value.map(item => `${member}: + ${shown(item)}`);
}

function without(items: unknown[], others: unknown[]): unknown[] {
  return items.filter(item => !others.some(other => isDeepStrictEqual(item, other)));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MAX_LENGTH = 100;

/** On one line. `…` marks a shortened value, which --output json shows in full. */
function shown(value: unknown): string {
  const text = value === undefined ? 'none' : JSON.stringify(value);
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}
