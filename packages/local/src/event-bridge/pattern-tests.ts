// The tests of one entry in a pattern's list on a field's values: equality, or one of EventBridge's comparisons. A
// number never equals a text.
import { BlockList, isIP } from 'node:net';

/** The pattern is not valid. `at` is the field's path; empty for the whole pattern. */
export class PatternError extends Error {
  constructor(at: string, reason: string) {
    super(`Event pattern is not valid. Reason: ${at ? `"${at}" ` : ''}${reason}`);
  }
}

/** Gets the values of a field; an absent field has none. */
export type Test = (values: unknown[]) => boolean;

type ValueTest = (value: unknown) => boolean;
type TextTest = (text: string) => boolean;

const COMPARISONS = new Map<string, (operand: unknown, at: string) => Test>(
  Object.entries({
    exists: (operand, at) => {
      if (typeof operand !== 'boolean')
        throw new PatternError(at, 'exists match pattern must be either true or false');
      return values => values.length > 0 === operand;
    },
    prefix: (operand, at) => some(ofText(textTest('prefix', operand, at))),
    suffix: (operand, at) => some(ofText(textTest('suffix', operand, at))),
    wildcard: (operand, at) => some(ofText(textTest('wildcard', operand, at))),
    'equals-ignore-case': (operand, at) => some(ofText(textTest('equals-ignore-case', operand, at))),
    numeric: (operand, at) => some(numericTest(operand, at)),
    cidr: (operand, at) => some(cidrTest(operand, at)),
    'anything-but': (operand, at) => some(anythingBut(operand, at)),
  }),
);

export function readTest(entry: unknown, at: string): Test {
  if (entry === null || ['string', 'number', 'boolean'].includes(typeof entry)) {
    return some(value => value === entry);
  }
  if (typeof entry !== 'object' || Array.isArray(entry)) {
    throw new PatternError(at, 'Match value must be String, number, true, false, or null');
  }
  const { name, operand } = onlyMember(entry ?? {}, at);
  const comparison = COMPARISONS.get(name);
  if (!comparison) throw new PatternError(at, `Unrecognized match type ${name}`);
  return comparison(operand, at);
}

function onlyMember(entry: object, at: string): { name: string; operand: unknown } {
  const [first, second] = Object.entries(entry);
  if (!first || second) throw new PatternError(at, 'Only one key allowed in match expression');
  return { name: first[0], operand: first[1] };
}

function some(test: ValueTest): Test {
  return values => values.some(test);
}

function ofText(test: TextTest): ValueTest {
  return value => typeof value === 'string' && test(value);
}

function textTest(name: string, operand: unknown, at: string): TextTest {
  if (typeof operand === 'string') return textTestNamed(name)(operand, at);
  const inCase = name === 'prefix' || name === 'suffix';
  if (inCase && typeof operand === 'object' && operand !== null) {
    const { name: inner, operand: text } = onlyMember(operand, at);
    if (inner === 'equals-ignore-case' && typeof text === 'string') {
      const test = textTest(name, text.toLowerCase(), at);
      return value => test(value.toLowerCase());
    }
  }
  throw new PatternError(at, `${name} match pattern must be a string`);
}

const TEXT_TESTS = new Map<string, (operand: string, at: string) => TextTest>(
  Object.entries({
    prefix: operand => value => value.startsWith(operand),
    suffix: operand => value => value.endsWith(operand),
    'equals-ignore-case': operand => value => value.toLowerCase() === operand.toLowerCase(),
    wildcard: (operand, at) => {
      if (/(?<!\\)(\\\\)*\*\*/.test(operand)) {
        throw new PatternError(at, 'Consecutive wildcard characters are not allowed');
      }
      if (/^(?:[^\\]|\\[*\\])*$/s.test(operand)) return wildcardTest(operand);
      throw new PatternError(at, 'Invalid escape character in wildcard pattern');
    },
  }),
);

/**
 * `*` matches any characters, `\*` and `\\` match themselves. Not a regular expression, because many `*` can make one
 * very slow.
 */
function wildcardTest(operand: string): TextTest {
  const [first = '', ...between] = textsBetweenStars(operand);
  const last = between.pop();
  if (last === undefined) return value => value === first;
  return value => {
    if (!value.startsWith(first)) return false;
    let at = first.length;
    for (const text of between) {
      const found = value.indexOf(text, at);
      if (found === -1) return false;
      at = found + text.length;
    }
    return value.length - last.length >= at && value.endsWith(last);
  };
}

/** The wildcards of one field, as the texts between their stars. Only of entries that have been read. */
export function wildcardsIn(entries: readonly unknown[]): string[][] {
  return entries.flatMap(entry => {
    const { wildcard, 'anything-but': excluded } = Object(entry);
    const texts = [wildcard ?? Object(excluded).wildcard ?? []].flat();
    return texts.map(text => textsBetweenStars(String(text)));
  });
}

function textsBetweenStars(operand: string): string[] {
  const texts: string[] = [];
  let text = '';
  for (const part of operand.match(/\\[*\\]|\*|[^*\\]+/gs) ?? []) {
    if (part === '*') {
      texts.push(text);
      text = '';
    } else text += part.replace(/^\\/, '');
  }
  return [...texts, text];
}

const ORDERS = new Map<string, (value: number, bound: number) => boolean>(
  Object.entries({
    '=': (value, bound) => value === bound,
    '<': (value, bound) => value < bound,
    '<=': (value, bound) => value <= bound,
    '>': (value, bound) => value > bound,
    '>=': (value, bound) => value >= bound,
  }),
);

/** One comparison and its bound, or a lower and an upper bound. */
function numericTest(operand: unknown, at: string): ValueTest {
  if (!Array.isArray(operand) || ![2, 4].includes(operand.length)) {
    throw new PatternError(at, 'Value of numeric must be an array of one or two comparisons');
  }
  refuseNoRange(operand, at);
  const tests = [operand.slice(0, 2), operand.slice(2)]
    .filter(pair => pair.length > 0)
    .map(([sign, bound]) => {
      const order = ORDERS.get(String(sign));
      if (!order) throw new PatternError(at, `Unrecognized numeric range operator: ${sign}`);
      if (typeof bound !== 'number' || Math.abs(bound) > 5e9) {
        throw new PatternError(at, 'Value of a numeric comparison must be a number from -5.0e9 to 5.0e9');
      }
      return (value: number) => order(value, bound);
    });
  return value => typeof value === 'number' && tests.every(test => test(value));
}

/** Two comparisons are a lower bound and then an upper one above it. */
function refuseNoRange([sign, bottom, second, top]: unknown[], at: string): void {
  if (second === undefined) return;
  if (sign !== '>' && sign !== '>=') throw new PatternError(at, 'Too many terms in numeric range');
  if (second !== '<' && second !== '<=') {
    throw new PatternError(at, `Bad numeric range operator: ${second}`);
  }
  if (Number(bottom) >= Number(top)) throw new PatternError(at, 'Bottom must be less than top');
}

function cidrTest(operand: unknown, at: string): ValueTest {
  const [, address = '', bits = ''] = /^(.+)\/(\d{1,3})$/.exec(String(operand)) ?? [];
  const version = isIP(address);
  if (!version || Number(bits) > (version === 4 ? 32 : 128)) {
    throw new PatternError(at, 'Malformed CIDR, one "/" and an IP address are required');
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family);
  return ofText(text => isIP(text) === version && block.check(text, family));
}

/** For a present value: not this one, none of these, or not matching a text comparison. */
function anythingBut(operand: unknown, at: string): ValueTest {
  if (typeof operand === 'object' && operand !== null && !Array.isArray(operand)) {
    const { name, operand: texts } = onlyMember(operand, at);
    if (!TEXT_TESTS.has(name)) throw new PatternError(at, `Unsupported anything-but pattern: ${name}`);
    const tests = nonEmpty(texts, at).map(text => {
      if (typeof text === 'string' && text !== '') return textTest(name, text, at);
      throw new PatternError(at, `${name} match pattern in anything-but must be a string that is not empty`);
    });
    return value => !(typeof value === 'string' && tests.some(test => test(value)));
  }
  const values = nonEmpty(operand, at);
  const kinds = new Set(values.map(value => typeof value));
  if (kinds.size > 1 || !['string', 'number'].includes([...kinds][0] ?? '')) {
    throw new PatternError(at, 'Inside anything-but list, either all values are strings or all are numbers');
  }
  return value => !values.includes(value);
}

function nonEmpty(operand: unknown, at: string): unknown[] {
  const values = [operand].flat();
  if (values.length === 0) throw new PatternError(at, 'Empty arrays are not allowed');
  return values;
}

function textTestNamed(name: string) {
  const test = TEXT_TESTS.get(name);
  if (!test) throw new Error(`${name} is not a text comparison`);
  return test;
}
