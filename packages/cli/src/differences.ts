// One member, before and after, as lines: only what differs in it, as a whole target group's tags or targets hide it.
import { isDeepStrictEqual } from 'node:util';

/** What changed stands as `from -> to`; what a list lost and won, behind - and +. */
export function differenceLines(member: string, from: unknown, to: unknown): string[] {
  if (isObject(from) && isObject(to)) {
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return names
      .filter(name => !isDeepStrictEqual(from[name], to[name]))
      .flatMap(name => differenceLines(`${member}.${name}`, from[name], to[name]));
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const lost = without(from, to).map(item => `${member}: - ${shown(item)}`);
    const won = without(to, from).map(item => `${member}: + ${shown(item)}`);
    if (lost.length + won.length > 0) return [...lost, ...won];
  }
  return [`${member}: ${shown(from)} -> ${shown(to)}`];
}

function without(items: unknown[], others: unknown[]): unknown[] {
  return items.filter(item => !others.some(other => isDeepStrictEqual(item, other)));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LONGEST = 100;

/** On one line; … says that there is more of it, which --output json shows. */
function shown(value: unknown): string {
  const text = value === undefined ? 'none' : JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
