// A resource's members between a spec, which names them as a request does, and the wire, as its member table says. Pure.
import { type Members, membersOf } from '../json/plain-members.ts';
import { isObject } from '../json/plain-value.ts';
import type { Member, MemberTable } from './member-table.ts';

/**
 * How a member is read, or written, that needs more than a name. Undefined is left out. A member whose name the answer does not
 * have must have a reader, unless no answer shows it.
 */
export type Readers<Table, Answer> = {
  readonly [Name in keyof Table]?: (answer: Answer) => unknown;
} & {
  readonly [Name in keyof Table as Table[Name] extends { unread: true } | { compare: 'shared' }
    ? never
    : Table[Name] extends { wire: infer Wire }
      ? Wire extends keyof Answer
        ? never
        : Name
      : never]: (answer: Answer) => unknown;
};
export type Writers<Table, Spec> = {
  readonly [Name in keyof Table & keyof Spec]?: (value: NonNullable<Spec[Name]>, spec: Spec) => unknown;
};

/** The input of a create call: every member that the spec has and the wire knows. */
export function createInput<
  Table extends MemberTable,
  Spec extends object,
  Written extends Writers<Table, Spec> = Record<never, never>,
>(table: Table, spec: Spec, writers?: Written): WireOf<Table, Spec, Written> {
  return wireOf(table, spec, { ...writers }) as WireOf<Table, Spec, Written>;
}

/** The input of an update call: the same without what no call changes. */
export function updateInput<
  Table extends MemberTable,
  Spec extends object,
  Written extends Writers<Table, Spec> = Record<never, never>,
>(table: Table, spec: Spec, writers?: Written): WireOf<Changeable<Table>, Spec, Written> {
  const changeable = Object.entries(table).filter(([, { createOnly }]) => !createOnly);
  const input = wireOf(Object.fromEntries(changeable), spec, { ...writers });
  return input as WireOf<Changeable<Table>, Spec, Written>;
}

/** The members of an answer, as a spec says them. What the answer leaves out is left out. */
export function fromWire<Table extends MemberTable, Answer extends object>(
  table: Table,
  answer: Answer,
  readers: Readers<Table, Answer>,
): Members {
  return readWith(table, answer, readers);
}

function readWith(table: MemberTable, answer: object, readers: Readonly<Record<string, unknown>>): Members {
  return named(Object.entries(table), (name, member) => {
    const read = readers[name];
    if (typeof read === 'function') return read(answer);
    const value = member.wire === undefined ? undefined : Reflect.get(answer, member.wire);
    return each(member, value, (inner, part) => readWith(inner, part, {}));
  });
}

type Changeable<Table> = {
  [Name in keyof Table as Table[Name] extends { createOnly: true } ? never : Name]: Table[Name];
};

/** What a spec's members are on the wire. A member with a writer is what that makes of it. */
export type WireOf<Table, Spec, Written = Record<never, never>> = {
  [Name in keyof Table & keyof Spec as Table[Name] extends { wire: infer Wire extends string }
    ? Wire
    : never]: Name extends keyof Written
    ? ResultOf<Written[Name]>
    : Table[Name] extends { items: infer Inner }
      ? ItemsOf<Inner, Spec[Name]>
      : Table[Name] extends { members: infer Inner }
        ? ObjectOf<Inner, Spec[Name]>
        : Spec[Name];
};

type ResultOf<Write> = Write extends (...given: never[]) => infer Result ? Result : never;
type ItemsOf<Table, Value> = Value extends readonly (infer Item)[] ? WireOf<Table, Item>[] : Value;
type ObjectOf<Table, Value> = Value extends object ? WireOf<Table, Value> : Value;

function wireOf(table: MemberTable, spec: object, writers: Readonly<Record<string, unknown>>): Members {
  const entries = Object.entries(table).flatMap(([name, member]): [string, Member][] =>
    member.wire === undefined ? [] : [[name, member]],
  );
  const written = named(entries, (name, member) => {
    const value: unknown = Reflect.get(spec, name);
    const write = writers[name];
    if (typeof write === 'function' && value !== undefined) return write(value, spec);
    return each(member, value, (inner, part) => wireOf(inner, part, {}));
  });
  return Object.fromEntries(
    entries.flatMap(([name, { wire = name }]) => (name in written ? [[wire, written[name]]] : [])),
  );
}

function each(
  { members, items }: Member,
  value: unknown,
  part: (table: MemberTable, value: Members) => unknown,
) {
  if (members && isObject(value)) return part(members, value);
  return items && Array.isArray(value) ? value.map(item => part(items, membersOf(item))) : value;
}

function named(entries: [string, Member][], read: (name: string, member: Member) => unknown): Members {
  return Object.fromEntries(
    entries.flatMap(([name, member]) => {
      const value = read(name, member);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
