// The kinds of member that a request is made of, each with one sentence that tells the whole rule. A broken
// rule is answered with that sentence, whichever half of it broke.
import * as z from 'zod';

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
export function oneOf<const Values extends readonly (string | number)[]>(values: Values, reason = '') {
  return z.literal(values, {
    error: `must be ${values.map(value => `\`${value}\``).join(' or ')}${reason}`,
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

export function port() {
  return wholeNumber(1, 65_535);
}

export function region() {
  const pattern = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;
  return text('an AWS region, like `eu-west-1`', { from: 1, to: 255, pattern });
}

/** The characters that AWS takes in the path of a health check. */
export function urlPath(to: number) {
  const pattern = /^\/[-a-zA-Z0-9@:%_+.~#?&/=]*$/;
  return text('a path that begins with `/`, of letters, digits and `-@:%_+.~#?&/=`', {
    from: 1,
    to,
    pattern,
  });
}

/** For rules: what is absent or what its schema refuses is undefined, and nothing is thrown. */
export function lenient<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}

/** For rules with a default: absent is undefined, what its schema refuses is null. */
export function lenientOr<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullable().optional().catch(null);
}

/** Strict: a member that is not in the shape is a mistake, told by schema-mistakes.ts with the names known here. */
export function objectOf<Shape extends z.core.$ZodLooseShape>(called: string, shape: Shape) {
  const names = Object.keys(shape).map(name => `\`${name}\``);
  return z.strictObject(shape, { error: `must be ${called}: an object of ${names.join(', ')}` });
}

/** Objects told apart by the member `by`, which has other words in each. */
export function unionOf<
  By extends string,
  Options extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
>(called: string, by: By, options: Options) {
  const values = options
    .flatMap(option => [...(option._zod.propValues?.[by] ?? [])])
    .filter(value => value !== undefined);
  const choice = `must be ${values.map(value => `\`${String(value)}\``).join(' or ')}`;
  return z.discriminatedUnion(by, options, {
    error: issue =>
      issue.code === 'invalid_union'
        ? choice
        : `must be ${called}: an object whose \`${by}\` says which other members it has`,
  });
}
