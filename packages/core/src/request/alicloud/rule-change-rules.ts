// Rules for the actions of a forwarding rule that modify a request: its headers, domain, path and query. A part is undefined
// if it is omitted or not valid: rules that need it are skipped.
// Source: docs/clouds/alicloud-forwarding-rules.md, actions.

import { Repeats } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';

export interface ChangeToCheck {
  type?: string | undefined;
  domain?: unknown;
  path?: unknown;
  query?: unknown;
  /** Names, or headers with their names. */
  headers?: unknown[] | undefined;
}

type Path = readonly PropertyKey[];

const REWRITTEN = ['domain', 'path', 'query'] as const;
/** The only value of a header of this type. */
const SYSTEM_DEFINED = 'ClientSrcIp';
/** The captures of a condition, at most three. A redirect also has variables, like `${path}`. */
const MAX_CAPTURES = 3;
const CAPTURE = /\$\{([1-3])\}/g;
const NO_CAPTURE = /\$\{(?![1-3]\})/;
const NO_NUMBER = /\$\{(?![1-3]\})\d/;

/** `captures`: the number in the rule's conditions; undefined if they are not valid. */
export function changeIssues(
  actions: readonly (ChangeToCheck | undefined)[],
  captures: number | undefined,
  path: Path,
): ValidationIssue[] {
  const headers = new Repeats();
  return actions.flatMap((action, index) => {
    const at = [...path, index];
    if (action?.type === 'Rewrite') return rewriteIssues(action, captures, at);
    if (action?.type === 'Redirect') return captureIssues(action, { captures, none: NO_NUMBER }, at);
    if (action?.type !== 'AddHeader' && action?.type !== 'RemoveHeader') return [];
    return (action.headers ?? []).flatMap((header, place) =>
      headerIssues(header, headers, [...at, 'headers', place]),
    );
  });
}

function headerIssues(header: unknown, seen: Repeats, path: Path): ValidationIssue[] {
  const of = (member: string) =>
    typeof header === 'object' && header !== null ? Reflect.get(header, member) : undefined;
  const name = typeof header === 'string' ? header : of('name');
  const at = typeof header === 'string' ? path : [...path, 'name'];
  const wrong = of('type') === 'system-defined' && of('value') !== SYSTEM_DEFINED;
  return [
    ...(typeof name === 'string'
      ? seen.find(name.toLowerCase(), at, 'a rule can add or remove each header only once')
      : []),
    ...(wrong
      ? issue([...path, 'value'], `must be \`${SYSTEM_DEFINED}\`, the only system-defined value`)
      : []),
  ];
}

function rewriteIssues(action: ChangeToCheck, captures: number | undefined, path: Path): ValidationIssue[] {
  if (REWRITTEN.every(part => action[part] === undefined))
    return issue(path, `changes nothing: set at least one of ${REWRITTEN.join(', ')}`);
  return captureIssues(action, { captures, none: NO_CAPTURE }, path);
}

/** `none` matches a reference to a capture that cannot exist. */
function captureIssues(
  action: ChangeToCheck,
  { captures = MAX_CAPTURES, none }: { captures: number | undefined; none: RegExp },
  path: Path,
): ValidationIssue[] {
  return REWRITTEN.flatMap(part => {
    const text = action[part];
    if (typeof text !== 'string') return [];
    if (none.test(text))
      return issue([...path, part], 'can refer to captures 1 to 3 only, the maximum of a condition');
    const highest = Math.max(0, ...[...text.matchAll(CAPTURE)].map(([, number]) => Number(number)));
    if (highest <= captures) return [];
    const detail = `refers to capture ${highest}, but the rule's conditions have ${captures}; a capture is a part of an expression in parentheses`;
    return issue([...path, part], detail);
  });
}

function issue(path: Path, detail: string): ValidationIssue[] {
  return [{ pointer: pointerTo(path), detail }];
}
