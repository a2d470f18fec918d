// The facts about each member of a resource, in one table: its wire name, how values are compared, its default, whether a
// call can change it. Pure data, in files without schemas, because the bundles of the steps carry no schema library. The
// schema, the calls, drift, the before-image and its revert derive from it.
import { membersOf } from '../json/plain-members.ts';

export interface Member {
  /** Its name in the calls and responses of this resource. */
  wire?: string;
  /** For a member without a wire name: the client, the other resource or the other member that carries it. */
  carriedBy?: string;
  /** How two values are compared; by default as a whole. */
  compare?: Comparison;
  /** The documented value of an absent member. */
  default?: unknown;
  /** A default that depends on another member, given by its path from the resource. */
  defaultBy?: { member: string; values: Readonly<Record<string, unknown>>; otherwise?: unknown };
  /** The path of the member that supplies the default. A before-image omits a value that equals it. */
  sameAs?: string;
  /** No call changes it: another value requires another object. */
  createOnly?: true;
  /** It identifies the resource: another value means another resource, although a call could change it. */
  naturalKey?: true;
  /** No response contains it. */
  unread?: true;
  /** The member applies only with these values of other members, given by their paths. */
  when?: Readonly<Record<string, readonly unknown[]>>;
  /** The members of an object. */
  members?: MemberTable;
  /** The members of each object in a list. */
  items?: MemberTable;
}

/**
 * `unordered`: a list whose order has no meaning. `mergedPorts`: port ranges; adjacent ranges are merged. `portOverrides`:
 * unordered; an override of a port with itself is ignored. `float32`: the API stores a 32-bit float. `memberwise`: an object
 * whose members are compared one by one. `shared`: it also holds foreign items, so the resource compares its own part.
 */
export type Comparison = 'unordered' | 'mergedPorts' | 'portOverrides' | 'float32' | 'memberwise' | 'shared';

export type MemberTable = Readonly<Record<string, Member>>;

/** A table whose wire names exist in the input of an SDK command, nested ones included. */
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

/** Whether the member applies to `root`, the whole resource. */
export function applies({ when = {} }: Member, root: unknown): boolean {
  return Object.entries(when).every(([path, values]) => values.includes(at(root, path)));
}

/** The value of the absent member; undefined if no default is documented. */
export function defaultOf(member: Member, root: unknown): unknown {
  const { defaultBy, sameAs, members } = member;
  if (member.default !== undefined) return member.default;
  if (defaultBy) return defaultBy.values[String(at(root, defaultBy.member))] ?? defaultBy.otherwise;
  if (sameAs !== undefined) return at(root, sameAs);
  const inner = members && defaultsOf(members, root);
  return inner && Object.keys(inner).length > 0 ? inner : undefined;
}

/** The documented defaults of all members that apply to `root`. */
export function defaultsOf(table: MemberTable, root: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, member]) => {
      const value = applies(member, root) ? defaultOf(member, root) : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Changeable members without a documented default. Only an explicit value can change one back. */
export function withoutDefault(table: MemberTable, root: unknown): string[] {
  return Object.entries(table).flatMap(([name, member]) => {
    const changes = member.wire !== undefined && !member.createOnly && member.compare !== 'shared';
    return changes && applies(member, root) && defaultOf(member, root) === undefined ? [name] : [];
  });
}

/** The spec without the table's members that do not apply to it. */
export function applicable<Spec extends object>(table: MemberTable, spec: Spec): Spec {
  const members = Object.entries(spec).filter(([name]) => applies(table[name] ?? {}, spec));
  return Object.fromEntries(members) as Spec;
}

/** Paths of the members that no call changes, in the form of drift. */
export function createOnlyMembers(table: MemberTable): string[] {
  return Object.entries(table).flatMap(([name, { createOnly, unread, compare, members = {} }]) => {
    if (compare === 'memberwise') return createOnlyMembers(members).map(inner => `${name}.${inner}`);
    return createOnly && !unread ? [name] : [];
  });
}

/** The value at a path of dot-separated names. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => membersOf(inner)[name], value);
}
