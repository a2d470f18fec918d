// What a forwarding rule may not do to a request on its way to a group: to its headers, to what it asks for. A part that is
// undefined could not be read, or is not there: a rule that needs it stays silent.
// Source: today's page on forwarding rules.
import { type Mistake, pointerTo } from './mistakes.ts';
import { Repeats } from './repeats.ts';

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
/** What a condition has captured, of which there are three. */
const NO_CAPTURE = /\$\{(?![1-3]\})/;

export function changeMistakes(actions: readonly (ChangeToCheck | undefined)[], path: Path): Mistake[] {
  const headers = new Repeats();
  return actions.flatMap((action, index) => {
    const at = [...path, index];
    if (action?.type === 'Rewrite') return rewriteMistakes(action, at);
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

function rewriteMistakes(action: ChangeToCheck, path: Path): Mistake[] {
  if (REWRITTEN.every(part => action[part] === undefined))
    return mistake(path, `changes nothing: give ${REWRITTEN.join(', ')}, or one of them`);
  const refers = (to: unknown) => typeof to === 'string' && NO_CAPTURE.test(to);
  return REWRITTEN.filter(part => refers(action[part])).flatMap(part =>
    mistake([...path, part], 'can refer to captures 1 to 3 only: a condition has no more'),
  );
}

function mistake(path: Path, detail: string): Mistake[] {
  return [{ pointer: pointerTo(path), detail }];
}
