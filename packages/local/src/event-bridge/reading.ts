// The members of requests, with the API model's bounds, and the pages of answers.

import { InputError, integer, type Reader, text } from '@gatehouse/twins/shared/input';
import { type Body, WireError } from '../http/aws-json.ts';

export const name = (max: number) => text({ min: 1, max, pattern: /^[/.\-_A-Za-z0-9]+$/ });
export const busName = text({ min: 1, max: 1600 });
export const ruleName = text({ min: 1, max: 64, pattern: /^[.\-_A-Za-z0-9]+$/ });
export const paging = { Limit: integer(1, 100), NextToken: text({ min: 1, max: 2048 }) };
export const ruleAndBus = [{ Rule: ruleName }, { EventBusName: busName }] as const;
export const nameAndBus = [{ Name: ruleName }, { EventBusName: busName }] as const;

/** Members that this host does not support: each is refused by its name, unless it is an empty list. */
export function notHere<const Names extends readonly string[]>(
  ...names: Names
): Record<Names[number], Reader<never>> {
  const refuse: Reader<undefined> = (value, at) => {
    if (Array.isArray(value) && value.length === 0) return undefined;
    throw new InputError('constraint', at, 'be absent: this host does not support it');
  };
  // Each name is a key: the loop has made one entry for every name.
  return Object.fromEntries(names.map(name => [name, refuse])) as Record<Names[number], Reader<never>>;
}

export function read<T>(body: Body, reader: Reader<T>): T {
  try {
    return reader(body, '');
  } catch (thrown) {
    if (thrown instanceof InputError) throw invalid(thrown.message);
    throw thrown;
  }
}

/** The token is the index of the next item. */
export function page(
  called: string,
  items: object[],
  { Limit = 100, NextToken = '0' }: { Limit?: number; NextToken?: string },
): object {
  const from = Number(NextToken);
  if (!Number.isInteger(from) || from < 0) throw invalid('NextToken is not valid.');
  const next = from + Limit;
  const token = next < items.length ? { NextToken: String(next) } : {};
  return { [called]: items.slice(from, next), ...token };
}

export function invalid(message: string): WireError {
  return new WireError('ValidationException', message);
}

export function limitExceeded(): WireError {
  return new WireError(
    'LimitExceededException',
    'The requested resource exceeds the maximum number allowed.',
  );
}
