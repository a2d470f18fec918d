// Schemas of what a member table knows: an object whose members are those of the table, each with what the table says of it
// for people.
import type * as z from 'zod';
import { objectOf } from '../json/members.ts';
import type { Member, MemberTable } from './member-table.ts';

/** `shape`: without a member that the table has, a variant of the object; with one that it does not have, a type error. */
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
  const members = Object.entries(shape).map(([name, schema]) => [name, withPlace(schema, table[name])]);
  return Object.fromEntries(members) as Shape;
}

type LooseShape = { readonly [name: string]: z.ZodType };

/** Members of a shape that the table does not have are never. */
export type KnownTo<Table, Shape> = { [Name in keyof Shape]: Name extends keyof Table ? Shape[Name] : never };

/** Of an object the members say it, each for itself. */
function withPlace(schema: z.ZodType, member: Member | undefined): z.ZodType {
  if (!member || member.members) return schema;
  return schema.meta({ inPlace: !(member.createOnly || member.naturalKey) });
}
