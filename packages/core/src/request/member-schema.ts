// Schemas on top of a member table: an object with the members of the table, each documented with what the table declares
// about it.
import type * as z from 'zod';
import { objectOf } from '../json/members.ts';
import type { Member, MemberTable } from './member-table.ts';

/** `shape` may omit members of the table, for a variant of the object. A member that is not in the table is a type error. */
export function objectByTable<const Table extends MemberTable, Shape extends LooseShape>(
  called: string,
  table: Table,
  shape: Shape & KnownTo<Table, Shape>,
) {
  return objectOf(called, shapeByTable<Table, Shape>(table, shape));
}

/** The same for a part of an object. */
export function shapeByTable<const Table extends MemberTable, Shape extends LooseShape>(
  table: Table,
  shape: Shape & KnownTo<Table, Shape>,
): Shape {
  const members = Object.entries(shape).map(([name, schema]) => [name, withInPlace(schema, table[name])]);
  return Object.fromEntries(members) as Shape;
}

type LooseShape = { readonly [name: string]: z.ZodType };

/** Members of a shape that the table does not have are never. */
export type KnownTo<Table, Shape> = { [Name in keyof Shape]: Name extends keyof Table ? Shape[Name] : never };

/** An object gets no `inPlace` of its own, as each of its members has one. */
function withInPlace(schema: z.ZodType, member: Member | undefined): z.ZodType {
  if (!member || member.members) return schema;
  return schema.meta({ inPlace: !(member.createOnly || member.naturalKey) });
}
