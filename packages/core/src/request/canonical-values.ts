// The canonical form of values, in which equal values are identical: unordered lists are sorted, adjacent port ranges are
// merged, floats have the precision of the API. Pure.
import { type Members, membersOf } from '../json/plain-members.ts';
import { isObject } from '../json/plain-value.ts';
import type { Member, MemberTable } from './member-table.ts';
import type { PortOverride, PortRange } from './port-rules.ts';

/** The members of a spec that are in the table, each in canonical form. */
export function canonical(table: MemberTable, spec: Members): Members {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, member]) => {
      const value = canonicalValue(member, spec[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export function canonicalValue({ members, items, compare }: Member, value: unknown): unknown {
  if (members && isObject(value)) return canonical(members, value);
  if (Array.isArray(value)) {
    const list = items ? value.map(item => canonical(items, membersOf(item))) : value;
    if (compare === 'unordered') return list.toSorted(inOrder);
    if (compare === 'mergedPorts') return mergedPorts(list as unknown as PortRange[]);
    if (compare === 'portOverrides')
      return (list as unknown as PortOverride[]).filter(changesPort).toSorted(inOrder);
    return list;
  }
  return compare === 'float32' && typeof value === 'number' ? shortest(value) : value;
}

/** Sorted, with overlapping and adjacent ranges merged. */
export function mergedPorts(ranges: readonly PortRange[]): PortRange[] {
  const joined: PortRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.fromPort - b.fromPort)) {
    const last = joined.at(-1);
    if (last && range.fromPort <= last.toPort + 1) last.toPort = Math.max(last.toPort, range.toPort);
    else joined.push({ ...range });
  }
  return joined;
}

function changesPort({ listenerPort, endpointPort }: PortOverride): boolean {
  return listenerPort !== endpointPort;
}

/** The shortest decimal number with the same 32-bit float. */
function shortest(value: number): number {
  const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(count => Number(value.toPrecision(count)));
  return digits.find(short => Math.fround(short) === Math.fround(value)) ?? value;
}

/** Numbers by value, objects member by member, everything else by its JSON. */
function inOrder(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (isObject(a) && isObject(b)) {
    for (const name of Object.keys(a)) {
      const order = inOrder(a[name], b[name]);
      if (order !== 0) return order;
    }
    return 0;
  }
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one === other ? 0 : one < other ? -1 : 1;
}
