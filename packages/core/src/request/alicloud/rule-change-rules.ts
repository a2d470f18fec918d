// What a forwarding rule may not do to a request on its way to a group: to its headers, to what it asks for. A part that is
// undefined could not be read, or is not there: a rule that needs it stays silent.
// Source: docs/clouds/alicloud-forwarding-rules.md, actions.
import { type Mistake, pointerTo } from '../../json/mistakes.ts';
import { Repeats } from '../../json/repeats.ts';

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
const MOST_CAPTURES = 3;
const CAPTURE = /\$\{([1-3])\}/g;
const NO_CAPTURE = /\$\{(?![1-3]\})/;
const NO_NUMBER = /\$\{(?![1-3]\})\d/;

/** `captures`: how many the rule's conditions have; undefined where they cannot be read. */
export function changeMistakes(
  actions: readonly (ChangeToCheck | undefined)[],
  captures: number | undefined,
  path: Path,
): Mistake[] {
  const headers = new Repeats();
  return actions.flatMap((action, index) => {
    const at = [...path, index];
    if (action?.type === 'Rewrite') return rewriteMistakes(action, captures, at);
    if (action?.type === 'Redirect') return captureMistakes(action, { captures, none: NO_NUMBER }, at);
    if (action?.type !== 'AddHeader' && action?.type !== 'RemoveHeader') return [];
    return (action.headers ?? []).flatMap((header, place) =>
      headerMistakes(header, headers, [...at, 'headers', place]),
    );
  });
}

function headerMistakes(header: unknown, seen: Repeats, path: Path): Mistake[] {
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
      ? mistake([...path, 'value'], `must be \`${SYSTEM_DEFINED}\`, the one value that the cloud defines`)
      : []),
  ];
}

function rewriteMistakes(action: ChangeToCheck, captures: number | undefined, path: Path): Mistake[] {
  if (REWRITTEN.every(part => action[part] === undefined))
    return mistake(path, `changes nothing: give ${REWRITTEN.join(', ')}, or one of them`);
  return captureMistakes(action, { captures, none: NO_CAPTURE }, path);
}

/** `none`: what refers to no capture that there can be. */
function captureMistakes(
  action: ChangeToCheck,
  { captures = MOST_CAPTURES, none }: { captures: number | undefined; none: RegExp },
  path: Path,
): Mistake[] {
  return REWRITTEN.flatMap(part => {
    const text = action[part];
    if (typeof text !== 'string') return [];
    if (none.test(text))
      return mistake([...path, part], 'can refer to captures 1 to 3 only: a condition has no more');
    const highest = Math.max(0, ...[...text.matchAll(CAPTURE)].map(([, number]) => Number(number)));
    if (highest <= captures) return [];
    const detail = `refers to capture ${highest}, and the rule's conditions have ${captures}: each is a part of an expression in parentheses`;
    return mistake([...path, part], detail);
  });
}

function mistake(path: Path, detail: string): Mistake[] {
  return [{ pointer: pointerTo(path), detail }];
}
