// JSON from outside: JSON.parse reads any depth, but every recursive walk of the value, JSON.stringify included, would
// overflow the stack, even in the middle of a change.

/**
 * Our own limit: several times the depth of any request of the clouds' APIs, and within the stack of every recursion
 * here.
 */
const MAX_LEVELS = 500;

/** Throws a SyntaxError on text that is not JSON or is nested too deep. */
export function parseShallowJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isDeeper(value)) throw new SyntaxError(`nested deeper than ${MAX_LEVELS} levels`);
  return value;
}

/** Checks level by level, without recursion. */
function isDeeper(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= MAX_LEVELS; depth++) {
    level = level.flatMap(each => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
}
