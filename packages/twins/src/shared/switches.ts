// A switch represents a question that a cloud's documentation leaves open: the twin can follow either reading. A test
// that passes under each value does not depend on the answer.
import { integer, oneOf, type Reader } from './input.ts';

export type SwitchValue = string | number;

export interface Switch<Value extends SwitchValue> {
  name: string;
  initial: Value;
  read: Reader<Value>;
}

/** The first value is the default. */
export function choice<const Values extends readonly [string, ...string[]]>(
  name: string,
  ...values: Values
): Switch<Values[number]> {
  return { name, initial: values[0], read: oneOf(...values) };
}

export function count(name: string, initial: number, most: number): Switch<number> {
  return { name, initial, read: integer(0, most) };
}

export type Settings = Record<string, SwitchValue>;

export function settingOf<Value extends SwitchValue>(known: Switch<Value>, settings: Settings): Value {
  const set = settings[known.name];
  return set === undefined ? known.initial : known.read(set, known.name);
}
