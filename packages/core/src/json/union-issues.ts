// The errors beside a discriminator that selects no variant. Zod stops at the discriminator, so a person would see them only
// after correcting it.
import * as z from 'zod';
import { nearest } from './nearest.ts';
import { isObject } from './plain-value.ts';
import type { ValidationIssue } from './validation-issues.ts';

/** As `schemaIssues`: the issues of `value`, which `schema` refused with `error`. */
type ToIssues = (error: z.ZodError, schema: z.ZodType, value: unknown) => ValidationIssue[];

/** The issues of `value` as if its discriminator were right. Pointers start at `value`. */
export function issuesBeside({ union, value }: Undecided, toIssues: ToIssues): ValidationIssue[] {
  const { discriminator, options } = union.def;
  const variants = options.flatMap(option => {
    const [word] = [...(option._zod.propValues?.[discriminator] ?? [])];
    return typeof word === 'string' ? [{ option: option as z.ZodType, word }] : [];
  });
  const words = variants.map(({ word }) => word);
  const given = value[discriminator];
  const meant = typeof given === 'string' ? nearest(given, words) : undefined;
  const [first = [], ...others] = variants
    .filter(({ word }) => meant === undefined || word === meant)
    .map(({ option, word }) => {
      const corrected = { ...value, [discriminator]: word };
      const { error } = option.safeParse(corrected);
      return error ? toIssues(error, option, corrected) : [];
    });
  // If no variant is near, an issue is certain only if every variant has it.
  const sets = others.map(list => new Set(list.map(textOf)));
  return first.filter(issue => sets.every(set => set.has(textOf(issue))));
}

function textOf({ pointer, detail }: ValidationIssue): string {
  return `${pointer}\n${detail}`;
}

/** A union, and the value whose discriminator selects none of its variants. */
export interface Undecided {
  union: z.ZodDiscriminatedUnion;
  value: Record<string, unknown>;
}

/** The union whose discriminator is at `path`; undefined if another schema is there. */
export function undecidedAt(
  schema: unknown,
  path: readonly PropertyKey[],
  value: unknown,
): Undecided | undefined {
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional
  )
    return undecidedAt(schema.unwrap(), path, value);
  if (schema instanceof z.ZodPipe) return undecidedAt(schema.in, path, value);
  const [key = '', ...rest] = path;
  const inner = Object(value)[key];
  if (schema instanceof z.ZodArray) return undecidedAt(schema.element, rest, inner);
  if (schema instanceof z.ZodObject) return undecidedAt(schema.shape[String(key)], rest, inner);
  if (!(schema instanceof z.ZodDiscriminatedUnion) || !isObject(value)) return undefined;
  const { discriminator, options } = schema.def;
  if (rest.length === 0 && key === discriminator) return { union: schema, value };
  const word = value[discriminator] as z.core.util.Primitive;
  const chosen = options.find(option => option._zod.propValues?.[discriminator]?.has(word));
  return undecidedAt(chosen, path, value);
}
