// What there is to know of each member of a resource, in one table: its name on the wire, how two values compare, the value
// that an absent one has, whether a call can change it. Pure data, in files without a schema, because the bundles of the
// steps carry no schema library. The schema, the calls, drift, the before-image and its revert read it.
import { membersOf } from '../json/plain-members.ts';

export interface Member {
  /** Its name on the wire, in the calls and the answers of this resource. */
  wire?: string;
  /** What carries it where it has no name of its own in these calls: their client, another resource, or another member. */
  carriedBy?: string;
  /** How two values compare; in every part, if nothing is said. */
  compare?: Comparison;
  /** The documented value of an absent member. */
  default?: unknown;
  /** The same where it depends on another member, named by its path from the resource. */
  defaultBy?: { member: string; values: Readonly<Record<string, unknown>>; otherwise?: unknown };
  /** The path of the member whose value an absent one has: an image says no value that is the same. */
  sameAs?: string;
  /** No call changes it: another value is another object. */
  createOnly?: true;
  /** A request names the resource by it: another value is another resource, though a call could change it. */
  naturalKey?: true;
  /** No answer shows it. */
  unread?: true;
  /** The member has a meaning only with these values of other members, named by their paths. */
  when?: Readonly<Record<string, readonly unknown[]>>;
  /** Of an object. */
  members?: MemberTable;
  /** Of each object in a list. */
  items?: MemberTable;
}

/**
 * `unordered`: a list whose order means nothing. `mergedPorts`: ranges, and those that touch are one. `portOverrides`: without
 * order, and one that leads a port to itself is none. `float32`: the API keeps a 32-bit float. `memberwise`: an object whose
 * members differ each under its own name. `shared`: others have theirs in it, so that the resource compares what is ours.
 */
export type Comparison = 'unordered' | 'mergedPorts' | 'portOverrides' | 'float32' | 'memberwise' | 'shared';

export type MemberTable = Readonly<Record<string, Member>>;

/** A table whose names the input of an SDK's command has, nested ones too. */
export type TableOn<Input> = Readonly<
  Record<string, { carriedBy: string; wire?: never } | MembersOn<Input>[keyof Input]>
>;

type MembersOn<Input> = {
  [Name in keyof Input]-?: {
    wire: Name;
    members?: TableOn<NonNullable<Input[Name]>>;
    items?: NonNullable<Input[Name]> extends readonly (infer Item)[] ? TableOn<Item> : never;
  };
};

/** Whether the member has a meaning beside the others of `root`, the whole resource. */
export function applies({ when = {} }: Member, root: unknown): boolean {
  return Object.entries(when).every(([path, values]) => values.includes(at(root, path)));
}

/** The value that the member has where it is absent; undefined where no document says one. */
export function defaultOf(member: Member, root: unknown): unknown {
  const { defaultBy, sameAs, members } = member;
  if (member.default !== undefined) return member.default;
  if (defaultBy) return defaultBy.values[String(at(root, defaultBy.member))] ?? defaultBy.otherwise;
  if (sameAs !== undefined) return at(root, sameAs);
  const inner = members && defaultsOf(members, root);
  return inner && Object.keys(inner).length > 0 ? inner : undefined;
}

/** The documented values of all members that have one and a meaning beside the others of `root`. */
export function defaultsOf(table: MemberTable, root: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, member]) => {
      const value = applies(member, root) ? defaultOf(member, root) : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Members that a call can change, and that no documented value takes back: they have to be said. */
export function withoutDefault(table: MemberTable, root: unknown): string[] {
  return Object.entries(table).flatMap(([name, member]) => {
    const changes = member.wire !== undefined && !member.createOnly && member.compare !== 'shared';
    return changes && applies(member, root) && defaultOf(member, root) === undefined ? [name] : [];
  });
}

/** The members of a spec that have a meaning beside each other, and all that the table does not have. */
export function applicable<Spec extends object>(table: MemberTable, spec: Spec): Spec {
  const members = Object.entries(spec).filter(([name]) => applies(table[name] ?? {}, spec));
  return Object.fromEntries(members) as Spec;
}

/** Paths of the members that no call changes, as drift names them. */
export function createOnlyMembers(table: MemberTable): string[] {
  return Object.entries(table).flatMap(([name, { createOnly, unread, compare, members = {} }]) => {
    if (compare === 'memberwise') return createOnlyMembers(members).map(inner => `${name}.${inner}`);
    return createOnly && !unread ? [name] : [];
  });
}

/** The value at a path of names with dots between them. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => membersOf(inner)[name], value);
}
