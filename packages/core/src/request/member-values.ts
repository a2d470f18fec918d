// Converts a resource's members between a spec, with the names of a request, and the wire, by its member table. Pure.
import { type Members, membersOf } from '../json/plain-members.ts';
import { isObject } from '../json/plain-value.ts';
import type { Member, MemberTable } from './member-table.ts';

/**
 * Conversions for members that need more than a renaming. Undefined values are omitted. A member whose wire name is not in
 * the response must have a reader, unless the table marks it as unread.
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

/** The input of a create call: every member of the spec that has a wire name. */
export function createInput<
  Table extends MemberTable,
  Spec extends object,
  Written extends Writers<Table, Spec> = Record<never, never>,
>(table: Table, spec: Spec, writers?: Written): WireOf<Table, Spec, Written> {
  return wireOf(table, spec, { ...writers }) as WireOf<Table, Spec, Written>;
}

/** The input of an update call: the same without create-only members. */
export function updateInput<
  Table extends MemberTable,
  Spec extends object,
  Written extends Writers<Table, Spec> = Record<never, never>,
>(table: Table, spec: Spec, writers?: Written): WireOf<Changeable<Table>, Spec, Written> {
  const changeable = Object.entries(table).filter(([, { createOnly }]) => !createOnly);
  const input = wireOf(Object.fromEntries(changeable), spec, { ...writers });
  return input as WireOf<Changeable<Table>, Spec, Written>;
}

/** The members of a response, with the names of a spec. A member that the response omits is omitted. */
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

/** The wire form of a spec's members. A member with a writer has the type of its result. */
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
