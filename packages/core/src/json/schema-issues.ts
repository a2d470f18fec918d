// Turns the issues of zod into validation issues: one per member, at that member, in plain words. The sentences are from members.ts.
// This file adds the given value, and for an unknown member the name that was probably meant.
import * as z from 'zod';
import { nearest } from './nearest.ts';
import { issuesBeside, undecidedAt } from './union-issues.ts';
import { pointerTo, shortened, shown, type ValidationIssue } from './validation-issues.ts';

/** `value`: the value that `schema` refused with `error`. */
export function schemaIssues(error: z.ZodError, schema: z.ZodType, value: unknown): ValidationIssue[] {
  return error.issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') return unknownMembers(issue, schema, value);
    // For an unknown member, the name is wrong, so its value is not shown.
    const given = issue.code === 'invalid_key' ? issue.path.at(-1) : valueAt(value, issue.path);
    const detail =
      given === undefined
        ? `is missing; it ${issue.message}`
        : `${issue.message}, not ${givenIn(issue, given)}`;
    return [{ pointer: pointerTo(issue.path), detail }, ...besideUnion(issue, schema, value)];
  });
}

/** An issue that says by itself what was given, such as the number of members of an object. */
export function issueOf(message: string, given: string) {
  return { code: 'custom' as const, message, params: { given } };
}

function givenIn(issue: z.core.$ZodIssue, value: unknown): string {
  const given = issue.code === 'custom' ? issue.params?.['given'] : undefined;
  return typeof given === 'string' ? given : shown(value);
}

function besideUnion(issue: z.core.$ZodIssue, schema: z.ZodType, value: unknown): ValidationIssue[] {
  if (issue.code !== 'invalid_union') return [];
  const undecided = undecidedAt(schema, issue.path, value);
  if (!undecided) return [];
  const union = pointerTo(issue.path.slice(0, -1));
  const found = issuesBeside(undecided, schemaIssues);
  return found.map(({ pointer, detail }) => ({ pointer: `${union}${pointer}`, detail }));
}

function unknownMembers(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  schema: z.ZodType,
  value: unknown,
): ValidationIssue[] {
  const shapes = shapesAt(schema, issue.path, value);
  const known = shapes.find(shape => !shape.notChosen)?.names ?? [];
  return issue.keys.map(key => {
    const pointer = pointerTo([...issue.path, key]);
    const other = shapes.find(shape => shape.names.includes(key))?.notChosen;
    if (!other) return { pointer, detail: `unknown member \`${shortened(key)}\`; ${suggestion(key, known)}` };
    const name = [...other.path, key].join('.');
    return { pointer, detail: `\`${name}\` is not allowed for ${other.instead}; ${listed(known)}` };
  });
}

function suggestion(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return meant === undefined ? listed(known) : `did you mean \`${meant}\`?`;
}

function listed(known: readonly string[]): string {
  return `the members known here are ${known.map(name => `\`${name}\``).join(', ')}`;
}

interface Shape {
  names: string[];
  /** Set if the discriminator has selected another shape: its value, and the path from there. */
  notChosen?: { instead: string; path: readonly PropertyKey[] };
}

/** Every shape that an object at this location can have. `path` starts at `value`. */
function shapesAt(schema: unknown, path: readonly PropertyKey[], value: unknown): Shape[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return shapesAt(schema.unwrap(), path, value);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional)
    return shapesAt(schema.unwrap(), path, value);
  if (schema instanceof z.ZodPipe) return shapesAt(schema.in, path, value);
  if (schema instanceof z.ZodDiscriminatedUnion) return shapesOfUnion(schema, path, value);
  const [key, ...rest] = path;
  if (schema instanceof z.ZodArray) return shapesAt(schema.element, rest, valueAt(value, path.slice(0, 1)));
  if (!(schema instanceof z.ZodObject)) return [];
  if (key === undefined) return [{ names: Object.keys(schema.shape) }];
  return shapesAt(schema.shape[String(key)], rest, valueAt(value, [key]));
}

function shapesOfUnion(
  { def: { options, discriminator } }: z.ZodDiscriminatedUnion,
  path: readonly PropertyKey[],
  value: unknown,
): Shape[] {
  const word = valueAt(value, [discriminator]);
  const notChosen = {
    instead: `${discriminator} ${typeof word === 'string' ? shortened(word) : shown(word)}`,
    path,
  };
  return options.flatMap(option => {
    const shapes = shapesAt(option, path, value);
    const words = option._zod.propValues?.[discriminator];
    return words?.has(typeof word === 'string' ? word : undefined)
      ? shapes
      : shapes.map(({ names }) => ({ names, notChosen }));
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, key)) return undefined;
    found = Object.getOwnPropertyDescriptor(found, key)?.value;
  }
  return found;
}
