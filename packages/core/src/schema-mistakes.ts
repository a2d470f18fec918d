// What zod found, as mistakes: one per member, at that member, in plain words. The sentences are those of
// members.ts; here they get what was given instead, and unknown members the name that was probably meant.
import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { type Mistake, pointerTo, shortened, shown } from './mistakes.ts';

/** `value` is what `schema` refused with `error`. */
export function schemaMistakes(error: z.ZodError, schema: z.ZodType, value: unknown): Mistake[] {
  return error.issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') return unknownMembers(issue, schema);
    const given = valueAt(value, issue.path);
    const detail =
      given === undefined ? `is missing; it ${issue.message}` : `${issue.message}, not ${shown(given)}`;
    return [{ pointer: pointerTo(issue.path), detail }];
  });
}

function unknownMembers(issue: z.core.$ZodIssueUnrecognizedKeys, schema: z.ZodType): Mistake[] {
  const known = memberNames(schema, issue.path);
  return issue.keys.map(key => ({
    pointer: pointerTo([...issue.path, key]),
    detail: `unknown member \`${shortened(key)}\`; ${suggestion(key, known)}`,
  }));
}

/** The longest name that is worth comparing: our own are shorter than half of it. */
const LONGEST_NAME = 64;

function suggestion(key: string, known: readonly string[]): string {
  const list = `the members known here are ${known.map(name => `\`${name}\``).join(', ')}`;
  if (key.length > LONGEST_NAME) return list;
  const ranked = known.map(name => ({ name, far: distance(folded(name), folded(key)) }));
  const nearest = ranked.toSorted((a, b) => a.far - b.far)[0];
  const near = nearest && nearest.far <= Math.max(1, Math.floor(nearest.name.length / 3));
  return near ? `did you mean \`${nearest.name}\`?` : list;
}

/** `FromPort`, `from_port` and `from-port` all mean `fromPort`. */
function folded(name: string): string {
  return name.replaceAll(/[-_ ]/g, '').toLowerCase();
}

function memberNames(schema: unknown, path: readonly PropertyKey[]): string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return memberNames(schema.unwrap(), path);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional)
    return memberNames(schema.unwrap(), path);
  const [key, ...rest] = path;
  if (schema instanceof z.ZodArray) return memberNames(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  return key === undefined ? Object.keys(schema.shape) : memberNames(schema.shape[String(key)], rest);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, key)) return undefined;
    found = Object.getOwnPropertyDescriptor(found, key)?.value;
  }
  return found;
}
