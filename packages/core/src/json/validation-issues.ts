// What is wrong in a request, said so that its writer can mend it: where, what, and what would be right.
// The same shape leaves as `errors[]` of a problem answer (RFC 9457) and of a rejected event.

export interface ValidationIssue {
  /** RFC 6901 JSON pointer into the request; '' is the whole. */
  pointer: string;
  /** What is wrong and what would be right. */
  detail: string;
}

/** Ours: an answer that a person reads and an event can carry. The last one says how many were left out. */
const MAX_MISTAKES = 100;

/** RFC 6901. A lone surrogate is replaced, as a pointer travels as UTF-8. */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path
    .map(key => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
    .toWellFormed();
}

/** Each mistake once, and at most MAX_MISTAKES in all. */
export function limitIssues(issues: readonly ValidationIssue[]): ValidationIssue[] {
  const distinct = [...new Map(issues.map(each => [`${each.pointer}\n${each.detail}`, each])).values()];
  if (distinct.length <= MAX_MISTAKES) return distinct;
  const listed = distinct.slice(0, MAX_MISTAKES - 1);
  return [...listed, { pointer: '', detail: `and ${distinct.length - listed.length} more errors` }];
}

/** A value as a detail quotes it: short, on one line, and never the contents of a list or an object. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value !== null && typeof value === 'object') return 'an object';
  return shortened(String(value));
}

/** The first characters of a text that may be a whole body long. */
export function shortened(text: string, longest = 60): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()}...`;
}
