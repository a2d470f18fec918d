// What a forwarding rule may not do to a request on its way to a group: to its headers, to what it asks for. A part that is
// undefined could not be read, or is not there: a rule that needs it stays silent.
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
/** The one value that a header of this type can have. */
const SYSTEM_DEFINED = 'ClientSrcIp';
/** What a condition has captured, of which there are three. A redirection knows words besides, as `${path}`. */
const MAX_CAPTURES = 3;
const CAPTURE = /\$\{([1-3])\}/g;
const NO_CAPTURE = /\$\{(?![1-3]\})/;
const NO_NUMBER = /\$\{(?![1-3]\})\d/;

/** `captures`: how many the rule's conditions have; undefined where they cannot be read. */
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
      ? seen.find(name.toLowerCase(), at, 'a rule adds or removes a header once')
      : []),
    ...(wrong
      ? issue([...path, 'value'], `must be \`${SYSTEM_DEFINED}\`, the one value that the cloud defines`)
      : []),
  ];
}

function rewriteIssues(action: ChangeToCheck, captures: number | undefined, path: Path): ValidationIssue[] {
  if (REWRITTEN.every(part => action[part] === undefined))
    return issue(path, `changes nothing: give ${REWRITTEN.join(', ')}, or one of them`);
  return captureIssues(action, { captures, none: NO_CAPTURE }, path);
}

/** `none`: what refers to no capture that there can be. */
function captureIssues(
  action: ChangeToCheck,
  { captures = MAX_CAPTURES, none }: { captures: number | undefined; none: RegExp },
  path: Path,
): ValidationIssue[] {
  return REWRITTEN.flatMap(part => {
    const text = action[part];
    if (typeof text !== 'string') return [];
    if (none.test(text))
      return issue([...path, part], 'can refer to captures 1 to 3 only: a condition has no more');
    const highest = Math.max(0, ...[...text.matchAll(CAPTURE)].map(([, number]) => Number(number)));
    if (highest <= captures) return [];
    const detail = `refers to capture ${highest}, and the rule's conditions have ${captures}: each is a part of an expression in parentheses`;
    return issue([...path, part], detail);
  });
}

function issue(path: Path, detail: string): ValidationIssue[] {
  return [{ pointer: pointerTo(path), detail }];
}
