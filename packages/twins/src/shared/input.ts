// Reads input from the wire: unknown in, typed out, or an InputError with the problem and its place. The bounds are the
// API model's; each cloud gives an InputError the code of its own API.
import { parseShallowJson } from '../http/shallow-json.ts';

export class InputError extends Error {
  override readonly name = 'InputError';
  readonly kind: 'type' | 'constraint' | 'tooMany';
  /** The member's path; empty for the request itself. */
  readonly at: string;

  constructor(kind: InputError['kind'], at: string, must: string) {
    super(`${at || 'The request'} must ${must}`);
    this.kind = kind;
    this.at = at;
  }
}

/** The body of a request to a control interface. */
export function jsonBody(text: string): unknown {
  try {
    return parseShallowJson(text);
  } catch {
    throw new InputError('type', 'The body', 'be JSON');
  }
}

export type Reader<T> = (value: unknown, at: string) => T;

type Readers = Record<string, Reader<unknown>>;
type ReadBy<R> = R extends Reader<infer T> ? T : never;
type Members<R extends Readers, O extends Readers> = { [K in keyof R]: ReadBy<R[K]> } & {
  [K in keyof O]?: ReadBy<O[K]>;
};

export function text(bounds: { min?: number; max: number; pattern?: RegExp }): Reader<string> {
  const { min = 0, max, pattern } = bounds;
  return (value, at) => {
    if (typeof value !== 'string') throw new InputError('type', at, 'be a string');
    const length = lengthOf(value);
    if (length < min || length > max) {
      throw new InputError('constraint', at, `be ${min} to ${max} characters long`);
    }
    if (pattern && !pattern.test(value)) throw new InputError('constraint', at, `match ${pattern.source}`);
    return value;
  };
}

/** In characters of Unicode, as the clouds count them. Some have two places in a text. */
export function lengthOf(text: string): number {
  return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}

export function number(min: number, max: number): Reader<number> {
  return (value, at) => {
    if (typeof value !== 'number') throw new InputError('type', at, 'be a number');
    if (value < min || value > max) throw new InputError('constraint', at, `be from ${min} to ${max}`);
    return value;
  };
}

export function integer(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Reader<number> {
  const inRange = number(min, max);
  return (value, at) => {
    if (!Number.isInteger(value)) throw new InputError('type', at, 'be a whole number');
    return inRange(value, at);
  };
}

export const flag: Reader<boolean> = (value, at) => {
  if (typeof value !== 'boolean') throw new InputError('type', at, 'be true or false');
  return value;
};

export function oneOf<const Values extends readonly string[]>(...values: Values): Reader<Values[number]> {
  return (value, at) => {
    if (typeof value !== 'string') throw new InputError('type', at, `be one of ${values.join(', ')}`);
    const known = values.find(candidate => candidate === value);
    if (known === undefined) throw new InputError('constraint', at, `be one of ${values.join(', ')}`);
    return known;
  };
}

export function listOf<T>(item: Reader<T>, bounds: { min?: number; max: number }): Reader<T[]> {
  const { min = 0, max } = bounds;
  return (value, at) => {
    if (!Array.isArray(value)) throw new InputError('type', at, 'be a list');
    if (value.length < min) throw new InputError('constraint', at, `have at least ${min} member`);
    if (value.length > max) throw new InputError('tooMany', at, `have at most ${max} members`);
    return value.map((member: unknown, index) => item(member, `${at}[${index}]`));
  };
}

/** Any members of one type, in a fixed order. */
export function mapOf<T>(
  name: Reader<string>,
  member: Reader<T>,
  bounds: { max: number },
): Reader<Record<string, T>> {
  return (value, at) => {
    if (!isRecord(value)) throw new InputError('type', at, 'be an object');
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    if (entries.length > bounds.max) {
      throw new InputError('tooMany', at, `have at most ${bounds.max} members`);
    }
    return Object.fromEntries(entries.map(([key, each]) => [name(key, at), member(each, pathOf(at, key))]));
  };
}

/** Ignores unknown members, and reads null as an absent member, like the clouds' own parsers. */
export function members<R extends Readers, O extends Readers>(
  required: R,
  optional: O,
): Reader<Members<R, O>> {
  return (value, at) => {
    if (!isRecord(value)) throw new InputError('type', at, 'be an object');
    const read: Record<string, unknown> = {};
    for (const [name, reader] of Object.entries({ ...required, ...optional })) {
      const member = value[name] ?? undefined;
      if (member !== undefined) read[name] = reader(member, pathOf(at, name));
      else if (name in required) throw new InputError('constraint', pathOf(at, name), 'not be null');
    }
    // The loop has read each member with its own reader, so the mapped type is exact.
    return read as Members<R, O>;
  };
}

/** A union: an object with exactly one of these members. */
export function oneMember<O extends Readers>(optional: O): Reader<Members<Record<never, never>, O>> {
  const read = members({}, optional);
  return (value, at) => {
    const union = read(value, at);
    if (Object.keys(union).length === 1) return union;
    throw new InputError('constraint', at, `have exactly one of ${Object.keys(optional).join(', ')}`);
  };
}

/** Like `members`, for input that people write: an unknown member is a mistake, and the error of a missing one says so. */
export function exactly<R extends Readers, O extends Readers>(
  required: R,
  optional: O,
): Reader<Members<R, O>> {
  const known = [...Object.keys(required), ...Object.keys(optional)];
  const read = members(required, optional);
  return (value, at) => {
    if (isRecord(value)) {
      refuseStrangers(value, known, at);
      const missing = Object.keys(required).find(name => value[name] === undefined);
      if (missing !== undefined) throw new InputError('constraint', pathOf(at, missing), 'be given');
    }
    return read(value, at);
  };
}

/** Any of the named members, all of one type; an unknown member is a mistake. */
export function someOf<T>(readers: Record<string, Reader<T>>): Reader<Record<string, T>> {
  return (value, at) => {
    if (!isRecord(value)) throw new InputError('type', at, 'be an object');
    refuseStrangers(value, Object.keys(readers), at);
    const present = Object.entries(readers).filter(([name]) => Object.hasOwn(value, name));
    return Object.fromEntries(present.map(([name, read]) => [name, read(value[name], pathOf(at, name))]));
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseStrangers(value: Record<string, unknown>, known: string[], at: string): void {
  const unknown = Object.keys(value).find(name => !known.includes(name));
  if (unknown === undefined) return;
  throw new InputError('constraint', at, `have no member '${unknown}', only ${known.join(', ')}`);
}

function pathOf(at: string, name: string): string {
  return at ? `${at}.${name}` : name;
}
