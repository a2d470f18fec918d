// A resource as it stands against what is wanted of it, as its member table says: which members differ, the before-image, and
// the spec that takes an update of ours back. Pure. What a request leaves out is the cloud's to choose; what an answer leaves
// out has its documented value.
import { isDeepStrictEqual } from 'node:util';
import { type Members, membersOf } from '../json/plain-members.ts';
import { isObject } from '../json/plain-value.ts';
import { revert } from '../json/revert.ts';
import { canonicalValue } from './canonical-values.ts';
import { applies, at, createOnlyMembers, defaultOf, type Member, type MemberTable } from './member-table.ts';

/** A member in which others have theirs: what of it is ours is compared and taken back by itself. */
export interface SharedMember<Desired, Observed> {
  differs(desired: Desired, observed: Observed): boolean;
  snapshot(observed: Observed): unknown;
  /** `before`: what `image` said when the update began. */
  reverted(desired: Desired, before: Members, observed: Observed): Partial<Desired>;
}

type Shared<Table, Desired, Observed> = {
  readonly [Name in keyof Table as Table[Name] extends { compare: 'shared' } ? Name : never]: SharedMember<
    Desired,
    Observed
  >;
};

/** `specOf`: an observed resource as a spec says it, as far as its answer shows it. */
export function comparedBy<const Table extends MemberTable, Desired extends object, Observed>(
  table: Table,
  specOf: (observed: Observed) => object,
  shared: Shared<Table, Desired, Observed>,
) {
  const parts = Object.entries<SharedMember<Desired, Observed>>(shared);
  const own = (observed: Observed) => snapshotOf(table, membersOf(specOf(observed)));
  return {
    createOnly: createOnlyMembers(table),

    drift: (desired: Desired, observed: Observed): string[] => [
      ...differing(table, membersOf(desired), membersOf(specOf(observed))),
      ...parts.filter(([, part]) => part.differs(desired, observed)).map(([name]) => name),
    ],

    snapshot: (observed: Observed): Members => ({
      ...own(observed),
      ...Object.fromEntries(parts.map(([name, part]) => [name, part.snapshot(observed)])),
    }),

    /** `before`: what `image` said when the update began. */
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

/** Names of the wanted members that are otherwise; those of a memberwise object by their paths. */
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

/** What stands, in canonical form, with what an answer leaves out because it is off or empty. */
export function snapshotOf(table: MemberTable, spec: Members, root = spec): Members {
  return withValues(table, (name, member) => {
    // Any other documented value is that of an API that knows the member, which an answer without it need not be.
    const value = spec[name] ?? (isEmpty(member.default) ? member.default : undefined);
    if (member.sameAs !== undefined && isDeepStrictEqual(value, at(root, member.sameAs))) return undefined;
    return member.members && isObject(value)
      ? snapshotOf(member.members, value, root)
      : canonicalValue(member, value);
  });
}

/** Members of `now`, an image, each as in `before`, if it still holds what we set. */
function reverted(table: MemberTable, desired: Members, before: Members, now: Members): Members {
  const set = inCanonicalForm(table, desired);
  return revert(laidOver(now, set), withUsual(table, before, set), now);
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

function laidOver(now: Members, set: Members): Members {
  const over = Object.entries(set).map(([name, value]): [string, unknown] => {
    const there = now[name];
    return [name, isObject(value) && isObject(there) ? laidOver(there, value) : value];
  });
  return { ...now, ...Object.fromEntries(over) };
}

/** What we set and no answer showed before had its documented value. */
function withUsual(table: MemberTable, before: Members, set: Members, root = before): Members {
  const usual = withValues(table, (name, member) => {
    const [was, ours] = [before[name], set[name]];
    if (member.members && isObject(ours)) {
      const inner = withUsual(member.members, membersOf(was), ours, root);
      return Object.keys(inner).length > 0 ? inner : was;
    }
    return was ?? (ours === undefined ? undefined : defaultOf(member, root));
  });
  return { ...before, ...usual };
}
