// The kinds of member that a request is made of, each with one sentence that tells the whole rule. A broken
// rule is answered with that sentence, whichever half of it broke.
import { z } from 'zod';

declare module 'zod' {
  interface GlobalMeta {
    /** Whether a standing resource can be changed in this member without being made again. */
    inPlace?: boolean;
    unit?: 'seconds' | 'percent';
  }
}

export function wholeNumber(from: number, to: number) {
  const error = `must be a whole number from ${from} to ${to}`;
  return z.int({ error }).min(from, { error }).max(to, { error });
}

export function fraction(from: number, to: number) {
  const error = `must be a number from ${from} to ${to}`;
  return z.number({ error }).min(from, { error }).max(to, { error });
}

export function flag() {
  return z.boolean({ error: 'must be true or false' });
}

/** `because` says why there is no more to choose from. */
export function oneOf<const Values extends readonly (string | number)[]>(values: Values, because = '') {
  return z.literal(values, {
    error: `must be ${values.map(value => `\`${value}\``).join(' or ')}${because}`,
  });
}

/** `must` completes "must be ..." and gives an example where the pattern is hard to read. */
export function text(must: string, { from, to, pattern }: { from: number; to: number; pattern?: RegExp }) {
  const error = `must be ${must}, of ${from === 1 ? 'at most' : `${from} to`} ${to} characters`;
  const plain = z.string({ error }).min(from, { error }).max(to, { error });
  return pattern ? plain.regex(pattern, { error }) : plain;
}

export function listOf<Item extends z.ZodType>(
  item: Item,
  { from, to, called }: { from: number; to: number; called: string },
) {
  const error = `must be a list of ${from} to ${to} ${called}`;
  return z.array(item, { error }).min(from, { error }).max(to, { error });
}

/** Strict: a member that is not in the shape is a mistake, told by schema-mistakes.ts with the names known here. */
export function objectOf<Shape extends z.core.$ZodLooseShape>(called: string, shape: Shape) {
  const names = Object.keys(shape).map(name => `\`${name}\``);
  return z.strictObject(shape, { error: `must be ${called}: an object of ${names.join(', ')}` });
}
