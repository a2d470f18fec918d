// Compares the observed state of a resource with the desired one, by its member table: drift, the before-image, and the spec
// that reverts an update of ours. Pure. The cloud chooses the value of a member that a request omits. A member that a
// response omits has its documented default.
import { isDeepStrictEqual } from 'node:util';
import { type Members, membersOf } from '../json/plain-members.ts';
import { isObject } from '../json/plain-value.ts';
import { revert } from '../json/revert.ts';
import { canonicalValue } from './canonical-values.ts';
import { applies, at, createOnlyMembers, defaultOf, type Member, type MemberTable } from './member-table.ts';

/** A member that also holds foreign items: only our part of it is compared and reverted. */
export interface SharedMember<Desired, Observed> {
  differs(desired: Desired, observed: Observed): boolean;
  snapshot(observed: Observed): unknown;
  /** `before`: the snapshot from the start of the update. */
  reverted(desired: Desired, before: Members, observed: Observed): Partial<Desired>;
}

type Shared<Table, Desired, Observed> = {
  readonly [Name in keyof Table as Table[Name] extends { compare: 'shared' } ? Name : never]: SharedMember<
    Desired,
    Observed
  >;
};

/** `specOf` converts an observed resource to a spec, as far as the response has its members. */
export function comparedBy<const Table extends MemberTable, Desired extends object, Observed>(
  table: Table,
  specOf: (observed: Observed) => object,
  shared: Shared<Table, Desired, Observed>,
) {
  const parts = Object.entries<SharedMember<Desired, Observed>>(shared);
  const own = (observed: Observed) => snapshotOf(table, membersOf(specOf(observed)));
  const shares = (observed: Observed) =>
    Object.fromEntries(parts.map(([name, part]) => [name, part.snapshot(observed)]));
  return {
    createOnly: createOnlyMembers(table),

    drift: (desired: Desired, observed: Observed): string[] => [
      ...differing(table, membersOf(desired), membersOf(specOf(observed))),
      ...parts.filter(([, part]) => part.differs(desired, observed)).map(([name]) => name),
    ],

    snapshot: (observed: Observed): Members => ({ ...own(observed), ...shares(observed) }),

    /** The same with every list in the order in which it was read. */
    image: (observed: Observed): Members => ({
      ...imageOf(table, membersOf(specOf(observed)), (_, value) => value),
      ...shares(observed),
    }),

    /** `before`: the image from the start of the update. */
    reverted: (desired: Desired, before: Members, observed: Observed): Desired => ({
      ...desired,
      ...reverted(table, membersOf(desired), before, own(observed)),
      ...Object.fromEntries(
        parts.flatMap(([name, part]) =>
          Object.entries(part.reverted(desired, membersOf(before[name]), observed)),
        ),
      ),
    }),
  };
}

/** Names of the desired members whose observed value differs; paths for the members of a memberwise object. */
export function differing(
  table: MemberTable,
  desired: Members,
  observed: Members,
  roots = { desired, observed },
): string[] {
  return comparedIn(table).flatMap(([name, member]) => {
    const [wanted, found] = [desired[name], observed[name]];
    if (wanted === undefined || !applies(member, roots.desired)) return [];
    if (!member.members) {
      const [one, other] = [wanted, found ?? defaultOf(member, roots.observed)];
      return isDeepStrictEqual(canonicalValue(member, one), canonicalValue(member, other)) ? [] : [name];
    }
    const inner = differing(member.members, membersOf(wanted), membersOf(found), roots);
    if (member.compare === 'memberwise') return inner.map(path => `${name}.${path}`);
    return inner.length > 0 ? [name] : [];
  });
}

/** The observed state in canonical form. Members that a response omits because they are off or empty are filled in. */
export function snapshotOf(table: MemberTable, spec: Members): Members {
  return imageOf(table, spec, canonicalValue);
}

/** The same in another form. */
function imageOf(table: MemberTable, spec: Members, form: typeof canonicalValue, root = spec): Members {
  return withValues(table, (name, member) => {
    // Other defaults are not filled in: the response may come from an API version without the member.
    const value = spec[name] ?? (isEmpty(member.default) ? member.default : undefined);
    if (member.sameAs !== undefined && isDeepStrictEqual(value, at(root, member.sameAs))) return undefined;
    return member.members && isObject(value)
      ? imageOf(member.members, value, form, root)
      : form(member, value);
  });
}

/** Members of `now`, an image, each as in `before`, if it still holds what we set. */
function reverted(table: MemberTable, desired: Members, before: Members, now: Members): Members {
  const set = inCanonicalForm(table, desired);
  return revert(merged(now, set), withDefaults(table, before, set), withHidden(table, now, set));
}

/** A member that does not apply at present can be hidden, and nobody can have changed it: it is as we set it. */
function withHidden(table: MemberTable, now: Members, set: Members, root = now): Members {
  const filled = withValues(table, (name, member) => {
    const [found, ours] = [now[name], set[name]];
    if (member.members && isObject(found) && isObject(ours)) {
      return withHidden(member.members, found, ours, root);
    }
    return found ?? (applies(member, root) ? undefined : ours);
  });
  return { ...now, ...filled };
}

function comparedIn(table: MemberTable): [string, Member][] {
  return Object.entries(table).filter(([, { unread, compare }]) => !unread && compare !== 'shared');
}

function withValues(table: MemberTable, read: (name: string, member: Member) => unknown): Members {
  return Object.fromEntries(
    comparedIn(table).flatMap(([name, member]) => {
      const value = read(name, member);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function inCanonicalForm(table: MemberTable, spec: Members): Members {
  return withValues(table, (name, member) => canonicalValue(member, spec[name]));
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === false || value === '';
}

function merged(now: Members, set: Members): Members {
  const over = Object.entries(set).map(([name, value]): [string, unknown] => {
    const current = now[name];
    return [name, isObject(value) && isObject(current) ? merged(current, value) : value];
  });
  return { ...now, ...Object.fromEntries(over) };
}

/** A member that we set and the earlier response omitted had its documented default. */
function withDefaults(table: MemberTable, before: Members, set: Members, root = before): Members {
  const filled = withValues(table, (name, member) => {
    const [was, ours] = [before[name], set[name]];
    if (member.members && isObject(ours)) {
      const inner = withDefaults(member.members, membersOf(was), ours, root);
      return Object.keys(inner).length > 0 ? inner : was;
    }
    return was ?? (ours === undefined ? undefined : defaultOf(member, root));
  });
  return { ...before, ...filled };
}
