// Validation issues: errors in a request, each with its location, the error and the fix. The same shape is `errors[]` in a problem
// answer (RFC 9457) and in a rejected event.

export interface ValidationIssue {
  /** RFC 6901 JSON pointer into the request; '' is the whole request. */
  pointer: string;
  /** The error, and the expected value. */
  detail: string;
}

/** Our own limit, so that a person can read the answer and an event can contain it. The last issue counts the omitted ones. */
const MAX_ISSUES = 100;

/** RFC 6901. A lone surrogate is replaced, because a pointer is sent as UTF-8. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map(key => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
    .toWellFormed();
}

/** Each issue once, up to the limit. */
export function limitIssues(issues: readonly ValidationIssue[]): ValidationIssue[] {
  const distinct = [...new Map(issues.map(each => [`${each.pointer}\n${each.detail}`, each])).values()];
  if (distinct.length <= MAX_ISSUES) return distinct;
  const listed = distinct.slice(0, MAX_ISSUES - 1);
  return [...listed, { pointer: '', detail: `and ${distinct.length - listed.length} more errors` }];
}

/** A value as quoted in a detail: short, on one line, and never the contents of a list or an object. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value !== null && typeof value === 'object') return 'an object';
  return shortened(String(value));
}

/** The first characters of a text that can be as long as a whole body. */
export function shortened(text: string, longest = 60): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}...`;
}
