// Event patterns, as EventBridge matches them: a pattern is an object in the event's own shape whose leaves are lists
// of allowed values. Every named field must match; of a list, one entry; of a value that is a list, one element; of
// `$or`, one alternative. A dot in a name is the same as a level of nesting, in the pattern and in the event. No library for Node supports this fully (Amazon's own, Event Ruler, is for Java).
import { PatternError, readTest, type Test, wildcardsIn } from './pattern-tests.ts';
import { isTooComplex } from './wildcard-complexity.ts';

export { PatternError };

export type Matcher = (event: unknown) => boolean;

type Fields = Record<string, unknown>;

/** Throws a PatternError with the problem and its place. */
export function readPattern(text: string): Matcher {
  const pattern = parsed(text);
  if (!isFields(pattern)) throw new PatternError('', 'Filter is not an object');
  if (Object.keys(pattern).length === 0) throw new PatternError('', 'Empty objects are not allowed');
  const matches = fieldsMatcher(pattern, '');
  return event => matches(withoutDots(event));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new PatternError('', `it is not JSON (${thrown instanceof Error ? thrown.message : thrown})`);
  }
}

function fieldsMatcher(pattern: Fields, at: string): Matcher {
  const fields = Object.entries(pattern).map(([name, wanted]) => {
    const here = at ? `${at}.${name}` : name;
    const alternatives = name === '$or' ? alternativesIn(wanted) : undefined;
    if (!alternatives) return fieldMatcher(name, wanted, here);
    const matchers = alternatives.map((each, index) => fieldsMatcher(each, `${here}[${index}]`));
    return (event: unknown) => matchers.some(matches => matches(event));
  });
  return event => fields.every(matches => matches(event));
}

/** With fewer than two alternatives, `$or` is a field like any other. */
function alternativesIn(wanted: unknown): Fields[] | undefined {
  if (!Array.isArray(wanted) || wanted.length < 2) return undefined;
  return wanted.every(isFields) ? wanted : undefined;
}

function fieldMatcher(name: string, wanted: unknown, at: string): Matcher {
  const [first = '', ...rest] = name.split('.');
  if (rest.length > 0) return fieldMatcher(first, { [rest.join('.')]: wanted }, at);
  const valueIn = (event: unknown) =>
    isFields(event) && Object.hasOwn(event, name) ? event[name] : undefined;
  if (Array.isArray(wanted)) {
    const matches = leafMatcher(wanted, at);
    return event => matches(valueIn(event));
  }
  if (!isFields(wanted)) throw new PatternError(at, 'must be an object or an array');
  if (Object.keys(wanted).length === 0) throw new PatternError(at, 'Empty objects are not allowed');
  const matches = fieldsMatcher(wanted, at);
  // One element of a list must match in all its fields.
  return event => elementsOf(valueIn(event)).some(matches);
}

const TOO_COMPLEX =
  'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character';

function leafMatcher(wanted: unknown[], at: string): Matcher {
  if (wanted.length === 0) throw new PatternError(at, 'Empty arrays are not allowed');
  const tests: Test[] = wanted.map(each => readTest(each, at));
  if (isTooComplex(wildcardsIn(wanted))) throw new PatternError('', TOO_COMPLEX);
  return value => {
    const leaves = elementsOf(value).filter(each => each !== undefined && !isFields(each));
    return tests.some(test => test(leaves));
  };
}

/** An absent field still has one place to check: `exists: false` can apply to a field inside it. */
function elementsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];
}

/** `{"a.b": 1}` as `{a: {b: 1}}`; where both are there, the field has the values of both. */
function withoutDots(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDots);
  if (!isFields(value)) return value;
  const fields = new Map<string, unknown>();
  for (const [name, inner] of Object.entries(value)) {
    const [first = '', ...rest] = levelsOf(name);
    const nested = rest.reduceRight<unknown>((below, level) => ({ [level]: below }), withoutDots(inner));
    fields.set(first, fields.has(first) ? both(fields.get(first), nested) : nested);
  }
  return Object.fromEntries(fields);
}

/** Deeper than any pattern; a longer name is left as it is, so that no recursion gets too deep. */
const MAX_LEVELS = 500;

function levelsOf(name: string): string[] {
  const levels = name.split('.', MAX_LEVELS + 1);
  return levels.length > MAX_LEVELS ? [name] : levels;
}

function both(one: unknown, other: unknown): unknown {
  if (!isFields(one) || !isFields(other)) return [one, other].flat();
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...names].map(name => {
      const [has, hasToo] = [Object.hasOwn(one, name), Object.hasOwn(other, name)];
      return [name, has && hasToo ? both(one[name], other[name]) : has ? one[name] : other[name]];
    }),
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
