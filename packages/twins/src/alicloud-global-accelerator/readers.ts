// Readers of RPC parameters: every value is text, and a missing required one has an error of its own.
import { InputError, isRecord, listOf, members, type Reader } from '../shared/input.ts';
import { missing } from './errors.ts';

type Readers = Record<string, Reader<unknown>>;

/** Like `members`, with the gateway's error for a missing required parameter. */
export function parameters<R extends Readers, O extends Readers>(required: R, optional: O) {
  const read = members(required, optional);
  return (value: unknown, at: string): ReturnType<typeof read> => {
    if (isRecord(value)) {
      for (const name of Object.keys(required)) {
        if (value[name] === undefined) throw missing(at ? `${at}.${name}` : name);
      }
    }
    return read(value, at);
  };
}

/** Dotted names cannot express an empty list; an empty text can. */
export function list<T>(item: Reader<T>, most: number): Reader<T[]> {
  const read = listOf(item, { max: most });
  return (value, at) => (value === '' ? [] : read(value, at));
}

export function whole(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, at) => {
    if (typeof value !== 'string' || !/^-?\d{1,15}$/.test(value)) {
      throw new InputError('type', at, 'be a whole number');
    }
    const number = Number(value);
    if (number < min || number > max) throw new InputError('constraint', at, `be from ${min} to ${max}`);
    return number;
  };
}

export const truth: Reader<boolean> = (value, at) => {
  const said = typeof value === 'string' ? value.toLowerCase() : '';
  if (said !== 'true' && said !== 'false') throw new InputError('type', at, 'be true or false');
  return said === 'true';
};

/** In upper or lower case; returned in the spelling given here. */
export function anyCase<const Values extends readonly string[]>(...values: Values): Reader<Values[number]> {
  return (value, at) => {
    const known = values.find(
      each => typeof value === 'string' && each.toLowerCase() === value.toLowerCase(),
    );
    if (known === undefined) throw new InputError('constraint', at, `be one of ${values.join(', ')}`);
    return known;
  };
}
