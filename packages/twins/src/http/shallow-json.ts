// JSON from outside: JSON.parse reads any depth, and everything after it that walks the value by recursion, JSON.stringify
// too, would run out of stack, in the midst of a change.

/** Ours: several times what any request of the clouds' APIs needs, and what every walk here has room for. */
const MAX_LEVELS = 500;

/** Throws a SyntaxError on what is no JSON, or is nested too deep. */
export function parseShallowJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isDeeper(value)) throw new SyntaxError(`nested deeper than ${MAX_LEVELS} levels`);
  return value;
}

/** Level by level. */
function isDeeper(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= MAX_LEVELS; depth++) {
    level = level.flatMap(each => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
}
