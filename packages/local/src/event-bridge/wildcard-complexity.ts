// The bound of EventBridge on the wildcards of one field. Its measure is that of Amazon's Event Ruler: the most prefixes of the
// patterns, a prefix being the beginning of a pattern, that one text can match. `*a*a*` has five of them for `aa`.
// docs/clouds/aws-runtime.md, RT-30.

const MAX_PREFIXES = 10;
/** Our own limit on the work for one field. */
const MAX_SETS = 2_000;

const STAR: unique symbol = Symbol('*');
/** Any character that no pattern has. */
const OTHER = Symbol('other');

type Token = string | typeof STAR;

/** `wildcards`: of each pattern, the texts between its stars, without escapes. */
export function isTooComplex(wildcards: readonly (readonly string[])[]): boolean {
  const following = wildcards.flatMap(followingTokens);
  const isStart = (prefix: number) => prefix === 0 || following[prefix - 1] === undefined;
  const withEmptyStar = (prefix: number) => (following[prefix] === STAR ? [prefix, prefix + 1] : [prefix]);
  const after = (prefix: number, character: unknown) => [
    ...(following[prefix] === character ? [prefix + 1] : []),
    ...(following[prefix - 1] === STAR ? [prefix] : []),
  ];
  const alphabet = [...new Set(following.filter(token => token !== STAR && token !== undefined)), OTHER];
  const starts = [...following.keys()].filter(isStart).flatMap(withEmptyStar);
  // The prefixes that one text matches, for each text that matters. The map grows while it is walked.
  const matched = new Map([[String(starts), starts]]);
  for (const prefixes of matched.values()) {
    if (prefixes.filter(prefix => !isStart(prefix)).length > MAX_PREFIXES) return true;
    if (matched.size > MAX_SETS) return false;
    for (const character of alphabet) {
      const next = new Set(prefixes.flatMap(prefix => after(prefix, character)).flatMap(withEmptyStar));
      const sorted = [...next].toSorted((one, other) => one - other);
      if (!matched.has(String(sorted))) matched.set(String(sorted), sorted);
    }
  }
  return false;
}

/** Of each prefix of a pattern, the empty one first, the token that follows it; undefined after the whole pattern. */
function followingTokens(texts: readonly string[]): (Token | undefined)[] {
  const tokens = texts.flatMap((text, at): Token[] => (at === 0 ? [...text] : [STAR, ...text]));
  return [...tokens, undefined];
}
