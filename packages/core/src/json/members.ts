// The building blocks of a request's schema. Each has one sentence that states its whole rule, and every violation of the
// rule is reported with that sentence.
import * as z from 'zod';

declare module 'zod' {
  interface GlobalMeta {
    /** Whether a change of this member updates the existing resource instead of replacing it. */
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

/** `reason` explains why there are no other values. */
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

/** The characters that AWS accepts in the path of a health check. */
export function urlPath(to: number) {
  const pattern = /^\/[-a-zA-Z0-9@:%_+.~#?&/=]*$/;
  return text('a path that begins with `/`, of letters, digits and `-@:%_+.~#?&/=`', {
    from: 1,
    to,
    pattern,
  });
}

/** For rules: an absent or invalid value is undefined. Never throws. */
export function lenient<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined);
}

/** For rules with a default: an absent value is undefined, an invalid one is null. Never throws. */
export function lenientOr<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullable().optional().catch(null);
}

/** Strict: schema-issues.ts reports a member that is not in the shape, with the nearest known name. */
export function objectOf<Shape extends z.core.$ZodLooseShape>(called: string, shape: Shape) {
  const names = Object.keys(shape).map(name => `\`${name}\``);
  return z.strictObject(shape, { error: `must be ${called}: an object of ${names.join(', ')}` });
}

/** Variants of an object, distinguished by the values of the member `by`. */
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
        : `must be ${called}: an object whose \`${by}\` determines its other members`,
  });
}
