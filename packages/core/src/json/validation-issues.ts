// Validation issues: errors in a request, each with its location, the error and the fix. The same shape is `errors[]` in a problem
// answer (RFC 9457) and in a rejected event.

export interface ValidationIssue {
  /** RFC 6901 JSON pointer into the request; '' is the whole request. */
  pointer: string;
  /** The error, and the expected value. */
  detail: string;
}

/** Our own limits, so that a person can read the answer and an event can contain it. The last issue counts the omitted ones. */
const MAX_ISSUES = 100;
/** Of all issues as JSON: a quarter of what an event can hold. */
const MAX_ISSUES_BYTES = 64 * 1024;
const LAST_ISSUE_BYTES = 100;
/** No valid name, such as that of a tag, is as long. */
const MAX_NAME_LENGTH = 200;
const MAX_POINTER_LENGTH = 400;
const MAX_DETAIL_LENGTH = 1000;

/** RFC 6901, with long names shortened. A lone surrogate is replaced, because a pointer is sent as UTF-8. */
export function pointerTo(path: readonly PropertyKey[]): string {
  const names = path.map(key => shortened(String(key), MAX_NAME_LENGTH));
  const pointer = names.map(name => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return shortened(pointer.toWellFormed(), MAX_POINTER_LENGTH);
}

/** Each issue once, up to the limits. */
export function limitIssues(issues: readonly ValidationIssue[]): ValidationIssue[] {
  const short = issues.map(({ pointer, detail }) => ({
    pointer,
    detail: shortened(detail, MAX_DETAIL_LENGTH),
  }));
  const distinct = [...new Map(short.map(each => [`${each.pointer}\n${each.detail}`, each])).values()];
  if (distinct.length <= MAX_ISSUES && fittingCount(distinct, MAX_ISSUES_BYTES) === distinct.length)
    return distinct;
  const first = distinct.slice(0, MAX_ISSUES - 1);
  const listed = first.slice(0, fittingCount(first, MAX_ISSUES_BYTES - LAST_ISSUE_BYTES));
  return [...listed, { pointer: '', detail: `and ${distinct.length - listed.length} more errors` }];
}

/** The number of issues that take at most so many bytes together. */
function fittingCount(issues: readonly ValidationIssue[], bytes: number): number {
  let left = bytes;
  const beyond = issues.findIndex(issue => {
    left -= bytesOf(JSON.stringify(issue));
    return left < 0;
  });
  return beyond === -1 ? issues.length : beyond;
}

/** In UTF-8, as a body, an event and an item of the table count it. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
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
